using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>An execution as operators see it: AWS's control-plane shape <c>JobExecution</c> (http-api 13.1).</summary>
public sealed record JobExecutionDetail
{
    public required string JobId { get; init; }

    public JobExecutionStatus Status { get; init; }

    /// <summary>On canceled executions only.</summary>
    public bool? ForceCanceled { get; init; }

    public JobExecutionStatusDetails StatusDetails { get; init; } = new();

    public required string ThingArn { get; init; }

    public DateTimeOffset QueuedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset LastUpdatedAt { get; init; }

    public long ExecutionNumber { get; init; }

    public long VersionNumber { get; init; }

    /// <summary>Whole seconds left, rounded down, only while a timer runs (OPEN-19).</summary>
    public long? ApproximateSecondsBeforeTimedOut { get; init; }

    /// <summary>The name in <see cref="ThingArn"/>, so that an execution pipes into other cmdlets.</summary>
    [JsonIgnore]
    public string ThingName => Arn.LastPart(ThingArn);

    internal static JobExecutionDetail Of(JobExecution execution, JobsSettings settings, DateTimeOffset now) => new()
    {
        JobId = execution.JobId,
        Status = execution.Status,
        ForceCanceled = execution.Status == JobExecutionStatus.CANCELED ? execution.ForceCanceled : null,
        StatusDetails = new() { DetailsMap = execution.StatusDetails.Count > 0 ? execution.StatusDetails : null },
        ThingArn = settings.ThingArn(execution.ThingName),
        QueuedAt = execution.QueuedAt,
        StartedAt = execution.StartedAt,
        LastUpdatedAt = execution.LastUpdatedAt,
        ExecutionNumber = execution.Number,
        VersionNumber = execution.VersionNumber,
        ApproximateSecondsBeforeTimedOut = execution.SecondsLeft(now),
    };
}

public sealed record JobExecutionStatusDetails
{
    public IReadOnlyDictionary<string, string>? DetailsMap { get; init; }
}

public sealed record JobExecutionSummary
{
    public JobExecutionStatus Status { get; init; }

    public DateTimeOffset QueuedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset LastUpdatedAt { get; init; }

    public long ExecutionNumber { get; init; }

    /// <summary>0 for the first attempt (OPEN-10).</summary>
    public int RetryAttempt { get; init; }

    internal static JobExecutionSummary Of(JobExecution execution) => new()
    {
        Status = execution.Status,
        QueuedAt = execution.QueuedAt,
        StartedAt = execution.StartedAt,
        LastUpdatedAt = execution.LastUpdatedAt,
        ExecutionNumber = execution.Number,
        RetryAttempt = execution.RetryAttempt,
    };
}
