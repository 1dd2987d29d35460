using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Lists the groups which a thing is a direct member of, by name.</summary>
public sealed record ListThingGroupsForThing(string ThingName) : Operation<ListThingGroupsForThingResponse>
{
    public string? NextToken { get; init; }

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    private string List => $"ListThingGroupsForThing|{ThingName}";

    internal override void Validate(Check check)
    {
        check.ThingName(ThingName);
        check.MaxResults(MaxResults);
    }

    internal override ListThingGroupsForThingResponse Run(JobsTransaction tx)
    {
        var after = PageToken.Read(List, NextToken, 1)?[0];
        var groups = tx.Thing(ThingName).Groups.Select(tx.FindGroup)
            .Where(group => group is { DeletedAt: null } && (after is null || string.CompareOrdinal(group.Name, after) > 0))
            .Select(group => group!)
            .OrderBy(group => group.Name, StringComparer.Ordinal);
        var (page, nextToken) = Page.Cut(groups, MaxResults, last => PageToken.Write(List, last.Name));
        return new([.. page.Select(group => GroupNameAndArn.Of(group, tx.Settings))]) { NextToken = nextToken };
    }
}

public sealed record ListThingGroupsForThingResponse(IReadOnlyList<GroupNameAndArn> ThingGroups)
{
    public string? NextToken { get; init; }
}
