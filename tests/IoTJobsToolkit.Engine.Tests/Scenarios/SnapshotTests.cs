using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>jobs-reference 4: which things a SNAPSHOT job covers, whatever happens while it is rolled out.</summary>
public class SnapshotTests : IDisposable
{
    private readonly TestEngine _t;

    public SnapshotTests()
        : this(isCut: false)
    {
    }

    protected SnapshotTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_thing_covered_by_several_targets_gets_one_execution()
    {
        await _t.Things("a", "b", "c");
        await _t.Run(new CreateThingGroup("g1"));
        await _t.Run(new CreateThingGroup("g2"));
        foreach (var (group, thing) in new[] { ("g1", "a"), ("g1", "b"), ("g2", "a"), ("g2", "c") })
        {
            await _t.Run(new AddThingToThingGroup { ThingGroupName = group, ThingName = thing });
        }
        await _t.Run(new CreateJob("j", [GroupArn("g1"), ThingArn("b"), GroupArn("g2"), GroupArn("g1")]) { Document = "{}" });
        Assert.Equal(["a", "b", "c"], (await _t.Executions("j")).Select(e => e.ThingName));
        Assert.Equal(3, (await _t.Job("j")).Targets.Count);
    }

    [Fact]
    public async Task A_group_target_covers_the_things_of_its_descendants_by_name()
    {
        await _t.Run(new CreateThingGroup("root"));
        await _t.Run(new CreateThingGroup("child") { ParentGroupName = "root" });
        await _t.Run(new CreateThingGroup("grandchild") { ParentGroupName = "child" });
        foreach (var (group, thing) in new[] { ("root", "d"), ("child", "b"), ("grandchild", "c"), ("root", "a") })
        {
            await _t.Things(thing);
            await _t.Run(new AddThingToThingGroup { ThingGroupName = group, ThingName = thing });
        }
        await _t.Create("j", GroupArn("root"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        await _t.At(240);
        Assert.Equal(["a", "b", "c", "d"], (await _t.Executions("j")).Select(e => e.ThingName));
    }

    [Fact]
    public async Task Who_joins_after_the_start_gets_nothing_and_who_leaves_keeps_his_execution()
    {
        await _t.Group("g", 3);
        await _t.Create("j", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        await _t.Things("g-0000a");
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "g-0000a" });
        await _t.Run(new RemoveThingFromThingGroup { ThingGroupName = "g", ThingName = "g-0001" });
        await _t.At(60);
        Assert.Equal(["g-0000", "g-0001"], (await _t.Executions("j")).Select(e => e.ThingName));
        await _t.At(600);
        Assert.Equal(["g-0000", "g-0001", "g-0002"], (await _t.Executions("j")).Select(e => e.ThingName));
    }

    [Fact]
    public async Task Who_left_and_came_back_after_the_start_still_gets_one_execution()
    {
        await _t.Group("g", 3);
        await _t.Create("j", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        var membership = new AddThingToThingGroup { ThingGroupName = "g", ThingName = "g-0001" };
        var leave = new RemoveThingFromThingGroup { ThingGroupName = "g", ThingName = "g-0001" };
        await _t.Run(leave);
        await _t.Run(membership);
        await _t.Run(leave);
        await _t.Things("late");
        await _t.Run(membership with { ThingName = "late" });
        await _t.Run(leave with { ThingName = "late" });
        await _t.At(600);
        Assert.Equal(["g-0000", "g-0001", "g-0002"], (await _t.Executions("j")).Select(e => e.ThingName));
    }

    [Fact]
    public async Task Who_moves_inside_the_hierarchy_before_its_turn_still_gets_its_execution_wherever_a_window_ends()
    {
        await _t.Run(new CreateThingGroup("g"));
        await _t.Run(new CreateThingGroup("g1") { ParentGroupName = "g" });
        await _t.Run(new CreateThingGroup("g2") { ParentGroupName = "g" });
        await _t.Things("t0", "t1", "b");
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "g1", ThingName = "b" });
        await _t.Run(new CreateJob("j", [ThingArn("t0"), ThingArn("t1"), GroupArn("g")])
        {
            Document = "{}",
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 },
        });
        await _t.Run(new UpdateThingGroupsForThing { ThingName = "b", ThingGroupsToAdd = ["g2"], ThingGroupsToRemove = ["g1"] });
        await _t.At(600);
        Assert.Equal(["t0", "t1", "b"], (await _t.Executions("j")).Select(e => e.ThingName));
    }

    [Fact]
    public async Task A_group_deleted_during_the_rollout_still_gets_its_executions()
    {
        await _t.Group("g", 3);
        await _t.Create("j", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        await _t.Run(new DeleteThingGroup("g"));
        await Refused(_t.Run(new DescribeThingGroup("g")), JobsError.ResourceNotFound);
        await _t.Run(new CreateThingGroup("g"));
        await _t.At(600);
        Assert.Equal(["g-0000", "g-0001", "g-0002"], (await _t.Executions("j")).Select(e => e.ThingName));
        Assert.Empty((await _t.Run(new ListThingGroupsForThing("g-0001"))).ThingGroups);
    }

    [Fact]
    public async Task The_rollout_forgets_who_left_in_slices_when_it_is_done()
    {
        _t.Restart(new() { SliceSize = 3 });
        await _t.Group("g", 20);
        await _t.Create("j", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 10 } });
        await _t.Run(new DeleteThingGroup("g"));
        await _t.At(60);
        Assert.Equal("20 0 0 0 0 0 0 0", await _t.Counts("j"));
        var job = await _t.Job("j");
        Assert.Equal((false, T0.AddSeconds(60)), (job.IsConcurrent, job.LastUpdatedAt));
    }

    [Fact]
    public async Task A_thing_deleted_before_its_turn_gets_nothing()
    {
        await _t.Group("g", 2);
        await _t.Create("j", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        await _t.Run(new DeleteThing("g-0001"));
        await _t.Things("g-0001");
        await _t.At(60);
        Assert.Equal(["g-0000"], (await _t.Executions("j")).Select(e => e.ThingName));
        Assert.False((await _t.Job("j")).IsConcurrent);
    }

    [Fact]
    public async Task A_job_for_an_empty_group_is_complete_at_once()
    {
        await _t.Run(new CreateThingGroup("empty"));
        await _t.Create("j", GroupArn("empty"));
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("j")).Status);
    }
}
