using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Portal.Components.Executions;

namespace IoTJobsToolkit.Portal.Indexing;

/// <summary>An execution in 56 bytes, besides the thing's name. Times are milliseconds since 1970, as they are stored.</summary>
internal struct ExecutionEntry
{
    public string ThingName;
    public long Sequence;
    public long QueuedAt;
    public long StartedAt;
    public long UpdatedAt;
    public int Number;
    public int Version;

    /// <summary>Place in the <see cref="ReasonBook"/>; -1 where it did not fail.</summary>
    public int Reason;
    public short RetryAttempt;
    public byte Status;
    public bool IsGone;

    public readonly JobExecutionStatus ExecutionStatus => (JobExecutionStatus)Status;

    public readonly bool HasEnded => ExecutionStatus is not (JobExecutionStatus.QUEUED or JobExecutionStatus.IN_PROGRESS);

    public static bool IsFailure(JobExecutionStatus status) =>
        status is JobExecutionStatus.FAILED or JobExecutionStatus.TIMED_OUT or JobExecutionStatus.REJECTED;

    public static ExecutionEntry Of(JobExecution execution, int reason) => new()
    {
        ThingName = execution.ThingName,
        Sequence = execution.Sequence,
        QueuedAt = execution.QueuedAt.ToUnixTimeMilliseconds(),
        StartedAt = execution.StartedAt?.ToUnixTimeMilliseconds() ?? 0,
        UpdatedAt = execution.LastUpdatedAt.ToUnixTimeMilliseconds(),
        Version = checked((int)execution.VersionNumber),
        Number = checked((int)execution.Number),
        Reason = reason,
        RetryAttempt = (short)execution.RetryAttempt,
        Status = (byte)execution.Status,
    };

    public readonly ExecutionLine Line(string jobId) => new(
        jobId, ThingName, Number, ExecutionStatus, RetryAttempt,
        DateTimeOffset.FromUnixTimeMilliseconds(QueuedAt),
        StartedAt == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(StartedAt),
        DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt));

    /// <summary>As <see cref="ExecutionKey"/> orders the executions of a job.</summary>
    public static int Compare(in ExecutionEntry left, in ExecutionEntry right)
    {
        var order = left.QueuedAt.CompareTo(right.QueuedAt);
        order = order != 0 ? order : string.CompareOrdinal(left.ThingName, right.ThingName);
        order = order != 0 ? order : left.Number.CompareTo(right.Number);
        return order != 0 ? order : left.Sequence.CompareTo(right.Sequence);
    }
}
