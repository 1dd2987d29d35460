using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>
/// How things join and leave groups (jobs-reference 1.5, 4). Every change of a thing's groups goes through <see cref="Set"/>: jobs follow from there.
/// </summary>
internal static class Membership
{
    public const int MaxGroups = 10;

    /// <summary>Adds and removes static groups at once, removals first (OPEN-27); repeats are successes.</summary>
    /// <param name="overrideDynamic">At the limit of groups the newest dynamic membership gives way (jobs-reference 4.8).</param>
    public static void Change(
        JobsTransaction tx, Thing thing, IReadOnlyList<ThingGroup> toAdd, IReadOnlyList<ThingGroup> toRemove, bool overrideDynamic)
    {
        if (toAdd.FirstOrDefault(group => group.IsDynamic) is { } dynamic)
        {
            throw DynamicRefused(dynamic);
        }
        var asFound = thing;
        thing = ForgetDeleted(tx, thing);
        var groups = thing.Groups.RemoveAll(group => toRemove.Any(removed => removed.Sequence == group));
        foreach (var group in toAdd.Where(group => !groups.Contains(group.Sequence)))
        {
            CheckHierarchy(tx, thing, groups, group);
            groups = groups.Add(group.Sequence);
        }
        // Also where only a deleted group was forgotten: there may be room for a dynamic one now.
        if (groups != asFound.Groups)
        {
            CheckCount(tx, thing, groups, overrideDynamic);
            Set(tx, thing, thing with { Groups = DynamicGroups.Choose(tx, thing, groups) });
        }
    }

    /// <summary>After a change of the thing itself or of its connection: joins and leaves dynamic groups as their queries say.</summary>
    public static void Refresh(JobsTransaction tx, Thing before, Thing after)
    {
        if (before.Groups.Any(group => tx.FindLiveGroup(group) is null))
        {
            before = ForgetDeleted(tx, before);
            after = after with { Groups = before.Groups };
        }
        var groups = DynamicGroups.Choose(tx, after, after.Groups);
        Set(tx, before, groups == after.Groups ? after : after with { Groups = groups });
    }

    /// <summary>Saves a thing whose groups or attributes changed, its memberships, and what follows for jobs.</summary>
    public static void Set(JobsTransaction tx, Thing before, Thing after)
    {
        foreach (var group in before.Groups.Except(after.Groups))
        {
            KeepInSnapshots(tx, before, group);
            tx.Changes.Members[(group, before.Name)] = null;
        }
        foreach (var group in after.Groups.Except(before.Groups))
        {
            tx.Changes.Members[(group, after.Name)] = new(group, after.Name, after.Sequence, tx.NextSequence());
        }
        if (!ReferenceEquals(before, after))
        {
            tx.Save(before, after);
        }
        Coverage.Follow(tx, before, after);
    }

    /// <summary>Memberships of groups which were deleted end as of then, before the thing joins anything else.</summary>
    public static Thing ForgetDeleted(JobsTransaction tx, Thing thing)
    {
        var live = thing.Groups.RemoveAll(group => tx.FindLiveGroup(group) is null);
        if (live == thing.Groups)
        {
            return thing;
        }
        var after = thing with { Groups = live };
        Set(tx, thing, after);
        return after;
    }

    public static JobsException DynamicRefused(ThingGroup group) => JobsException.InvalidRequest(
        $"{group.Name} is a dynamic thing group, whose members follow from its query {group.QueryString}: change the thing, or the query.");

    private static void CheckHierarchy(JobsTransaction tx, Thing thing, ImmutableArray<long> groups, ThingGroup group)
    {
        var root = group.Root(tx).Sequence;
        var others = groups.Select(tx.FindLiveGroup).Where(other => other is { IsDynamic: false }).Select(other => other!);
        if (others.FirstOrDefault(other => other.Root(tx).Sequence == root) is { } sibling)
        {
            throw JobsException.InvalidRequest(
                $"Thing {thing.Name} is in {sibling.Name}, which belongs to the same hierarchy as {group.Name}; remove it there first.");
        }
    }

    private static void CheckCount(JobsTransaction tx, Thing thing, ImmutableArray<long> groups, bool overrideDynamic)
    {
        var counted = overrideDynamic ? groups.Count(group => tx.FindLiveGroup(group) is { IsDynamic: false }) : groups.Length;
        if (tx.HasLimits && counted > MaxGroups && groups.Length > thing.Groups.Length)
        {
            throw JobsException.InvalidRequest(
                $"A thing may be in {MaxGroups} groups; {thing.Name} is in as many already." +
                (groups.Any(group => tx.FindLiveGroup(group) is { IsDynamic: true })
                    ? " With overrideDynamicGroups the newest dynamic membership gives way."
                    : ""));
        }
    }

    /// <summary>SNAPSHOT jobs which still roll out to the group owe the thing an execution (OPEN-4).</summary>
    private static void KeepInSnapshots(JobsTransaction tx, Thing thing, long groupSequence)
    {
        if (!tx.Memory.RollingOutSnapshots.Any() || tx.FindGroup(groupSequence) is not { } group)
        {
            return;
        }
        var joined = tx.FindMember(groupSequence, thing.Name)?.JoinedSequence;
        var ancestry = group.Ancestry(tx).Select(ancestor => ancestor.Sequence).ToHashSet();
        foreach (var entry in tx.Memory.RollingOutSnapshots)
        {
            if (group.DeletedAt is not null && group.DeletedSequence < entry.Job.SnapshotSequence)
            {
                continue; // It was gone before the start; its memberships are only being cleared now.
            }
            for (var target = 0; target < entry.Job.Targets.Count; target++)
            {
                var (_, kind, _, sequence) = entry.Job.Targets[target];
                if (kind == TargetKind.ThingGroup && ancestry.Contains(sequence) && joined < entry.Job.SnapshotSequence)
                {
                    tx.Changes.Leavers[(entry.Job.Sequence, target, thing.Name)] = new(entry.Job.Sequence, target, thing.Name, thing.Sequence);
                }
            }
        }
    }
}
