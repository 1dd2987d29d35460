using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Schedules;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>What follows when an execution ends or is deleted (jobs-reference 6.4): abort, else retry, then completion.</summary>
internal static class Outcome
{
    /// <param name="ended">The execution that ended; null when one was deleted.</param>
    public static void Follow(JobsTransaction tx, long jobSequence, JobExecution? ended)
    {
        var job = tx.FindJob(jobSequence);
        if (job is not null && ended is not null)
        {
            Dependencies.Follow(tx, job, ended);
        }
        if (job is not { Status: JobStatus.IN_PROGRESS or JobStatus.SCHEDULED })
        {
            return;
        }
        if (AbortRule.Met(job.AbortConfig, tx.Progress(job).Counts) is { } comment)
        {
            Abort(tx, job, comment);
            return;
        }
        if (ended is not null)
        {
            PauseRule.Follow(tx, job);
        }
        if (ended is not null && MayStillCreate(job, tx.Progress(job), tx.Now) &&
            RetryRule.Next(job.JobExecutionsRetryConfig, ended) is { } used)
        {
            Retry(tx, job, ended, used);
        }
        else
        {
            CompleteIfDone(tx, job);
        }
        if (job.Controls is not null)
        {
            tx.Save(RolloutGate.Look(job, tx.Progress(job), tx.Now));
        }
    }

    /// <summary>No retry and no join from the end time on (C-17).</summary>
    public static bool MayStillCreate(Job job, JobProgress progress, DateTimeOffset now) =>
        !progress.IsPastEnd && !(JobSchedule.Of(job.SchedulingConfig)?.End <= now);

    /// <summary>
    /// J7: a SNAPSHOT job whose rollout has finished, or any job past its end time, when all its executions have ended.
    /// </summary>
    public static void CompleteIfDone(JobsTransaction tx, Job job)
    {
        var progress = tx.Progress(job);
        var isRolledOut = progress.IsPastEnd || job is { TargetSelection: TargetSelection.SNAPSHOT, StartedAt: not null };
        if (isRolledOut && progress is { Rollout: null, Counts.Pending: 0, Postponed: 0 })
        {
            Complete(tx, job);
        }
    }

    public static void Complete(JobsTransaction tx, Job job)
    {
        var progress = tx.Progress(job);
        if (job.Complete(Latest(tx.Now, progress.ChangedAt, job.LastUpdatedAt)) is { } completed)
        {
            tx.Save(progress.AtRest());
            tx.Save(job, completed, "completed");
            if (!AwaitsSweep(completed, progress))
            {
                tx.Raise(JobEventStatus.COMPLETED, completed);
            }
        }
    }

    /// <summary>The end time canceled what is pending: the job is told as completed when that is done, with counters that are final.</summary>
    public static bool AwaitsSweep(Job job, JobProgress progress) =>
        job.Status == JobStatus.COMPLETED && progress.Sweep is { Kind: SweepKind.Cancel };

    /// <summary>A window that is worked off late still completes its job no earlier than the last result.</summary>
    public static DateTimeOffset Latest(params ReadOnlySpan<DateTimeOffset> times)
    {
        var latest = times[0];
        foreach (var time in times)
        {
            latest = time > latest ? time : latest;
        }
        return latest;
    }

    /// <summary>Cancels the job without force, as the system (jobs-reference 6.3).</summary>
    private static void Abort(JobsTransaction tx, Job job, string comment)
    {
        var canceled = job.Cancel(force: false, AbortRule.ReasonCode, comment, tx.Now)!;
        Cancellation.Begin(tx, job, canceled, ChangeOrigin.Abort, Caller.System.Name);
    }

    /// <summary>Immediately, or at the next maintenance window (jobs-reference 8.4) or the end of a pause.</summary>
    private static void Retry(JobsTransaction tx, Job job, JobExecution ended, RetriesUsed used)
    {
        if (Sweeping.IsOpen(job, tx.Progress(job), tx.Now))
        {
            var retry = ExecutionLifecycle.Queue(
                job, ended.ThingSequence, ended.ThingName, ended.Number + 1, tx.NextSequence(), ChangeOrigin.Retry, Latest(tx.Now, ended.QueuedAt));
            tx.Save(null, retry with { RetryAttempt = ended.RetryAttempt + 1, RetriesUsed = used });
        }
        else
        {
            tx.Postpone(new(job.Sequence, ended.ThingName, ended.ThingSequence, ChangeOrigin.Retry, ended.RetryAttempt + 1, used));
        }
    }
}
