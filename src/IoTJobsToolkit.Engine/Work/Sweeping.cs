using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Schedules;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>
/// What has already happened to an execution although the work has not reached it: a cancel counts from the moment it was asked for, a
/// timer from the moment it ran out. Whoever looks at the execution sees that.
/// </summary>
internal static class Sweeping
{
    /// <summary>The execution as the job's sweep will leave it; what an earlier sweep was to cancel stays as that one cancels it.</summary>
    public static JobExecution Apply(Job job, JobProgress progress, JobExecution execution, DateTimeOffset now)
    {
        if (job.Status == JobStatus.DELETION_IN_PROGRESS || Cancel(job, progress, now) is not { } sweep)
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
        var canceledAt = Cancel(job, progress, now)?.At ?? DateTimeOffset.MaxValue;
        return execution.Deadline is { } deadline && deadline <= now && deadline <= canceledAt
            ? execution.TimeOut(deadline)!
            : Apply(job, progress, execution, now);
    }

    /// <summary>The sweep that cancels a job's executions: one under way, or that of an end time which has come but was not worked off yet.</summary>
    private static JobSweep? Cancel(Job job, JobProgress progress, DateTimeOffset now)
    {
        if (progress.Sweep is not null || progress.IsPastEnd || !(progress.ScheduleAt <= now) || !job.CanBeUpdated)
        {
            return progress.Sweep is { Kind: SweepKind.Cancel } sweep ? sweep : null;
        }
        return JobSchedule.Of(job.SchedulingConfig) is { End: { } end, EndBehavior: not JobEndBehavior.STOP_ROLLOUT } schedule && end <= now
            ? new(SweepKind.Cancel, end, Caller.System.Name, schedule.EndBehavior == JobEndBehavior.FORCE_CANCEL) { Origin = ChangeOrigin.EndTime }
            : null;
    }

    /// <summary>Whether the thing does not get to see its pending execution: it goes away, or waits for a maintenance window (9.4) or the end of a pause.</summary>
    public static bool IsHidden(Job job, JobProgress progress, JobExecution execution, DateTimeOffset now) => job switch
    {
        { PurgedAt: not null } or { Status: JobStatus.DELETION_IN_PROGRESS or JobStatus.COMPLETED } => true,
        { Status: JobStatus.CANCELED } => job.ForceCanceled == true || execution.Status == JobExecutionStatus.QUEUED,
        _ => Apply(job, progress, execution, now).HasEnded || IsWaiting(job, progress, execution, now),
    };

    /// <summary>A QUEUED execution outside its job's maintenance windows, or of a paused job.</summary>
    public static bool IsWaiting(Job job, JobProgress progress, JobExecution execution, DateTimeOffset now) =>
        execution.Status == JobExecutionStatus.QUEUED && !IsOpen(job, progress, now);

    /// <summary>Whether executions may be created and started now; also where the change of the schedule was not worked off yet.</summary>
    public static bool IsOpen(Job job, JobProgress progress, DateTimeOffset now) => !progress.IsHeld && IsInWindow(job, progress, now);

    private static bool IsInWindow(Job job, JobProgress progress, DateTimeOffset now) =>
        progress.ScheduleAt is not { } change || change > now || JobSchedule.Of(job.SchedulingConfig) is not { HasWindows: true } schedule
            ? progress.IsOpen
            : schedule.IsOpen(now);
}
