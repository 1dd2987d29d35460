using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Engine.Operations.Device;

/// <summary>An execution as its device sees it: AWS's data-plane shape <c>JobExecution</c>, times in whole seconds (C-13).</summary>
public sealed record DeviceJobExecution
{
    public required string JobId { get; init; }

    public required string ThingName { get; init; }

    public JobExecutionStatus Status { get; init; }

    /// <summary>Absent when empty (OPEN-28).</summary>
    public IReadOnlyDictionary<string, string>? StatusDetails { get; init; }

    /// <summary>Seconds since 1970, as the other times here.</summary>
    public long QueuedAt { get; init; }

    public long? StartedAt { get; init; }

    public long LastUpdatedAt { get; init; }

    public long? ApproximateSecondsBeforeTimedOut { get; init; }

    public long VersionNumber { get; init; }

    public long ExecutionNumber { get; init; }

    public string? JobDocument { get; init; }

    internal static DeviceJobExecution Of(JobExecution execution, DateTimeOffset now, string? document) => new()
    {
        JobId = execution.JobId,
        ThingName = execution.ThingName,
        Status = execution.Status,
        StatusDetails = execution.StatusDetails.Count > 0 ? execution.StatusDetails : null,
        QueuedAt = execution.QueuedAt.ToUnixTimeSeconds(),
        StartedAt = execution.StartedAt?.ToUnixTimeSeconds(),
        LastUpdatedAt = execution.LastUpdatedAt.ToUnixTimeSeconds(),
        ApproximateSecondsBeforeTimedOut = execution.SecondsLeft(now),
        VersionNumber = execution.VersionNumber,
        ExecutionNumber = execution.Number,
        JobDocument = document,
    };
}

/// <summary>A line of GetPendingJobExecutions.</summary>
public sealed record PendingJobExecution
{
    public required string JobId { get; init; }

    public long QueuedAt { get; init; }

    public long? StartedAt { get; init; }

    public long LastUpdatedAt { get; init; }

    public long VersionNumber { get; init; }

    public long ExecutionNumber { get; init; }

    internal static PendingJobExecution Of(JobExecution execution) => new()
    {
        JobId = execution.JobId,
        QueuedAt = execution.QueuedAt.ToUnixTimeSeconds(),
        StartedAt = execution.StartedAt?.ToUnixTimeSeconds(),
        LastUpdatedAt = execution.LastUpdatedAt.ToUnixTimeSeconds(),
        VersionNumber = execution.VersionNumber,
        ExecutionNumber = execution.Number,
    };
}
