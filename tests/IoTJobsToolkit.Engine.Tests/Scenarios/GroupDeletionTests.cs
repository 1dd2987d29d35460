using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Engine;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>jobs-reference 4.1, 4.2, 4.5: what jobs see while a deleted group is still being cleared, a thing at a time.</summary>
public sealed class GroupDeletionTests : IDisposable
{
    private readonly HookedStore _store = new();
    private readonly TestEngine _t;

    public GroupDeletionTests() => _t = new(new() { SliceSize = 1 }, store: _store);

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task The_things_of_a_child_leave_although_its_parent_is_deleted_before_the_child_is_cleared()
    {
        await Tree(6);
        await _t.Create("j", GroupArn("p"), job => job with { TargetSelection = TargetSelection.CONTINUOUS });
        await _t.At(0);
        Assert.Equal("6 0 0 0 0 0 0 0", await _t.Counts("j"));
        await AtOnce(() => _t.Run(new DeleteThingGroup("c")), () => _t.Run(new DeleteThingGroup("p")));
        await _t.At(1);
        Assert.Equal("0 0 0 0 0 0 6 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task A_snapshot_keeps_the_things_of_a_child_although_its_parent_is_deleted_before_the_child_is_cleared()
    {
        await Tree(6);
        await _t.Create("j", GroupArn("p"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        await AtOnce(() => _t.Run(new DeleteThingGroup("c")), () => _t.Run(new DeleteThingGroup("p")));
        await _t.At(600);
        Assert.Equal("6 0 0 0 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task The_things_of_a_child_deleted_before_the_snapshot_are_not_part_of_it()
    {
        await Tree(6);
        await _t.Group("q", 3);
        await AtOnce(
            () => _t.Run(new DeleteThingGroup("c")),
            () => _t.Run(new CreateJob("j", [GroupArn("q"), GroupArn("p")])
            {
                Document = "{}",
                JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 },
            }));
        await _t.At(3600);
        Assert.Equal(["q-0000", "q-0001", "q-0002"], (await _t.Executions("j")).Select(e => e.ThingName));
    }

    [Fact]
    public async Task The_things_of_a_target_deleted_before_the_start_get_nothing_also_once_it_is_cleared()
    {
        await _t.Group("g", 6);
        await _t.Group("q", 9);
        await _t.Run(new CreateJob("j", [GroupArn("q"), GroupArn("g")])
        {
            Document = "{}",
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 },
            SchedulingConfig = new() { StartTime = "2026-12-01T10:30" },
        });
        await _t.At(1799);
        var gate = _store.HoldCommit();
        var deleted = _t.Run(new DeleteThingGroup("g"));
        gate.WaitUntilReached();
        _t.Clock.Advance(TimeSpan.FromSeconds(1));
        gate.Open();
        await deleted;
        await _t.At(3600);
        Assert.Equal(Enumerable.Range(0, 9).Select(i => Member("q", i)), (await _t.Executions("j")).Select(e => e.ThingName));
    }

    [Fact]
    public async Task A_deleted_group_is_listed_no_more_whether_clearing_it_took_one_slice_or_several()
    {
        await _t.Run(new CreateThingGroup("empty"));
        await _t.Group("g", 3);
        await _t.Run(new CreateDynamicThingGroup("d", "thingName:nobody"));
        await _t.Run(new DeleteThingGroup("empty"));
        await _t.Run(new DeleteThingGroup("g"));
        await _t.Run(new DeleteDynamicThingGroup("d"));
        Assert.Empty((await _t.Run(new ListThingGroups())).ThingGroups);
        await _t.At(1);
        Assert.Empty((await _t.Run(new ListThingGroups())).ThingGroups);
    }

    [Fact]
    public async Task A_thing_that_has_room_again_joins_the_dynamic_group_which_it_matches()
    {
        for (var i = 0; i < 9; i++)
        {
            await _t.Run(new CreateThingGroup($"s{i}"));
        }
        await _t.Things("a0", "a1", "a2", "a3", "a4", "a5", "z");
        foreach (var thing in new[] { "a0", "a1", "a2", "a3", "a4", "a5" })
        {
            await _t.Run(new AddThingToThingGroup { ThingGroupName = "s0", ThingName = thing });
        }
        await _t.Run(new UpdateThingGroupsForThing { ThingName = "z", ThingGroupsToAdd = [.. Enumerable.Range(0, 9).Select(i => $"s{i}")] });
        await _t.Run(new CreateDynamicThingGroup("d1", "thingName:z"));
        await _t.Run(new CreateDynamicThingGroup("d2", "thingName:z*"));
        await _t.At(1);
        Assert.Equal("d1 s0 s1 s2 s3 s4 s5 s6 s7 s8", await GroupsOf("z"));
        await AtOnce(
            () => _t.Run(new DeleteThingGroup("s0")),
            () => _t.Run(new AddThingToThingGroup { ThingGroupName = "s1", ThingName = "z" }));
        await _t.At(2);
        Assert.Equal("d1 d2 s1 s2 s3 s4 s5 s6 s7 s8", await GroupsOf("z"));
    }

    /// <summary>A group p with a child c that holds things.</summary>
    private async Task Tree(int things)
    {
        await _t.Run(new CreateThingGroup("p"));
        await _t.Run(new CreateThingGroup("c") { ParentGroupName = "p" });
        for (var i = 0; i < things; i++)
        {
            await _t.Things(Member("c", i));
            await _t.Run(new AddThingToThingGroup { ThingGroupName = "c", ThingName = Member("c", i) });
        }
    }

    /// <summary>Calls which wait together, so that hardly any background work is done between them.</summary>
    private async Task AtOnce(params Func<Task>[] calls)
    {
        var gate = _store.HoldCommit();
        var first = _t.Run(new CreateThing($"first-{_store.Commits}"));
        gate.WaitUntilReached();
        var waiting = calls.Select(call => call()).ToList();
        gate.Open();
        await first;
        await Task.WhenAll(waiting);
    }

    private async Task<string> GroupsOf(string thing) =>
        string.Join(' ', (await _t.Run(new ListThingGroupsForThing(thing))).ThingGroups.Select(group => group.GroupName));
}
