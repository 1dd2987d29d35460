using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Lists the names of a group's things, with <see cref="Recursive"/> those of its descendants too.</summary>
public sealed record ListThingsInThingGroup(string ThingGroupName) : Operation<ListThingsInThingGroupResponse>
{
    public bool? Recursive { get; init; }

    public string? NextToken { get; init; }

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    private string List => $"ListThingsInThingGroup|{ThingGroupName}|{Recursive == true}";

    internal override void Validate(Check check)
    {
        check.ThingGroupName(ThingGroupName);
        check.MaxResults(MaxResults);
    }

    internal override ListThingsInThingGroupResponse Run(JobsTransaction tx)
    {
        var group = tx.Group(ThingGroupName).Sequence;
        var after = PageToken.Read(List, NextToken, 1)?[0];
        var members = GroupMembers.Read(tx.Store, Recursive == true ? GroupMembers.Tree(tx.Memory, group) : [group], after, 251);
        var (page, nextToken) = Page.Cut(members, MaxResults, last => PageToken.Write(List, last.ThingName));
        return new([.. page.Select(member => member.ThingName)]) { NextToken = nextToken };
    }
}

public sealed record ListThingsInThingGroupResponse(IReadOnlyList<string> Things)
{
    public string? NextToken { get; init; }
}
