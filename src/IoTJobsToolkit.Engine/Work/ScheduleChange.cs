using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Schedules;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>What a job's schedule does to it at one instant: start, opening, closing, end (jobs-reference 9).</summary>
internal static class ScheduleChange
{
    private const string TooManyJobs = "CONCURRENT_JOBS_LIMIT";

    /// <summary>The first state of a new job (J1, J2), with what comes next.</summary>
    public static (Job Job, JobProgress Progress) Begin(JobsTransaction tx, Job job)
    {
        var progress = new JobProgress(job.Sequence) { Failures = FailureCounts.None };
        if (JobSchedule.Of(job.SchedulingConfig) is { } schedule)
        {
            progress = progress with { IsOpen = schedule.IsOpen(tx.Now), ScheduleAt = NextAfter(schedule, tx.Now, isPastEnd: false) };
        }
        return progress.IsOpen ? RollOut(tx, job, progress) : (job, progress);
    }

    /// <summary>Works off the change which is due at the transaction's instant.</summary>
    public static void Run(JobsTransaction tx, Job job, JobProgress progress)
    {
        if (JobSchedule.Of(job.SchedulingConfig) is not { } schedule)
        {
            tx.Save(progress with { ScheduleAt = null });
        }
        else if (!progress.IsPastEnd && schedule.End <= tx.Now)
        {
            End(tx, job, progress, schedule);
        }
        else
        {
            Move(tx, job, progress with { IsOpen = schedule.IsOpen(tx.Now), ScheduleAt = NextAfter(schedule, tx.Now, progress.IsPastEnd) }, schedule);
        }
    }

    private static void Move(JobsTransaction tx, Job job, JobProgress progress, JobSchedule schedule)
    {
        if (job.StartedAt is null && progress.IsOpen && schedule.HasWindows && ConcurrentJobs.AreTooMany(tx))
        {
            var canceled = job.Cancel(
                force: false, TooManyJobs, $"Canceled at its start: {ConcurrentJobs.Limit} jobs were being rolled out or canceled.", tx.Now)!;
            Cancellation.Begin(tx, job, canceled, ChangeOrigin.Abort, Caller.System.Name);
        }
        else if (progress.IsOpen && job.Start(tx.Now) is { } started)
        {
            Open(tx, job, started, progress);
        }
        else if (!progress.IsOpen && !progress.IsPastEnd && job.Pause(tx.Now) is { } paused)
        {
            tx.Save(progress with { Rollout = progress.Rollout?.Pause() });
            tx.Save(job, paused, "maintenance window closed");
        }
        else
        {
            tx.Save(progress);
        }
    }

    private static void Open(JobsTransaction tx, Job before, Job started, JobProgress progress)
    {
        if (before.StartedAt is null)
        {
            (started, progress) = RollOut(tx, started, progress);
            progress = Pausing.Keep(progress);
            tx.Save(progress);
            tx.Save(before, started, "started");
            return;
        }
        tx.Save(Pausing.GoOn(progress, tx.Now));
        tx.Save(before, started, "maintenance window opened");
    }

    /// <summary>From its first start on, the members of a SNAPSHOT job are fixed (OPEN-4).</summary>
    private static (Job Job, JobProgress Progress) RollOut(JobsTransaction tx, Job job, JobProgress progress) =>
    (
        job with { StartedAt = job.StartedAt ?? tx.Now, SnapshotSequence = tx.NextSequence() },
        progress with { Rollout = new(tx.Now) }
    );

    private static void End(JobsTransaction tx, Job job, JobProgress progress, JobSchedule schedule)
    {
        var rollsOut = progress.Rollout is not null;
        var forced = schedule.EndBehavior == JobEndBehavior.FORCE_CANCEL;
        var sweep = schedule.EndBehavior == JobEndBehavior.STOP_ROLLOUT
            ? progress.Sweep
            : Cancellation.SweepOf(progress, tx.Now, Caller.System.Name, forced, ChangeOrigin.EndTime);
        tx.Save(progress.AtRest() with
        {
            IsPastEnd = true,
            IsOpen = schedule.IsOpen(tx.Now),
            ScheduleAt = NextAfter(schedule, tx.Now, isPastEnd: true),
            Sweep = sweep,
        });
        var ended = job.ShowEnd(tx.Now) ?? (rollsOut ? job with { LastUpdatedAt = tx.Now } : job);
        tx.Save(job, ended, "end time reached", schedule.EndBehavior.ToString());
        if (forced)
        {
            Outcome.Complete(tx, ended);
        }
        else
        {
            Outcome.CompleteIfDone(tx, ended);
        }
    }

    private static DateTimeOffset? NextAfter(JobSchedule schedule, DateTimeOffset now, bool isPastEnd)
    {
        var change = !schedule.IsOpen(now) ? schedule.OpensAt(now) : schedule.HasWindows ? schedule.ClosesAt(now) : null;
        return isPastEnd || change < schedule.End ? change : schedule.End ?? change;
    }
}
