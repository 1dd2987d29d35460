using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>One slice of the joins, retries and restarts which waited for a maintenance window or the end of a pause; the rollout's rate does not count (5.5, 9.4).</summary>
internal static class PostponedSlice
{
    public static void Run(JobsTransaction tx, Job job, int size)
    {
        var waiting = tx.Store.ReadPostponed(job.Sequence, tx.Progress(job).PostponedAfter, size);
        foreach (var postponed in waiting)
        {
            if (tx.FindPostponed(job, postponed.ThingName) is not null)
            {
                Settle(tx, job, postponed);
            }
        }
        if (waiting.Count < size)
        {
            tx.Save(tx.Progress(job) with { PostponedAt = null, PostponedAfter = null });
            Outcome.CompleteIfDone(tx, job); // What waited may have been for things that are gone.
        }
        else if (Dependencies.PerThing(job).Count > 0)
        {
            tx.Save(tx.Progress(job) with { PostponedAfter = waiting[^1].ThingName });
        }
    }

    /// <summary>Makes it, unless it waits for other jobs on its thing; drops it where those have ended otherwise.</summary>
    public static void Settle(JobsTransaction tx, Job job, PostponedExecution postponed)
    {
        var turn = tx.FindThing(postponed.ThingName) is { } thing && thing.Sequence == postponed.ThingSequence ? Dependencies.TurnOf(tx, job, thing) : ThingTurn.Never;
        if (turn == ThingTurn.Later || tx.FindPostponed(job, postponed.ThingName) is null) // Looking at it may have settled it.
        {
            return;
        }
        tx.Settle(postponed);
        if (turn == ThingTurn.Now)
        {
            Make(tx, job, postponed);
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
