using System.Diagnostics;
using IoTJobsToolkit.Cmdlets.Connection.Keys;
using IoTJobsToolkit.Cmdlets.Connection.Remote;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Wire.Rendezvous;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>A database file, and the account it plays. While a server has the file open, the cmdlets go through the server.</summary>
public sealed record FileConnection(string DatabasePath) : JobsConnection
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly JobsSettings Settled = new();

    public override JobsConnectionKind Kind => JobsConnectionKind.File;

    public string Region { get; init; } = Settled.Region;

    public string AccountId { get; init; } = Settled.AccountId;

    public LimitsProfile Limits { get; init; } = Settled.Limits;

    /// <summary>Days after which ended jobs are purged; null for what the database was told before, or 90.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>Jobs go by a clock that can be stopped, set ahead and sped up.</summary>
    public bool IsVirtualClock { get; init; }

    /// <summary>Address of the server which has the file open at this moment; null where there is none.</summary>
    public string? Host => FindHost()?.Endpoint;

    /// <summary>The user's own database, where nothing else was connected to.</summary>
    public static FileConnection Default { get; } = new(Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "IoTJobsToolkit",
        "jobs.db"));

    internal override string Place => DatabasePath;

    internal ServerRendezvous? FindHost() => ServerRendezvous.Find(DatabasePath);

    internal JobsSettings ToSettings() => new() { Region = Region, AccountId = AccountId, Limits = Limits, RetentionDays = RetentionDays };

    /// <summary>
    /// A server that has just started has the file before it can be called, and one that ends still has it when it can no longer be; another
    /// shell gives it up soon after its last pipeline.
    /// </summary>
    internal override Lease Use(TimeSpan patience, CancellationToken cancellationToken)
    {
        var time = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return (Lease?)Database.TryUse(this) ?? (Lease?)UseHost() ?? Database.Open(this);
            }
            catch (IOException exception) when (Refusal.IsInUse(exception) && time.Elapsed < patience)
            {
                cancellationToken.WaitHandle.WaitOne(Pause);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private RemoteLease? UseHost() => FindHost() is { } host && ServerAddress.TryRead(host.Endpoint, out var endpoint, out _)
        ? RemoteClients.Use(new(endpoint, host.Region, new FixedKey(new(host.AccessKeyId, host.SecretAccessKey)))
        {
            AuthoritiesPath = Authorities.Of(endpoint, DatabasePath),
        })
        : null;
}
