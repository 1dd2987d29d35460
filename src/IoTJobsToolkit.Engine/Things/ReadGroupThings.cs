using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Things;

/// <summary>A page of the things of a group and of its descendants; asked by the portal, not by callers.</summary>
internal sealed record ReadGroupThings(string ThingGroupName, string? After, int Take) : Operation<IReadOnlyList<string>>
{
    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override IReadOnlyList<string> Run(JobsTransaction tx)
    {
        var tree = GroupMembers.Tree(tx.Memory, tx.Group(ThingGroupName).Sequence);
        return [.. GroupMembers.Read(tx.Store, tree, After, Take).Take(Take).Select(member => member.ThingName)];
    }
}
