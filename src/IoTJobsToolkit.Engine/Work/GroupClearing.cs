using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>One slice of clearing the memberships of a deleted group: CONTINUOUS jobs which target it see its things leave (4.5).</summary>
internal static class GroupClearing
{
    public static void Run(JobsTransaction tx, ThingGroup group, int size)
    {
        var members = tx.Store.ReadMembers(group.Sequence, null, size);
        foreach (var member in members)
        {
            if (tx.FindThing(member.ThingName) is { } thing && thing.Sequence == member.ThingSequence)
            {
                // It may have room for a dynamic group now.
                thing = Membership.ForgetDeleted(tx, thing);
                Membership.Refresh(tx, thing, thing);
            }
            else
            {
                tx.Changes.Members[(member.GroupSequence, member.ThingName)] = null;
            }
        }
        if (members.Count < size)
        {
            tx.Delete(group);
        }
    }
}
