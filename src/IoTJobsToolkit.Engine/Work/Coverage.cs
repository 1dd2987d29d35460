using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>
/// What a CONTINUOUS job does as things become its targets and cease to be (jobs-reference 4.3). Found by the groups that changed,
/// never by looking through jobs or things.
/// </summary>
internal static class Coverage
{
    public static void Follow(JobsTransaction tx, Thing before, Thing after)
    {
        if (!tx.Memory.HasContinuousJobs || before.Groups == after.Groups)
        {
            return;
        }
        var was = Ancestry(tx, before.Groups);
        var now = Ancestry(tx, after.Groups);
        var jobs = was.Except(now).Concat(now.Except(was)).SelectMany(tx.Memory.ContinuousJobs).Distinct().Order();
        foreach (var job in jobs.Select(tx.FindJob).Where(job => job is { CanBeUpdated: true }).Select(job => job!))
        {
            switch (Covers(job, before, was), Covers(job, after, now))
            {
                case (false, true):
                    Join(tx, job, after);
                    break;
                case (true, false):
                    Leave(tx, job, after);
                    break;
                case (true, true):
                    Move(tx, job, after, now);
                    break;
            }
        }
    }

    /// <summary>Whether the thing is a target of a CONTINUOUS job now.</summary>
    public static bool Covers(JobsTransaction tx, Job job, Thing thing) => Covers(job, thing, Ancestry(tx, thing.Groups));

    /// <summary>The thing's groups with all groups above them.</summary>
    private static HashSet<long> Ancestry(JobsTransaction tx, IEnumerable<long> groups) =>
        [.. groups.Select(tx.FindGroup).Where(group => group is not null).SelectMany(group => group!.Ancestry(tx)).Select(group => group.Sequence)];

    private static bool Covers(Job job, Thing thing, HashSet<long> groups) => job.Targets.Any(target => Covers(target, thing, groups));

    private static bool Covers(JobTarget target, Thing thing, HashSet<long> groups) =>
        target.Kind == TargetKind.Thing ? target.Sequence == thing.Sequence : groups.Contains(target.Sequence);

    /// <summary>A thing which the rollout has not come to, and now never would: no join, so it gets its execution at the end of the rollout.</summary>
    private static void Move(JobsTransaction tx, Job job, Thing thing, HashSet<long> groups)
    {
        var progress = tx.Progress(job);
        if (progress.Rollout is { GoesRoundAgain: false } rollout &&
            job.Targets.Index().All(target => !Covers(target.Item, thing, groups) || rollout.HasPassed(target.Index, thing.Name)) &&
            !tx.HadExecution(job, thing.Sequence, job.Targets[0].AssociatedSequence))
        {
            tx.Save(progress with { Rollout = rollout with { GoesRoundAgain = true } });
        }
    }

    /// <summary>At once, outside the rollout's rate; at the next opening while the job waits between its windows.</summary>
    private static void Join(JobsTransaction tx, Job job, Thing thing)
    {
        var progress = tx.Progress(job);
        if (job.StartedAt is null || !Outcome.MayStillCreate(job, progress, tx.Now) || tx.Pending(thing).Any(pending => pending.JobSequence == job.Sequence))
        {
            return;
        }
        if (tx.FindPostponed(job, thing.Name) is { } earlier)
        {
            if (earlier.ThingSequence == thing.Sequence)
            {
                return;
            }
            tx.Settle(earlier); // That of a thing which had the name before.
        }
        var turn = Dependencies.TurnOf(tx, job, thing);
        if (turn == ThingTurn.Never)
        {
            return;
        }
        if (turn == ThingTurn.Now && Sweeping.IsOpen(job, progress, tx.Now))
        {
            var number = tx.HighestNumber(job, thing) + 1;
            tx.Save(null, ExecutionLifecycle.Queue(job, thing.Sequence, thing.Name, number, tx.NextSequence(), ChangeOrigin.Join, tx.Now));
        }
        else
        {
            tx.Postpone(new(job.Sequence, thing.Name, thing.Sequence, ChangeOrigin.Join));
        }
    }

    /// <summary>What is pending is REMOVED, what waits for a window is dropped (OPEN-11).</summary>
    private static void Leave(JobsTransaction tx, Job job, Thing thing)
    {
        if (tx.FindPostponed(job, thing.Name) is { } postponed)
        {
            tx.Settle(postponed);
        }
        if (tx.Pending(thing).FirstOrDefault(pending => pending.JobSequence == job.Sequence) is { } execution)
        {
            var swept = Sweeping.Apply(job, tx.Progress(job), execution, tx.Now);
            tx.Save(execution, swept.HasEnded ? swept : execution.Remove(ChangeOrigin.Leave, tx.Caller.Name, Outcome.Latest(tx.Now, execution.LastUpdatedAt)));
        }
    }
}
