using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Lists groups by name: all, or the children of one; with <see cref="Recursive"/> all its descendants.</summary>
public sealed record ListThingGroups : Operation<ListThingGroupsResponse>
{
    public string? NextToken { get; init; }

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? ParentGroup { get; init; }

    public string? NamePrefixFilter { get; init; }

    public bool? Recursive { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    private string List => $"ListThingGroups|{ParentGroup}|{NamePrefixFilter}|{Recursive == true}";

    internal override void Validate(Check check)
    {
        check.MaxResults(MaxResults);
        check.Text("parentGroup", ParentGroup, 1, 128, TextPattern.Name);
        check.Text("namePrefixFilter", NamePrefixFilter, 1, 128, TextPattern.Name);
    }

    internal override ListThingGroupsResponse Run(JobsTransaction tx)
    {
        var after = PageToken.Read(List, NextToken, 1)?[0];
        var groups = Groups(tx).Where(group => NamePrefixFilter is null || group.Name.StartsWith(NamePrefixFilter, StringComparison.Ordinal))
            .Where(group => after is null || string.CompareOrdinal(group.Name, after) > 0)
            .OrderBy(group => group.Name, StringComparer.Ordinal);
        var (page, nextToken) = Page.Cut(groups, MaxResults, last => PageToken.Write(List, last.Name));
        return new([.. page.Select(group => GroupNameAndArn.Of(group, tx.Settings))]) { NextToken = nextToken };
    }

    private IEnumerable<Things.ThingGroup> Groups(JobsTransaction tx)
    {
        if (ParentGroup is null)
        {
            return tx.Memory.Groups;
        }
        var parent = tx.Group(ParentGroup);
        var sequences = Recursive == true ? GroupMembers.Tree(tx.Memory, parent.Sequence).Skip(1) : tx.Memory.Children(parent.Sequence);
        return sequences.Select(tx.FindGroup).Where(group => group is { DeletedAt: null }).Select(group => group!);
    }
}

public sealed record ListThingGroupsResponse(IReadOnlyList<GroupNameAndArn> ThingGroups)
{
    public string? NextToken { get; init; }
}
