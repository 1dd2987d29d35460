using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>
/// One slice of a rollout: opens the window which is due, creates as many executions as the window and the slice allow, and
/// notes how far it came in the same commit (jobs-reference 5).
/// </summary>
internal static class RolloutSlice
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void Run(JobsTransaction tx, Job job, Rollout rollout, int size)
    {
        if (rollout is { WindowLeft: 0, IsLooking: false })
        {
            rollout = Open(tx, job, rollout);
        }

        var looked = 0;
        foreach (var candidate in Candidates(tx, job, rollout, size + 1))
        {
            var isTarget = candidate.ThingSequence is { } thing && IsNew(tx, job, candidate.ThingName, thing);
            if (isTarget && rollout.WindowLeft == 0)
            {
                Save(tx, job, rollout with { WindowAt = rollout.WindowAt + Window, IsLooking = false });
                return;
            }
            if (++looked > size)
            {
                Save(tx, job, rollout with { IsLooking = rollout.WindowLeft == 0 });
                return;
            }
            rollout = rollout with { Target = candidate.Target, AfterThing = candidate.ThingName };
            if (isTarget)
            {
                tx.Save(null, ExecutionLifecycle.Queue(
                    job, candidate.ThingSequence!.Value, candidate.ThingName, 1, tx.NextSequence(), ChangeOrigin.Rollout, tx.Now));
                rollout = rollout with { WindowLeft = rollout.WindowLeft - 1, Notified = rollout.Notified + 1 };
            }
        }
        Finish(tx, job);
    }

    private static Rollout Open(JobsTransaction tx, Job job, Rollout rollout)
    {
        var config = job.JobExecutionsRolloutConfig;
        var increases = RolloutRate.Increases(config, rollout.Increases, rollout.Notified, tx.Progress(job).Counts.Succeeded);
        return rollout with { Increases = increases, WindowLeft = RolloutRate.PerWindow(config, increases, tx.Settings.Limits) };
    }

    private static void Save(JobsTransaction tx, Job job, Rollout rollout) => tx.Save(tx.Progress(job) with { Rollout = rollout });

    /// <summary>The end of a rollout touches the job (jobs-reference 1.1) and may complete it.</summary>
    private static void Finish(JobsTransaction tx, Job job)
    {
        foreach (var leaver in job.Targets.SelectMany((_, target) => tx.Store.ReadLeavers(job.Sequence, target, null, int.MaxValue)))
        {
            tx.Changes.Leavers[(leaver.JobSequence, leaver.Target, leaver.ThingName)] = null;
        }
        tx.Save(tx.Progress(job) with { Rollout = null });
        tx.Save(job, job with { LastUpdatedAt = tx.Now }, "rollout finished");
        Outcome.CompleteIfDone(tx, tx.Job(job.JobId));
    }

    /// <summary>A thing covered by several targets gets one execution (jobs-reference 4.1).</summary>
    private static bool IsNew(JobsTransaction tx, Job job, string thingName, long thingSequence) =>
        job.Targets.Count == 1 || tx.FindThing(thingName) is not { } thing || thing.Sequence != thingSequence ||
        tx.HighestNumber(job, thing) == 0;

    /// <summary>What is left of the targets, in request order, members by name (OPEN-3); gone things without a sequence.</summary>
    private static IEnumerable<(int Target, string ThingName, long? ThingSequence)> Candidates(
        JobsTransaction tx, Job job, Rollout rollout, int take)
    {
        for (var target = rollout.Target; target < job.Targets.Count; target++)
        {
            var after = target == rollout.Target ? rollout.AfterThing : null;
            var (_, kind, name, sequence) = job.Targets[target];
            if (kind == TargetKind.Thing)
            {
                if (after is null)
                {
                    yield return (target, name, tx.FindThing(name)?.Sequence == sequence ? sequence : null);
                }
                continue;
            }
            foreach (var (thing, thingSequence) in Members(tx, job, target, sequence, after, take))
            {
                yield return (target, thing, thingSequence);
            }
        }
    }

    /// <summary>The members at the time of the snapshot: today's who had joined by then, and those who left since (OPEN-4).</summary>
    private static IEnumerable<(string Thing, long Sequence)> Members(
        JobsTransaction tx, Job job, int target, long group, string? after, int take)
    {
        var tree = GroupMembers.Tree(tx.Memory, group, withDeleted: true);
        var members = GroupMembers.Read(tx.Store, tree, after, take)
            .Where(member => member.JoinedSequence < job.SnapshotSequence)
            .Select(member => (member.ThingName, member.ThingSequence));
        var leavers = tx.Store.ReadLeavers(job.Sequence, target, after, take);
        return leavers.Count == 0
            ? members
            : GroupMembers.Merge([members, AllLeavers(tx, job, target, leavers, take)], member => member.ThingName);
    }

    private static IEnumerable<(string ThingName, long ThingSequence)> AllLeavers(
        JobsTransaction tx, Job job, int target, IReadOnlyList<SnapshotLeaver> page, int take)
    {
        while (page.Count > 0)
        {
            foreach (var leaver in page)
            {
                // A thing that was deleted since gets nothing.
                if (tx.FindThing(leaver.ThingName)?.Sequence == leaver.ThingSequence)
                {
                    yield return (leaver.ThingName, leaver.ThingSequence);
                }
            }
            page = page.Count < take ? [] : tx.Store.ReadLeavers(job.Sequence, target, page[^1].ThingName, take);
        }
    }
}
