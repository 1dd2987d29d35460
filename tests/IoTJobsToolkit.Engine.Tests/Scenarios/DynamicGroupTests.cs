using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Things;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>jobs-reference 4.8: groups whose members follow from a query.</summary>
public class DynamicGroupTests : IDisposable
{
    private readonly TestEngine _t;

    public DynamicGroupTests()
        : this(isCut: false)
    {
    }

    protected DynamicGroupTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task Things_which_match_are_members_whether_they_were_there_before_or_come_later()
    {
        await Thing("a", "M1");
        await Thing("b", "M2");
        var created = await _t.Run(new CreateDynamicThingGroup("m1", "attributes.model:M1"));
        Assert.Equal(("AWS_Things", "attributes.model:M1", "2017-09-30"), (created.IndexName, created.QueryString, created.QueryVersion));
        Assert.Equal(ThingGroupStatus.ACTIVE, (await _t.Run(new DescribeThingGroup("m1"))).Status);
        Assert.Equal(["a"], await Members("m1"));

        await Thing("c", "M1");
        await Model("b", "M1");
        await Model("a", "M2");
        Assert.Equal(["b", "c"], await Members("m1"));
        await _t.Run(new DeleteThing("c"));
        Assert.Equal(["b"], await Members("m1"));
    }

    [Fact]
    public async Task A_continuous_job_follows_a_dynamic_group()
    {
        await Thing("a", "M1");
        await Thing("b", "M2");
        await _t.Run(new CreateDynamicThingGroup("m1", "attributes.model:M1"));
        await _t.Create("j", GroupArn("m1"), job => job with { TargetSelection = TargetSelection.CONTINUOUS });
        Assert.Equal(["a#1 QUEUED"], await Lines());
        await _t.At(10);
        await Model("b", "M1");
        await Model("a", "M2");
        Assert.Equal(["a#1 REMOVED", "b#1 QUEUED"], await Lines());
        await _t.At(20);
        await Model("a", "M1");
        Assert.Equal(["a#1 REMOVED", "a#2 QUEUED", "b#1 QUEUED"], await Lines());

        await _t.Run(new UpdateDynamicThingGroup("m1", new()) { QueryString = "attributes.model:M1 AND thingName:b" });
        Assert.Equal(["a#1 REMOVED", "a#2 REMOVED", "b#1 QUEUED"], await Lines());
        await _t.Run(new DeleteDynamicThingGroup("m1"));
        Assert.Equal(["a#1 REMOVED", "a#2 REMOVED", "b#1 REMOVED"], await Lines());
        await Refused(_t.Run(new DescribeThingGroup("m1")), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task A_large_fleet_is_looked_through_in_slices_and_callers_see_that()
    {
        _t.Restart(new() { SliceSize = 10 });
        await _t.Group("g", 95);
        await _t.Run(new CreateDynamicThingGroup("all", "thingName:g-*"));
        await _t.At(0);
        Assert.Equal(ThingGroupStatus.ACTIVE, (await _t.Run(new DescribeThingGroup("all"))).Status);
        Assert.Equal(95, (await Members("all")).Count);
    }

    [Fact]
    public async Task At_ten_groups_older_dynamic_groups_win_and_a_static_group_may_push_out_the_newest()
    {
        for (var i = 0; i < 11; i++)
        {
            await _t.Run(new CreateDynamicThingGroup($"d{i:D2}", "thingName:a"));
        }
        await _t.Things("a");
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"d{i:D2}"), await Groups("a"));

        await _t.Run(new CreateThingGroup("s"));
        var add = new AddThingToThingGroup { ThingGroupName = "s", ThingName = "a" };
        var refusal = await Refused(_t.Run(add), JobsError.InvalidRequest);
        Assert.Contains("overrideDynamicGroups", refusal.Message, StringComparison.Ordinal);
        await _t.Run(add with { OverrideDynamicGroups = true });
        Assert.Equal([.. Enumerable.Range(0, 9).Select(i => $"d{i:D2}"), "s"], await Groups("a"));

        await _t.Run(new RemoveThingFromThingGroup { ThingGroupName = "s", ThingName = "a" });
        await _t.Run(new DeleteDynamicThingGroup("d00"));
        await _t.At(1);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"d{i:D2}"), await Groups("a"));
    }

    [Fact]
    public async Task A_dynamic_group_is_changed_by_its_own_operations_only_and_static_ones_by_theirs()
    {
        await _t.Things("a");
        await _t.Run(new CreateDynamicThingGroup("d", "thingName:a"));
        await _t.Run(new CreateThingGroup("s"));
        await Refused(_t.Run(new AddThingToThingGroup { ThingGroupName = "d", ThingName = "a" }), JobsError.InvalidRequest);
        await Refused(_t.Run(new RemoveThingFromThingGroup { ThingGroupName = "d", ThingName = "a" }), JobsError.InvalidRequest);
        await Refused(_t.Run(new UpdateThingGroupsForThing { ThingName = "a", ThingGroupsToRemove = ["d"] }), JobsError.InvalidRequest);
        await Refused(_t.Run(new DeleteThingGroup("d")), JobsError.InvalidRequest);
        await Refused(_t.Run(new UpdateThingGroup("d", new())), JobsError.InvalidRequest);
        await Refused(_t.Run(new CreateThingGroup("x") { ParentGroupName = "d" }), JobsError.InvalidRequest);
        await Refused(_t.Run(new CreateThingGroup("d")), JobsError.ResourceAlreadyExists);
        await Refused(_t.Run(new DeleteDynamicThingGroup("s")), JobsError.InvalidRequest);
        await Refused(_t.Run(new UpdateDynamicThingGroup("s", new())), JobsError.InvalidRequest);
        await Refused(_t.Run(new CreateDynamicThingGroup("s", "thingName:a")), JobsError.ResourceAlreadyExists);
        Assert.Equal(["d"], await Groups("a"));
    }

    [Fact]
    public async Task The_same_group_again_is_a_success_and_a_bad_one_is_refused_by_name()
    {
        var first = await _t.Run(new CreateDynamicThingGroup("d", "thingName:a"));
        Assert.Equal(first.ThingGroupId, (await _t.Run(new CreateDynamicThingGroup("d", "thingName:a"))).ThingGroupId);
        await Refused(_t.Run(new CreateDynamicThingGroup("d", "thingName:b")), JobsError.ResourceAlreadyExists);
        await Refused(_t.Run(new CreateDynamicThingGroup("e", "thingName:(")), JobsError.InvalidQuery);
        await Refused(_t.Run(new CreateDynamicThingGroup("e", "a OR b OR c OR d OR e OR f")), JobsError.InvalidQuery);
        await Refused(_t.Run(new CreateDynamicThingGroup("e", "thingName:a") { IndexName = "other" }), JobsError.ResourceNotFound);
        await Refused(_t.Run(new CreateDynamicThingGroup("e", "thingName:a") { QueryVersion = "2020-01-01" }), JobsError.InvalidRequest);
        var conflict = await Refused(_t.Run(new UpdateDynamicThingGroup("d", new()) { ExpectedVersion = 7 }), JobsError.VersionConflict);
        Assert.Contains("Expected version 7 but found version 1", conflict.Message, StringComparison.Ordinal);
        var updated = await _t.Run(new UpdateDynamicThingGroup("d", new() { ThingGroupDescription = "new" }) { ExpectedVersion = 1 });
        Assert.Equal((2, "new"), (updated.Version, (await _t.Run(new DescribeThingGroup("d"))).ThingGroupProperties.ThingGroupDescription));
    }

    [Fact]
    public async Task A_hundred_dynamic_groups_are_the_most()
    {
        for (var i = 0; i < 100; i++)
        {
            await _t.Run(new CreateDynamicThingGroup($"d{i}", "thingName:none"));
        }
        await Refused(_t.Run(new CreateDynamicThingGroup("more", "thingName:none")), JobsError.LimitExceeded);
    }

    private async Task Thing(string name, string model)
    {
        await _t.Run(new CreateThing(name) { AttributePayload = new() { Attributes = new Dictionary<string, string> { ["model"] = model } } });
        await _t.At(0);
    }

    private async Task Model(string name, string model)
    {
        await _t.Run(new UpdateThing(name) { AttributePayload = new() { Attributes = new Dictionary<string, string> { ["model"] = model } } });
        await _t.At(0);
    }

    private async Task<IReadOnlyList<string>> Members(string group) => (await _t.Run(new ListThingsInThingGroup(group))).Things;

    private async Task<IEnumerable<string>> Groups(string thing) =>
        (await _t.Run(new ListThingGroupsForThing(thing))).ThingGroups.Select(group => group.GroupName);

    private async Task<List<string>> Lines() =>
        [.. (await _t.Executions("j")).Select(e => $"{e.ThingName}#{e.ExecutionNumber} {e.Status}").Order(StringComparer.Ordinal)];
}
