using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Portal.Components.Things;

/// <summary>Reads a page of the names of things that are to be counted.</summary>
/// <param name="token">Where the page begins; null for the first.</param>
public delegate Task<(IReadOnlyList<string> Names, string? Next)> ReadMatches(int take, string? token, CancellationToken cancellationToken);

/// <summary>What things can be counted.</summary>
public static class Matches
{
    public static ReadMatches Of(IJobs jobs, SearchThings search) => async (take, token, cancellation) =>
    {
        var page = await jobs.ExecuteAsync(search with { MaxResults = take, NextToken = token }, cancellation);
        return ([.. page.Things.Select(thing => thing.ThingName)], page.NextToken);
    };

    /// <param name="withBelow">With the things of the groups below it.</param>
    public static ReadMatches OfGroup(IJobs jobs, string groupName, bool withBelow) => async (take, token, cancellation) =>
    {
        var page = await jobs.ExecuteAsync(
            new ListThingsInThingGroup(groupName) { Recursive = withBelow, MaxResults = take, NextToken = token }, cancellation);
        return (page.Things, page.NextToken);
    };
}
