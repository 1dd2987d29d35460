using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>How things join and leave static groups (jobs-reference 1.5, 4).</summary>
internal static class Membership
{
    private const int MaxGroups = 10;

    /// <summary>A repeat is a success.</summary>
    public static void Add(JobsTransaction tx, Thing thing, ThingGroup group)
    {
        if (thing.Groups.Contains(group.Sequence))
        {
            return;
        }
        var groups = thing.Groups.Select(tx.FindGroup).Where(other => other is { DeletedAt: null }).Select(other => other!).ToList();
        var root = group.Root(tx).Sequence;
        if (groups.FirstOrDefault(other => other.Root(tx).Sequence == root) is { } sibling)
        {
            throw JobsException.InvalidRequest(
                $"Thing {thing.Name} is in {sibling.Name}, which belongs to the same hierarchy as {group.Name}; remove it there first.");
        }
        if (tx.HasLimits && groups.Count >= MaxGroups)
        {
            throw JobsException.InvalidRequest($"A thing may be in {MaxGroups} groups; {thing.Name} is in as many already.");
        }
        tx.Changes.Members[(group.Sequence, thing.Name)] = new(group.Sequence, thing.Name, thing.Sequence, tx.NextSequence());
        tx.Save(thing, thing with { Groups = thing.Groups.Add(group.Sequence) });
    }

    /// <summary>Not being a member is a success.</summary>
    public static void Remove(JobsTransaction tx, Thing thing, ThingGroup group)
    {
        if (!thing.Groups.Contains(group.Sequence))
        {
            return;
        }
        KeepInSnapshots(tx, thing, group);
        tx.Changes.Members[(group.Sequence, thing.Name)] = null;
        tx.Save(thing, thing with { Groups = thing.Groups.Remove(group.Sequence) });
    }

    /// <summary>SNAPSHOT jobs which still roll out to the group owe the thing an execution (OPEN-4).</summary>
    private static void KeepInSnapshots(JobsTransaction tx, Thing thing, ThingGroup group)
    {
        var joined = tx.FindMember(group.Sequence, thing.Name)?.JoinedSequence;
        var ancestry = group.Ancestry(tx).Select(ancestor => ancestor.Sequence).ToHashSet();
        foreach (var entry in tx.Memory.RollingOut)
        {
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
