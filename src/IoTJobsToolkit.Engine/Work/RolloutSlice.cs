using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>
/// One slice of a rollout: opens the window which is due, creates as many executions as the window and the slice allow, and
/// notes how far it came in the same commit (jobs-reference 5).
/// A thing covered by several targets gets one execution (4.1): from the second target on, those who had one are passed over.
/// </summary>
internal static class RolloutSlice
{
    public static void Run(JobsTransaction tx, Job job, Rollout rollout, int size)
    {
        if (rollout.Hold is not null)
        {
            tx.Save(RolloutGate.Look(job, tx.Progress(job), tx.Now));
            return;
        }
        if (rollout is { WindowLeft: 0, IsLooking: false })
        {
            if (ConcurrentJobs.HasToWait(tx, job))
            {
                Save(tx, job, rollout with { WindowAt = rollout.WindowAt + Rollout.OneWindow });
                return;
            }
            rollout = Open(tx, job, rollout);
        }

        size = RolloutGate.Take(job, tx.Progress(job), rollout, size);
        var looked = 0;
        foreach (var candidate in Candidates(tx, job, rollout, size + 1))
        {
            if (candidate.Target > rollout.Target)
            {
                rollout = rollout with { Target = candidate.Target, AfterThing = null };
            }
            var isTarget = IsTarget(tx, job, candidate);
            if (isTarget && rollout.WindowLeft == 0)
            {
                Save(tx, job, rollout with { WindowAt = rollout.WindowAt + Rollout.OneWindow, IsLooking = false });
                return;
            }
            if (isTarget && RolloutGate.Room(job, tx.Progress(job), rollout) == 0)
            {
                tx.Save(RolloutGate.Stop(job, tx.Progress(job), rollout, tx.Now));
                return;
            }
            if (++looked > size)
            {
                Save(tx, job, rollout with { IsLooking = rollout.WindowLeft == 0 });
                return;
            }
            rollout = rollout with { AfterThing = candidate.ThingName };
            if (isTarget)
            {
                rollout = Make(tx, job, rollout, candidate);
            }
        }
        if (rollout.GoesRoundAgain)
        {
            Save(tx, job, rollout.GoRoundAgain());
        }
        else
        {
            Finish(tx, job, rollout, size);
        }
    }

    /// <summary>A thing on which other jobs come first gets its execution after them, outside the rollout's rate.</summary>
    private static Rollout Make(JobsTransaction tx, Job job, Rollout rollout, Candidate candidate)
    {
        var turn = Dependencies.PerThing(job).Count > 0 && tx.FindThing(candidate.ThingName) is { } thing ? Dependencies.TurnOf(tx, job, thing) : ThingTurn.Now;
        switch (turn)
        {
            case ThingTurn.Now:
                tx.Save(null, ExecutionLifecycle.Queue(
                    job, candidate.ThingSequence!.Value, candidate.ThingName, Number(tx, job, candidate), tx.NextSequence(), ChangeOrigin.Rollout, tx.Now));
                return rollout with { WindowLeft = rollout.WindowLeft - 1, Notified = rollout.Notified + 1 };
            case ThingTurn.Later when tx.FindPostponed(job, candidate.ThingName) is null:
                tx.Postpone(new(job.Sequence, candidate.ThingName, candidate.ThingSequence!.Value, ChangeOrigin.Rollout));
                return rollout;
            default:
                return rollout;
        }
    }

    /// <summary>What is left of a rollout, in its order: each thing it will look at, and whether that gets an execution.</summary>
    public static IEnumerable<(int Target, string ThingName, bool IsTarget)> Left(JobsTransaction tx, Job job, Rollout rollout, int take) =>
        Candidates(tx, job, rollout, take).Select(candidate => (candidate.Target, candidate.ThingName, IsTarget(tx, job, candidate)));

    private static bool IsTarget(JobsTransaction tx, Job job, Candidate candidate) => candidate.ThingSequence is { } thing &&
        (candidate.IsFirst || !tx.HadExecution(job, thing, job.Targets[candidate.Target].AssociatedSequence));

    private static Rollout Open(JobsTransaction tx, Job job, Rollout rollout)
    {
        var config = job.JobExecutionsRolloutConfig;
        var increases = RolloutRate.Increases(config, rollout.Increases, rollout.Notified, Verification.Succeeded(tx.Progress(job), tx.Now));
        return rollout with { Increases = increases, WindowLeft = RolloutRate.PerWindow(config, increases, tx.Settings.Limits) };
    }

    private static void Save(JobsTransaction tx, Job job, Rollout rollout) => tx.Save(tx.Progress(job) with { Rollout = rollout });

    /// <summary>Only targets which were added later can bring a thing that had executions before.</summary>
    private static long Number(JobsTransaction tx, Job job, Candidate candidate) =>
        candidate.IsFirst || job.TargetSelection == TargetSelection.SNAPSHOT || tx.FindThing(candidate.ThingName) is not { } thing
            ? 1
            : tx.HighestNumber(job, thing) + 1;

