using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>The right to use an open database, held by one cmdlet until it ends.</summary>
internal sealed class Lease(OpenDatabase database, Action<OpenDatabase> giveBack) : IDisposable
{
    private OpenDatabase? _database = database;

    private OpenDatabase Held => _database ?? throw new ObjectDisposedException(nameof(Lease));

    public IJobs Jobs => Held.Jobs;

    public JobsSettings Settings => Held.Engine.Settings;

    public bool HasCaughtUp => Held.HasCaughtUp;

    public Task CatchUp => Held.CatchUp;

    public Task PassTime() => Held.PassTime();

    public Task Settle(string jobId, IProgress<JobProgress> progress, CancellationToken cancellationToken) =>
        Held.Engine.SettleAsync(jobId, progress, cancellationToken);

    /// <summary>Completes when all that is due at this moment has been done.</summary>
    public Task SettleAll(CancellationToken cancellationToken) => Held.Engine.PassTimeAsync(cancellationToken);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _database, null) is { } held)
        {
            giveBack(held);
        }
    }
}
