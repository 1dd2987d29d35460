using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Simulation;
using IoTJobsToolkit.Wire.Credentials;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>A database file that this process has open, and how many pipelines use it. Its counters belong to <see cref="Database"/>'s gate.</summary>
internal sealed class OpenDatabase : IDisposable
{
    private readonly CredentialIssuer _issuer;
    private readonly FleetSimulator _simulator = new(TimeProvider.System);
    private readonly Timer _release;
    private readonly Lock _passingGate = new();
    private Task _passing = Task.CompletedTask;
    private Task? _catchUp;

    public OpenDatabase(FileConnection connection, Action<OpenDatabase> release)
    {
        Path = connection.DatabasePath;
        IsVirtualClock = connection.IsVirtualClock;
        _issuer = new(connection.DatabasePath, TimeProvider.System);
        Engine = Start(connection, _issuer, _simulator);
        Jobs = Engine.As(Caller.Operator(Environment.UserName, origin: CallOrigin.CMDLET));
        _release = new(_ => release(this));
    }

    public string Path { get; }

    public bool IsVirtualClock { get; }

    public JobsEngine Engine { get; }

    public IJobs Jobs { get; }

    public int Uses { get; set; }

    /// <summary>Leases taken so far: tells whether there was one since a moment.</summary>
    public long Leases { get; set; }

    /// <summary>Nobody wants it any longer: it closes with its last use.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Devices act in this process: the database stays open for them.</summary>
    public bool IsSimulating => _simulator.Running.Count > 0;

    public bool HasCaughtUp => CatchUp.IsCompletedSuccessfully;

    /// <summary>All that was due when the file was opened: the time while it was closed passes in order, as if it had been running.</summary>
    public Task CatchUp
    {
        get
        {
            lock (_passingGate)
            {
                return _catchUp ??= Engine.PassTimeAsync();
            }
        }
    }

    /// <summary>What is due now; completed at once while an earlier call's work is still under way, which nobody waits for twice.</summary>
    public Task PassTime()
    {
        lock (_passingGate)
        {
            return _passing.IsCompleted ? _passing = Engine.PassTimeAsync() : Task.CompletedTask;
        }
    }

    public void ReleaseIn(TimeSpan delay) => _release.Change(delay, Timeout.InfiniteTimeSpan);

    public void Keep() => _release.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _release.Dispose();
        _simulator.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Engine.Dispose();
        _issuer.Dispose();
    }

    private static JobsEngine Start(FileConnection connection, CredentialIssuer issuer, FleetSimulator simulator)
    {
        var store = StoreLoader.Open(connection.DatabasePath);
        try
        {
            var clock = connection.IsVirtualClock ? new VirtualClock(TimeProvider.System) : TimeProvider.System;
            return new(store, clock, connection.ToSettings(), new() { Credentials = issuer, Passwords = new PasswordHashes(), Simulator = simulator });
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }
}
