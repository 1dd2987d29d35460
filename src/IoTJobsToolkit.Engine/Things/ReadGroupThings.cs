using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Things;

/// <summary>A page of the things of a group and of its descendants; asked by the portal, not by callers.</summary>
internal sealed record ReadGroupThings(string ThingGroupName, string? After, int Take) : Operation<IReadOnlyList<string>>
{
    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override IReadOnlyList<string> Run(JobsTransaction tx)
    {
        var tree = GroupMembers.Tree(tx.Memory, tx.Group(ThingGroupName).Sequence);
        var names = new List<string>(Take);
        foreach (var member in GroupMembers.Read(tx.Store, tree, After, Take + 1))
        {
            if (names.Count > 0 && names[^1] == member.ThingName)
            {
                continue; // It is a member of two groups of the tree.
            }
            if (names.Count == Take)
            {
                break;
            }
            names.Add(member.ThingName);
        }
        return names;
    }
}
