using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>
/// What has already happened to an execution although the work has not reached it: a cancel counts from the moment it was asked for, a
/// timer from the moment it ran out. Whoever looks at the execution sees that.
/// </summary>
internal static class Sweeping
{
    /// <summary>The execution as the job's sweep will leave it; what an earlier sweep was to cancel stays as that one cancels it.</summary>
    public static JobExecution Apply(Job job, JobProgress progress, JobExecution execution)
    {
        if (job.Status != JobStatus.CANCELED || progress.Sweep is not { Kind: SweepKind.Cancel } sweep)
        {
            return execution;
        }
        if (sweep.Earlier is { } earlier && execution.Status == JobExecutionStatus.QUEUED)
        {
            sweep = earlier;
        }
        return execution.Cancel(sweep.Force, sweep.Origin, sweep.By, sweep.At) ?? execution;
    }

    /// <summary>As <see cref="Apply"/>, with the timers that have run out by <paramref name="now"/>: for lists.</summary>
    public static JobExecution AsOf(Job job, JobProgress progress, JobExecution execution, DateTimeOffset now)
    {
        var canceledAt = progress.Sweep?.At ?? DateTimeOffset.MaxValue;
        return execution.Deadline is { } deadline && deadline <= now && deadline <= canceledAt
            ? execution.TimeOut(deadline)!
            : Apply(job, progress, execution);
    }

    /// <summary>Whether the thing no longer gets to see its pending execution.</summary>
    public static bool IsHidden(Job job, JobExecution execution) => job.Status switch
    {
        JobStatus.DELETION_IN_PROGRESS => true,
        JobStatus.CANCELED => job.ForceCanceled == true || execution.Status == JobExecutionStatus.QUEUED,
        _ => false,
    };
}
