using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>One slice of looking through all things after a dynamic group was created or got another query (jobs-reference 4.8).</summary>
internal static class GroupBuilding
{
    public static void Run(JobsTransaction tx, ThingGroup group, int size)
    {
        var things = tx.Store.ReadThings(group.BuiltUpTo, size);
        foreach (var thing in things)
        {
            Membership.Refresh(tx, thing, thing);
        }
        var isDone = things.Count < size;
        tx.Save(group, group with
        {
            Status = isDone ? ThingGroupStatus.ACTIVE : group.Status,
            BuildingSince = isDone ? null : group.BuildingSince,
            BuiltUpTo = isDone ? null : things[^1].Name,
        });
    }
}
