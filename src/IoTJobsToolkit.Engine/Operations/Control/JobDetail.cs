using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Schedules;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>A job as operators see it: AWS's shape <c>Job</c> (http-api 13.1). Configurations are shown as supplied (OPEN-48).</summary>
public sealed record JobDetail
{
    public required string JobArn { get; init; }

    public required string JobId { get; init; }

    public TargetSelection TargetSelection { get; init; }

    public JobStatus Status { get; init; }

    public bool? ForceCanceled { get; init; }

    public string? ReasonCode { get; init; }

    public string? Comment { get; init; }

    public IReadOnlyList<string> Targets { get; init; } = [];

    public string? Description { get; init; }

    public PresignedUrlConfig PresignedUrlConfig { get; init; } = new();

    public JobExecutionsRolloutConfig JobExecutionsRolloutConfig { get; init; } = new();

    public AbortConfig? AbortConfig { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastUpdatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public JobProcessDetails JobProcessDetails { get; init; } = new();

    public TimeoutConfig TimeoutConfig { get; init; } = new();

    public string? NamespaceId { get; init; }

    public string? JobTemplateArn { get; init; }

    public JobExecutionsRetryConfig? JobExecutionsRetryConfig { get; init; }

    /// <summary>As supplied, for a job made from a managed template.</summary>
    public IReadOnlyDictionary<string, string>? DocumentParameters { get; init; }

    public bool IsConcurrent { get; init; }

    /// <summary>As supplied.</summary>
    public SchedulingConfig? SchedulingConfig { get; init; }

    /// <summary>The next seven openings of its maintenance windows (jobs-reference 9.6).</summary>
    public IReadOnlyList<ScheduledJobRollout>? ScheduledJobRollouts { get; init; }

    public IReadOnlyList<string>? DestinationPackageVersions { get; init; }

    internal static JobDetail Of(Job job, JobProgress progress, JobsSettings settings, DateTimeOffset now) => new()
    {
        JobArn = settings.JobArn(job.JobId),
        JobId = job.JobId,
        TargetSelection = job.TargetSelection,
        Status = job.Status,
        ForceCanceled = job.ForceCanceled,
        ReasonCode = job.ReasonCode,
        Comment = job.Comment,
        Targets = job.Targets.Select(target => target.Arn).ToArray(), // An array: a shell picks from it by index.
        Description = job.Description,
        PresignedUrlConfig = job.PresignedUrlConfig ?? new(),
        JobExecutionsRolloutConfig = job.JobExecutionsRolloutConfig ?? new(),
        AbortConfig = job.AbortConfig,
        CreatedAt = job.CreatedAt,
        LastUpdatedAt = job.LastUpdatedAt,
        CompletedAt = job.CompletedAt,
        JobProcessDetails = JobProcessDetails.Of(progress.Counts, job.ProcessingTargets(progress)),
        TimeoutConfig = job.TimeoutConfig ?? new(),
        NamespaceId = job.NamespaceId,
        JobTemplateArn = job.JobTemplateArn,
        JobExecutionsRetryConfig = job.JobExecutionsRetryConfig,
        DocumentParameters = job.DocumentParameters,
        IsConcurrent = job.IsConcurrent(progress),
        SchedulingConfig = job.SchedulingConfig,
        ScheduledJobRollouts = ScheduledJobRollout.Next(job, now),
        DestinationPackageVersions = job.DestinationPackageVersions,
    };
}

/// <param name="StartTime">ISO 8601, UTC, whole seconds.</param>
public sealed record ScheduledJobRollout(string StartTime)
{
    private const int Shown = 7;

    /// <summary>Null for jobs without maintenance windows, and for those which have ended.</summary>
    internal static IReadOnlyList<ScheduledJobRollout>? Next(Job job, DateTimeOffset now) =>
        job.CanBeUpdated && JobSchedule.Of(job.SchedulingConfig) is { HasWindows: true } schedule
            ? schedule.NextOpenings(now, Shown).Select(opening => new ScheduledJobRollout(JobSchedule.Text(opening))).ToArray()
            : null;
}

/// <summary>How far a job is: counts of executions, and the targets which still wait for theirs (jobs-reference 1.2).</summary>
public sealed record JobProcessDetails
{
    public IReadOnlyList<string>? ProcessingTargets { get; init; }

    public long NumberOfCanceledThings { get; init; }

    public long NumberOfSucceededThings { get; init; }

    public long NumberOfFailedThings { get; init; }

    public long NumberOfRejectedThings { get; init; }

    public long NumberOfQueuedThings { get; init; }

    public long NumberOfInProgressThings { get; init; }

    public long NumberOfRemovedThings { get; init; }

    public long NumberOfTimedOutThings { get; init; }

    internal static JobProcessDetails Of(ExecutionCounts counts, IReadOnlyList<string>? processingTargets) => new()
    {
        ProcessingTargets = processingTargets,
        NumberOfCanceledThings = counts.Canceled,
        NumberOfSucceededThings = counts.Succeeded,
        NumberOfFailedThings = counts.Failed,
        NumberOfRejectedThings = counts.Rejected,
        NumberOfQueuedThings = counts.Queued,
        NumberOfInProgressThings = counts.InProgress,
        NumberOfRemovedThings = counts.Removed,
        NumberOfTimedOutThings = counts.TimedOut,
    };
}

/// <summary>A line of ListJobs.</summary>
public sealed record JobSummary
{
    public required string JobArn { get; init; }

    public required string JobId { get; init; }

    /// <summary>The group, when it is the job's only target (OPEN-26).</summary>
    public string? ThingGroupId { get; init; }

    public TargetSelection TargetSelection { get; init; }

    public JobStatus Status { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastUpdatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public bool IsConcurrent { get; init; }

    internal static JobSummary Of(Job job, JobProgress progress, JobsSettings settings) => new()
    {
        JobArn = settings.JobArn(job.JobId),
        JobId = job.JobId,
        ThingGroupId = job.Targets is [{ Kind: TargetKind.ThingGroup } group] ? settings.ResourceId("thinggroup", group.Sequence) : null,
        TargetSelection = job.TargetSelection,
        Status = job.Status,
        CreatedAt = job.CreatedAt,
        LastUpdatedAt = job.LastUpdatedAt,
        CompletedAt = job.CompletedAt,
        IsConcurrent = job.IsConcurrent(progress),
    };
}
