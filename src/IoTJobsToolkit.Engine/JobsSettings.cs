namespace IoTJobsToolkit.Engine;

public enum LimitsProfile
{
    /// <summary>AWS's quotas (jobs-reference 17).</summary>
    Aws,

    /// <summary>No quotas: as many targets and jobs as asked for, and a rollout without a rate goes as fast as the store.</summary>
    None,
}

public enum RequestRatesProfile
{
    /// <summary>As many requests as come (OPEN-47).</summary>
    Off,

    /// <summary>AWS's request rates (jobs-reference 17).</summary>
    Aws,
}

/// <summary>What an installation may choose about its engine (DESIGN 11).</summary>
public sealed record JobsSettings
{
    public string Region { get; init; } = "us-east-1";

    public string AccountId { get; init; } = "123456789012";

    public LimitsProfile Limits { get; init; }

    /// <summary>Whether callers are refused who call too often; the engine's own work never is.</summary>
    public RequestRatesProfile RequestRates { get; init; }

    /// <summary>Keeps deletions pending, so that the limit of ten can be observed (OPEN-35).</summary>
    public bool DeletionPaused { get; init; }

    /// <summary>
    /// Days after which ended jobs are purged with their executions and history, 1 to 36,500 (jobs-reference 16.3, C-3). The database keeps what was given
    /// last; null leaves that, or 90 where none ever was: who opens a file without the setting purges nothing that another meant to keep.
    /// </summary>
    public int? RetentionDays { get; init; }

    /// <summary>Address which DescribeEndpoint names: host and port, no scheme.</summary>
    public string EndpointAddress { get; init; } = "localhost";

    /// <summary>Things whose pending executions are kept in memory, about 1 KB each; those used last are half of them at the least.</summary>
    public int CachedThings { get; init; } = 200_000;

    /// <summary>Executions which one slice of background work creates, cancels or deletes at the most.</summary>
    public int SliceSize { get; init; } = 1_000;
}
