using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>How many executions of a job are in each status: kept with every change, never recounted (jobs-reference 1.2).</summary>
public readonly record struct ExecutionCounts(
    long Queued, long InProgress, long Succeeded, long Failed, long TimedOut, long Rejected, long Removed, long Canceled)
{
    public long Pending => Queued + InProgress;

    /// <summary>Executions with a result of the device, the base of abort percentages (OPEN-8).</summary>
    public long Completed => Succeeded + Failed + TimedOut + Rejected;

    /// <summary>What the device did not carry out as it should.</summary>
    public long Failures => Failed + TimedOut + Rejected;

    /// <summary>0 to 1, of those with a result.</summary>
    public double FailedShare => Completed == 0 ? 0 : (double)Failures / Completed;

    public long Total => Pending + Completed + Removed + Canceled;

    public long this[JobExecutionStatus status] => status switch
    {
        JobExecutionStatus.QUEUED => Queued,
        JobExecutionStatus.IN_PROGRESS => InProgress,
        JobExecutionStatus.SUCCEEDED => Succeeded,
        JobExecutionStatus.FAILED => Failed,
        JobExecutionStatus.TIMED_OUT => TimedOut,
        JobExecutionStatus.REJECTED => Rejected,
        JobExecutionStatus.REMOVED => Removed,
        _ => Canceled,
    };

    /// <summary>What came since <paramref name="earlier"/>, of those with a result.</summary>
    public ExecutionCounts Since(ExecutionCounts earlier) => this with
    {
        Succeeded = Succeeded - earlier.Succeeded,
        Failed = Failed - earlier.Failed,
        TimedOut = TimedOut - earlier.TimedOut,
        Rejected = Rejected - earlier.Rejected,
    };

    public ExecutionCounts Add(JobExecutionStatus status, long change) => status switch
    {
        JobExecutionStatus.QUEUED => this with { Queued = Queued + change },
        JobExecutionStatus.IN_PROGRESS => this with { InProgress = InProgress + change },
        JobExecutionStatus.SUCCEEDED => this with { Succeeded = Succeeded + change },
        JobExecutionStatus.FAILED => this with { Failed = Failed + change },
        JobExecutionStatus.TIMED_OUT => this with { TimedOut = TimedOut + change },
        JobExecutionStatus.REJECTED => this with { Rejected = Rejected + change },
        JobExecutionStatus.REMOVED => this with { Removed = Removed + change },
        _ => this with { Canceled = Canceled + change },
    };
}
