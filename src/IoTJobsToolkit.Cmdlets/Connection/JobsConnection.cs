using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>What the cmdlets of this process work on: a database file, and the account it plays.</summary>
public sealed record JobsConnection(string DatabasePath)
{
    private static readonly JobsSettings Settled = new();

    public string Region { get; init; } = Settled.Region;

    public string AccountId { get; init; } = Settled.AccountId;

    public LimitsProfile Limits { get; init; } = Settled.Limits;

    /// <summary>Days after which ended jobs are purged; null for what the database was told before, or 90.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>The user's own database, where nothing else was connected to.</summary>
    public static JobsConnection Default { get; } = new(Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "IoTJobsToolkit",
        "jobs.db"));

    internal JobsSettings ToSettings() => new() { Region = Region, AccountId = AccountId, Limits = Limits, RetentionDays = RetentionDays };
}
