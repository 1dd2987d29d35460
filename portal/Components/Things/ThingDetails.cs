using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Portal.Components.Things;

/// <summary>A group that a thing is in.</summary>
/// <param name="Query">Why, in a dynamic group; null in a static one.</param>
public sealed record GroupOfThing(string Name, string? Query);

/// <summary>What the page of a thing shows besides its executions.</summary>
public sealed record ThingDetails(
    DescribeThingResponse Thing, DescribeThingConnectivityResponse Connectivity, IReadOnlyList<GroupOfThing> Groups, IReadOnlyList<PendingPlace> Pending)
{
    public static async Task<ThingDetails> ReadAsync(JobsEngine engine, IJobs jobs, string thingName)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var thing = await jobs.ExecuteAsync(new DescribeThing(thingName));
        var connectivity = await jobs.ExecuteAsync(new DescribeThingConnectivity(thingName));
        var groups = new List<GroupOfThing>();
        foreach (var group in (await jobs.ExecuteAsync(new ListThingGroupsForThing(thingName))).ThingGroups)
        {
            groups.Add(new(group.GroupName, await FindQueryAsync(jobs, group.GroupName)));
        }
        return new(thing, connectivity, groups, await engine.ReadPendingAsync(thingName));
    }

    private static async Task<string?> FindQueryAsync(IJobs jobs, string group)
    {
        try
        {
            return (await jobs.ExecuteAsync(new DescribeThingGroup(group))).QueryString;
        }
        catch (JobsException exception) when (exception.Error == JobsError.ResourceNotFound)
        {
            return null; // Deleted a moment ago.
        }
    }
}
