using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Events;

/// <summary>What a job event tells; the names are the status words of the message, in lower case its operation (mqtt-api 8.1).</summary>
public enum JobEventStatus
{
    COMPLETED,
    CANCELED,
    DELETED,
    CANCELLATION_IN_PROGRESS,
    DELETION_IN_PROGRESS,
}

/// <summary>A job event of AWS IoT, raised while the family <see cref="EventType.JOB"/> is on (mqtt-api 8.1).</summary>
/// <param name="EventId">A UUID, one for each event.</param>
/// <param name="Job">The job at that moment.</param>
/// <param name="Counts">Its counters at that moment.</param>
public sealed record JobEvent(DateTimeOffset At, string EventId, JobEventStatus Status, Job Job, ExecutionCounts Counts) : JobsEvent(At);

/// <summary>What an execution event tells (mqtt-api 8.2).</summary>
public enum JobExecutionEventStatus
{
    SUCCEEDED,
    FAILED,
    REJECTED,
    CANCELED,
    REMOVED,
    TIMED_OUT,
    DELETED,
}

/// <summary>An execution reached a terminal status or was deleted, while the family <see cref="EventType.JOB_EXECUTION"/> is on (mqtt-api 8.2).</summary>
/// <param name="EventId">A UUID, one for each event.</param>
/// <param name="Execution">The execution as it ended, or as it was before it was deleted.</param>
public sealed record JobExecutionEvent(DateTimeOffset At, string EventId, JobExecutionEventStatus Status, JobExecution Execution)
    : JobsEvent(At)
{
    /// <summary>What an execution's change tells; null for one which is no event.</summary>
    internal static JobExecutionEventStatus? StatusOf(JobExecution? before, JobExecution? after) => (before, after) switch
    {
        (_, null) => JobExecutionEventStatus.DELETED,
        ({ HasEnded: true }, _) => null,
        (_, { Status: JobExecutionStatus.SUCCEEDED }) => JobExecutionEventStatus.SUCCEEDED,
        (_, { Status: JobExecutionStatus.FAILED }) => JobExecutionEventStatus.FAILED,
        (_, { Status: JobExecutionStatus.REJECTED }) => JobExecutionEventStatus.REJECTED,
        (_, { Status: JobExecutionStatus.CANCELED }) => JobExecutionEventStatus.CANCELED,
        (_, { Status: JobExecutionStatus.REMOVED }) => JobExecutionEventStatus.REMOVED,
        (_, { Status: JobExecutionStatus.TIMED_OUT }) => JobExecutionEventStatus.TIMED_OUT,
        _ => null,
    };
}
