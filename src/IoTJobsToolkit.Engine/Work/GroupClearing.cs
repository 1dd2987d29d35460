using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>
/// One slice of clearing the memberships of a deleted group. It waits while a SNAPSHOT job still rolls out to the group,
/// whose members of the time of the snapshot it would lose (OPEN-4).
/// </summary>
internal static class GroupClearing
{
    public static bool MayRun(JobsMemory memory, ThingGroup group) => !memory.RollingOut.Any(entry =>
        group.DeletedSequence > entry.Job.SnapshotSequence && entry.Job.Targets.Any(target => target.Kind == TargetKind.ThingGroup && IsWithin(memory, group, target.Sequence)));

    public static void Run(JobsTransaction tx, ThingGroup group, int size)
    {
        var members = tx.Store.ReadMembers(group.Sequence, null, size);
        foreach (var member in members)
        {
            tx.Changes.Members[(member.GroupSequence, member.ThingName)] = null;
            if (tx.FindThing(member.ThingName) is { } thing && thing.Sequence == member.ThingSequence)
            {
                tx.Save(thing, thing with { Groups = thing.Groups.Remove(group.Sequence) });
            }
        }
        if (members.Count < size)
        {
            tx.Delete(group);
        }
    }

    private static bool IsWithin(JobsMemory memory, ThingGroup group, long ancestor)
    {
        for (var current = group; current is not null;
            current = current.ParentSequence is { } parent ? memory.FindGroup(parent) : null)
        {
            if (current.Sequence == ancestor)
            {
                return true;
            }
        }
        return false;
    }
}
