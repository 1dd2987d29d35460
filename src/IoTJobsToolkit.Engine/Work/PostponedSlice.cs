using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>One slice of the joins, retries and restarts which waited for a maintenance window or the end of a pause; the rollout's rate does not count (5.5, 9.4).</summary>
internal static class PostponedSlice
{
    public static void Run(JobsTransaction tx, Job job, int size)
    {
        var waiting = tx.Store.ReadPostponed(job.Sequence, null, size);
        foreach (var postponed in waiting)
        {
            if (tx.FindPostponed(job, postponed.ThingName) is not null)
            {
                tx.Settle(postponed);
                Make(tx, job, postponed);
            }
        }
        if (waiting.Count < size)
        {
            tx.Save(tx.Progress(job) with { PostponedAt = null });
            Outcome.CompleteIfDone(tx, job); // What waited may have been for things that are gone.
        }
    }

    private static void Make(JobsTransaction tx, Job job, PostponedExecution postponed)
    {
        if (tx.FindThing(postponed.ThingName) is not { } thing || thing.Sequence != postponed.ThingSequence ||
            tx.Pending(thing).Any(pending => pending.JobSequence == job.Sequence))
        {
            return;
        }
        var execution = ExecutionLifecycle.Queue(
            job, thing.Sequence, thing.Name, tx.HighestNumber(job, thing) + 1, tx.NextSequence(), postponed.Origin, tx.Now,
            postponed.By);
        tx.Save(null, execution with { RetryAttempt = postponed.RetryAttempt, RetriesUsed = postponed.RetriesUsed });
    }
}