    /// <summary>The end of a rollout touches the job (jobs-reference 1.1) and may complete it.</summary>
    private static void Finish(JobsTransaction tx, Job job, Rollout rollout, int size)
    {
        if (!ForgetLeavers(tx, job, size))
        {
            Save(tx, job, rollout with { IsLooking = rollout.WindowLeft == 0 });
            return;
        }
        tx.Save(tx.Progress(job) with { Rollout = null, RolledOut = new(rollout.Notified, rollout.Increases) });
        var finished = job with { LastUpdatedAt = tx.Now > job.LastUpdatedAt ? tx.Now : job.LastUpdatedAt };
        tx.Save(job, finished, "rollout finished");
        Outcome.CompleteIfDone(tx, finished);
    }

    /// <summary>Nobody asks for them any more; true when none is left.</summary>
    private static bool ForgetLeavers(JobsTransaction tx, Job job, int size)
    {
        var left = size;
        for (var target = 0; target < job.Targets.Count && left > 0; target++)
        {
            var leavers = job.Targets[target].Kind == TargetKind.ThingGroup ? tx.Store.ReadLeavers(job.Sequence, target, null, left) : [];
            foreach (var leaver in leavers)
            {
                tx.Changes.Leavers[(leaver.JobSequence, leaver.Target, leaver.ThingName)] = null;
            }
            left -= leavers.Count;
        }
        return left > 0;
    }

    /// <summary>What is left of the targets, in request order, members by name (OPEN-3).</summary>
    private static IEnumerable<Candidate> Candidates(JobsTransaction tx, Job job, Rollout rollout, int take)
    {
        for (var target = rollout.Target; target < job.Targets.Count; target++)
        {
            var after = target == rollout.Target ? rollout.AfterThing : null;
            var (_, kind, name, sequence) = job.Targets[target];
            if (kind == TargetKind.Thing)
            {
                if (after is null)
                {
                    yield return new(target, name, tx.FindThing(name)?.Sequence == sequence ? sequence : null, target == 0 && !rollout.HasBeenRound);
                }
                continue;
            }
            var members = job.TargetSelection == TargetSelection.SNAPSHOT
                ? SnapshotMembers(tx, job, target, sequence, after, take)
                : CurrentMembers(tx, job, rollout.HasBeenRound, target, sequence, after, take);
            foreach (var member in members)
            {
                yield return member;
            }
        }
    }

    /// <summary>A CONTINUOUS job covers whoever is a member now; who joined since its start may have his execution already.</summary>
    private static IEnumerable<Candidate> CurrentMembers(
        JobsTransaction tx, Job job, bool hasBeenRound, int target, long group, string? after, int take) =>
        tx.FindLiveGroup(group) is null
            ? []
            : GroupMembers.Read(tx.Store, GroupMembers.Tree(tx.Memory, group), after, take).Select(member =>
                new Candidate(target, member.ThingName, member.ThingSequence, !hasBeenRound && target == 0 && member.JoinedSequence < job.SnapshotSequence));

    /// <summary>The members at the time of the snapshot: today's who had joined by then, and those who left since (OPEN-4).</summary>
    private static IEnumerable<Candidate> SnapshotMembers(JobsTransaction tx, Job job, int target, long group, string? after, int take)
    {
        if (tx.FindGroup(group) is { DeletedAt: not null } gone && gone.DeletedSequence < job.SnapshotSequence)
        {
            return []; // It was deleted before the start; its memberships are only not cleared yet.
        }
        var tree = GroupMembers.Tree(tx.Memory, group, asOf: job.SnapshotSequence);
        var members = GroupMembers.Read(tx.Store, tree, after, take).Select(member => new Candidate(
            target, member.ThingName, member.JoinedSequence < job.SnapshotSequence ? member.ThingSequence : null, target == 0));
        var leavers = tx.Store.ReadLeavers(job.Sequence, target, after, take);
        return leavers.Count == 0
            ? members
            // A thing may be both, where it came back after the start: what it is owed comes first, or a slice that ends between the two loses it.
            : GroupMembers.Merge([AllLeavers(tx, job, target, leavers, take), members], member => member.ThingName);
    }

    private static IEnumerable<Candidate> AllLeavers(JobsTransaction tx, Job job, int target, IReadOnlyList<SnapshotLeaver> page, int take)
    {
        while (page.Count > 0)
        {
            foreach (var leaver in page)
            {
                // A thing that was deleted since gets nothing.
                if (tx.FindThing(leaver.ThingName)?.Sequence == leaver.ThingSequence)
                {
                    yield return new(target, leaver.ThingName, leaver.ThingSequence, target == 0);
                }
            }
            page = page.Count < take ? [] : tx.Store.ReadLeavers(job.Sequence, target, page[^1].ThingName, take);
        }
    }

    /// <param name="ThingSequence">Null for a thing that is gone, or joined too late.</param>
    /// <param name="IsFirst">The job cannot have given it an execution before.</param>
    private readonly record struct Candidate(int Target, string ThingName, long? ThingSequence, bool IsFirst);
}
