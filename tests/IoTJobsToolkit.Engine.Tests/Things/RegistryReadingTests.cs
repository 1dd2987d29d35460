using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using IoTJobsToolkit.Engine.Things;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Things;

/// <summary>What pages on things and groups read, and how they learn of changes.</summary>
public sealed class RegistryReadingTests : IDisposable
{
    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task Pending_executions_stand_in_the_order_in_which_the_thing_gets_them()
    {
        await _t.Things("a");
        await _t.Create("first", ThingArn("a"));
        await _t.At(1);
        await _t.Create("second", ThingArn("a"));
        await _t.Create("apart", ThingArn("a"), job => job with { NamespaceId = "ns" });
        await _t.At(2);
        await _t.Create("ended", ThingArn("a"));
        await _t.Run(new CancelJob("ended"));
        await _t.Device("a").ExecuteAsync(new Operations.Device.UpdateJobExecution("second", "a") { Status = JobExecutionStatus.IN_PROGRESS }, TestContext.Current.CancellationToken);

        var places = await _t.Engine.ReadPendingAsync("a", TestContext.Current.CancellationToken);

        Assert.Equal([("second", null), ("first", null), ("apart", "ns")], places.Select(place => (place.Execution.JobId, place.NamespaceId)));
        Assert.All(places, place => Assert.False(place.IsHeld));
        await Refused(_t.Engine.ReadPendingAsync("nobody", TestContext.Current.CancellationToken), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task What_waits_for_its_maintenance_window_is_held_back()
    {
        await _t.Things("a");
        await _t.Create("night", ThingArn("a"), job => job with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            SchedulingConfig = new() { MaintenanceWindows = [new() { StartTime = "cron(0 12 * * ? *)", DurationInMinutes = 60 }] },
        });
        await _t.Create("day", ThingArn("a"));
        await _t.At(2 * 3600 + 60);
        Assert.Equal([("day", false), ("night", false)], (await PlacesAsync()).Select(place => (place.Execution.JobId, place.IsHeld)));

        await _t.At(4 * 3600);

        Assert.Equal([("day", false), ("night", true)], (await PlacesAsync()).Select(place => (place.Execution.JobId, place.IsHeld)));
    }

    private Task<IReadOnlyList<PendingPlace>> PlacesAsync() => _t.Engine.ReadPendingAsync("a", TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_level_of_the_tree_has_its_groups_by_name_with_how_many_stand_below()
    {
        await _t.Run(new CreateThingGroup("world") { ThingGroupProperties = new() { ThingGroupDescription = "All" } });
        await _t.Run(new CreateThingGroup("us") { ParentGroupName = "world" });
        await _t.Run(new CreateThingGroup("eu") { ParentGroupName = "world" });
        await _t.Run(new CreateThingGroup("nl") { ParentGroupName = "eu" });
        await _t.Run(new CreateDynamicThingGroup("old", "attributes.firmware<7"));
        await _t.At(1);

        Assert.Equal(
            [new GroupLine("old", 0) { QueryString = "attributes.firmware<7", Status = ThingGroupStatus.ACTIVE }, new("world", 2) { Description = "All" }],
            await _t.Engine.ReadGroupsAsync(null, TestContext.Current.CancellationToken));
        Assert.Equal([new("eu", 1), new("us", 0)], await _t.Engine.ReadGroupsAsync("world", TestContext.Current.CancellationToken));
        await _t.Run(new DeleteThingGroup("us"));
        Assert.Equal([new("eu", 1)], await _t.Engine.ReadGroupsAsync("world", TestContext.Current.CancellationToken));
        await Refused(_t.Engine.ReadGroupsAsync("us", TestContext.Current.CancellationToken), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task Each_change_of_things_and_groups_is_told_once_and_nothing_else()
    {
        using var feed = _t.Engine.Subscribe();
        await _t.Things("a");
        await _t.Run(new CreateThingGroup("g"));
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "a" });
        await _t.Create("j", GroupArn("g"));
        await _t.Run(new UpdateThingGroup("g", new() { ThingGroupDescription = "d" }));
        await _t.Run(new DeleteThing("a"));

        var told = new List<string>();
        while (feed.Batches.TryRead(out var batch))
        {
            told.AddRange(batch.Events.OfType<RegistryChanged>().Select(e => $"{string.Join(' ', e.ThingNames)}|{string.Join(' ', e.GroupNames)}"));
        }
        Assert.Equal(["a|", "|g", "a|", "|g", "a|"], told);
    }
}
