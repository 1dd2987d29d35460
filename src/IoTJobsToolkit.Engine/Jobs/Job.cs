using IoTJobsToolkit.Engine.Controls;

namespace IoTJobsToolkit.Engine.Jobs;

public enum TargetKind
{
    Thing,
    ThingGroup,
}

/// <summary>
/// One entry of a job's targets. <paramref name="Sequence"/> is that of the thing or group at the time it became a target,
/// so that a later one of the same name is not mistaken for it.
/// </summary>
public sealed record JobTarget(string Arn, TargetKind Kind, string Name, long Sequence)
{
    /// <summary>When it became a target, in the order of all events: who got an execution since is not rolled out to again (4.6).</summary>
    public long AssociatedSequence { get; init; }
}

/// <summary>
/// A job as the store keeps it: what the operator said and its state (jobs-reference 1.1). What changes with every execution
/// is beside it in <see cref="JobProgress"/>, and its document is a text of its own, so that both stay small.
/// </summary>
public sealed record Job
{
    /// <summary>Order of creation; also the key of everything that belongs to the job.</summary>
    public required long Sequence { get; init; }

    public required string JobId { get; init; }

    public required IReadOnlyList<JobTarget> Targets { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastUpdatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public TargetSelection TargetSelection { get; init; }

    public JobStatus Status { get; init; }

    /// <summary>Absent until the job is canceled.</summary>
    public bool? ForceCanceled { get; init; }

    public string? ReasonCode { get; init; }

    public string? Comment { get; init; }

    public string? Description { get; init; }

    public string? DocumentSource { get; init; }

    public PresignedUrlConfig? PresignedUrlConfig { get; init; }

    public JobExecutionsRolloutConfig? JobExecutionsRolloutConfig { get; init; }

    public AbortConfig? AbortConfig { get; init; }

    public TimeoutConfig? TimeoutConfig { get; init; }

    public JobExecutionsRetryConfig? JobExecutionsRetryConfig { get; init; }

    /// <summary>When it runs; as supplied (jobs-reference 9).</summary>
    public SchedulingConfig? SchedulingConfig { get; init; }

    public string? NamespaceId { get; init; }

    public IReadOnlyList<string>? DestinationPackageVersions { get; init; }

    public string? JobTemplateArn { get; init; }

    /// <summary>What the operator gave for the parameters of a managed template; null when nothing.</summary>
    public IReadOnlyDictionary<string, string>? DocumentParameters { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>Id of the job, ended by then, of which it was made to try once more.</summary>
    public string? RestartOf { get; init; }

    /// <summary>What holds it back beside AWS's own means; null where nothing does.</summary>
    public JobControls? Controls { get; init; }

    /// <summary>When it first went IN_PROGRESS; absent while it waits for its start.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When retention took it: nobody sees it any more, while its executions and history are being removed (jobs-reference 16.3).</summary>
    public DateTimeOffset? PurgedAt { get; init; }

    /// <summary>Things which joined a target group at or after this sequence are not part of a SNAPSHOT job (jobs-reference 4.2); set at its start.</summary>
    public long SnapshotSequence { get; init; }
}
