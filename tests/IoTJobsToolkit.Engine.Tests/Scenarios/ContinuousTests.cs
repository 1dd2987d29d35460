using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>examples.md 10: a CONTINUOUS job while things join and leave; t in seconds.</summary>
public class ContinuousTests : IDisposable
{
    private readonly TestEngine _t;

    public ContinuousTests()
        : this(isCut: false)
    {
    }

    protected ContinuousTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_continuous_job_follows_who_joins_and_leaves()
    {
        await Fleet();
        await _t.Create("j1", GroupArn("Fleet"), Continuous);
        Assert.Equal(["t1#1 QUEUED"], await Lines());

        await _t.At(60);
        Assert.Equal(["t1#1 QUEUED", "t2#1 QUEUED"], await Lines());
        Assert.False((await _t.Job("j1")).IsConcurrent);

        await _t.At(70);
        await _t.Report("j1", "t1", JobExecutionStatus.SUCCEEDED);
        await _t.At(80);
        await _t.Things("t3");
        await Add("FleetEU", "t3");
        Assert.Equal("QUEUED v1 retry 0", await Line("t3", 1));

        await _t.At(90);
        await Remove("FleetEU", "t2");
        Assert.Equal("REMOVED v2 retry 0", await Line("t2", 1));
        Assert.Null((await _t.Execution("j1", "t2", 1)).StartedAt);
        await _t.At(100);
        await Add("Fleet", "t2");
        Assert.Equal("QUEUED v1 retry 0", await Line("t2", 2));

        await _t.At(110);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await _t.Report("j1", "t2", JobExecutionStatus.FAILED);
        }
        Assert.Equal("QUEUED v1 retry 3", await Line("t2", 5));
        await _t.At(200);
        await Remove("Fleet", "t2");
        Assert.Equal("REMOVED v2 retry 3", await Line("t2", 5));
        await _t.At(210);
        await Add("Fleet", "t2");
        Assert.Equal("QUEUED v1 retry 0", await Line("t2", 6));

        await _t.At(220);
        await _t.StartNext("t3");
        await Remove("FleetEU", "t3");
        Assert.Equal("REMOVED v3 retry 0", await Line("t3", 1));
        await Refused(_t.Report("j1", "t3", JobExecutionStatus.SUCCEEDED), JobsError.InvalidStateTransition);

        await _t.At(230);
        await Remove("Fleet", "t1");
        await Add("Fleet", "t1");
        Assert.Equal("QUEUED v1 retry 0", await Line("t1", 2));

        await _t.At(240);
        await _t.Run(new AssociateTargetsWithJob("j1", [GroupArn("Extra")]));
        Assert.Equal("QUEUED v1 retry 0", await Line("t4", 1));
        Assert.Equal(T0.AddSeconds(240), (await _t.Execution("j1", "t4")).QueuedAt);
        Assert.Equal([GroupArn("Fleet"), GroupArn("Extra")], (await _t.Job("j1")).Targets);
        await _t.At(250);
        await _t.Run(new DeleteThing("t4"));
        await _t.At(260);
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j1")).Status);
        Assert.Equal("2 0 1 3 0 0 4 0", await _t.Counts("j1"));
        Assert.Equal(
            ["t1#1 SUCCEEDED", "t1#2 QUEUED", "t2#1 REMOVED", "t2#2 FAILED", "t2#3 FAILED", "t2#4 FAILED", "t2#5 REMOVED", "t2#6 QUEUED", "t3#1 REMOVED", "t4#1 REMOVED"],
            await Lines());
    }

    [Fact]
    public async Task Five_retries_are_there_again_after_a_re_join()
    {
        await Fleet();
        await _t.Create("j1", GroupArn("Fleet"), Continuous);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await _t.Report("j1", "t1", JobExecutionStatus.FAILED);
        }
        await _t.Report("j1", "t1", JobExecutionStatus.FAILED);
        Assert.Equal(6, (await Lines()).Count);
        await Remove("Fleet", "t1");
        await Add("Fleet", "t1");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await _t.Report("j1", "t1", JobExecutionStatus.FAILED);
        }
        Assert.Equal("QUEUED v1 retry 5", await Line("t1", 12));
    }

    [Fact]
    public async Task The_same_actions_on_a_snapshot_job_change_nothing()
    {
        await Fleet();
        await _t.Create("j1", GroupArn("Fleet"));
        await _t.Things("t3");
        await Add("FleetEU", "t3");
        await Remove("FleetEU", "t2");
        await Add("Fleet", "t2");
        await Remove("Fleet", "t1");
        await Add("Fleet", "t1");
        await _t.At(240);
        Assert.Equal(["t1#1 QUEUED", "t2#1 QUEUED"], await Lines());
        var refusal = await Refused(_t.Run(new AssociateTargetsWithJob("j1", [GroupArn("Extra")])), JobsError.InvalidRequest);
        Assert.Contains("SNAPSHOT", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thing_of_one_hierarchy_cannot_be_in_two_of_its_groups()
    {
        await Fleet();
        await Refused(Add("Fleet", "t2"), JobsError.InvalidRequest);
    }

    [Fact]
    public async Task A_thing_which_two_targets_cover_stays_when_it_leaves_one()
    {
        await Fleet();
        await Add("Extra", "t1");
        await _t.Run(new CreateJob("j1", [GroupArn("Fleet"), GroupArn("Extra")]) { Document = "{}", TargetSelection = TargetSelection.CONTINUOUS });
        await Remove("Extra", "t1");
        Assert.Equal("QUEUED v1 retry 0", await Line("t1", 1));
        await Remove("Fleet", "t1");
        Assert.Equal("REMOVED v2 retry 0", await Line("t1", 1));
    }

    [Fact]
    public async Task A_move_inside_a_hierarchy_in_one_step_is_no_leave()
    {
        await Fleet();
        await _t.Create("j1", GroupArn("Fleet"), job => job with { TargetSelection = TargetSelection.CONTINUOUS });
        await _t.Run(new UpdateThingGroupsForThing { ThingName = "t2", ThingGroupsToAdd = ["Fleet"], ThingGroupsToRemove = ["FleetEU"] });
        Assert.Equal(["t1#1 QUEUED", "t2#1 QUEUED"], await Lines());
        Assert.Equal("Fleet", Assert.Single((await _t.Run(new ListThingGroupsForThing("t2"))).ThingGroups).GroupName);
    }

    [Fact]
    public async Task All_things_leave_with_a_deleted_group_and_its_ARN_stays()
    {
        await Fleet();
        await _t.Create("j1", GroupArn("Extra"), job => job with { TargetSelection = TargetSelection.CONTINUOUS });
        await _t.Run(new DeleteThingGroup("Extra"));
        Assert.Equal("REMOVED v2 retry 0", await Line("t4", 1));
        Assert.Equal([GroupArn("Extra")], (await _t.Job("j1")).Targets);
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j1")).Status);
    }

    [Fact]
    public async Task A_snapshot_which_still_rolls_out_keeps_the_things_of_a_deleted_group_and_a_continuous_job_loses_them_at_once()
    {
        await _t.Group("g", 3);
        await _t.Create("s", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        await _t.Create("c", GroupArn("g"), job => job with { TargetSelection = TargetSelection.CONTINUOUS });
        await _t.Run(new DeleteThingGroup("g"));
        Assert.Equal("0 0 0 0 0 0 3 0", await _t.Counts("c"));
        await _t.At(600);
        Assert.Equal("3 0 0 0 0 0 0 0", await _t.Counts("s"));
    }

    [Fact]
    public async Task Who_joins_while_the_rollout_is_under_way_gets_one_execution()
    {
        await _t.Group("g", 3);
        await _t.Create("j1", GroupArn("g"), job => Continuous(job));
        await _t.Things("g-0000a", "g-0003");
        await Add("g", "g-0003");
        await Add("g", "g-0000a");
        await _t.Report("j1", "g-0003", JobExecutionStatus.SUCCEEDED);
        await Remove("g", "g-0002");
        await Add("g", "g-0002");
        await Remove("g", "g-0001");
        await _t.At(600);
        Assert.Equal(["g-0000#1 QUEUED", "g-0000a#1 QUEUED", "g-0002#1 QUEUED", "g-0003#1 SUCCEEDED"], await Lines());
    }

    [Fact]
    public async Task A_thing_which_waits_for_the_rollout_and_moves_to_where_it_has_been_gets_its_execution_all_the_same()
    {
        await _t.Group("a", 2);
        await _t.Group("b", 3);
        await _t.Run(new CreateJob("j1", [GroupArn("a"), GroupArn("b")])
        {
            Document = "{}", TargetSelection = TargetSelection.CONTINUOUS, JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 },
        });
        await _t.At(120);
        Assert.Equal(["a-0000#1 QUEUED", "a-0001#1 QUEUED", "b-0000#1 QUEUED"], await Lines());
        await _t.Report("j1", "a-0000", JobExecutionStatus.SUCCEEDED);
        await _t.Run(new UpdateThingGroupsForThing { ThingName = "b-0002", ThingGroupsToAdd = ["a"], ThingGroupsToRemove = ["b"] });
        await _t.Run(new UpdateThingGroupsForThing { ThingName = "b-0000", ThingGroupsToAdd = ["a"], ThingGroupsToRemove = ["b"] });
        await _t.At(180);
        Assert.Equal(4, (await Lines()).Count);
        await _t.At(240);
        Assert.Equal(["a-0000#1 SUCCEEDED", "a-0001#1 QUEUED", "b-0000#1 QUEUED", "b-0001#1 QUEUED", "b-0002#1 QUEUED"], await Lines());
        await _t.At(600);
        Assert.Equal(5, (await Lines()).Count);
        Assert.False((await _t.Job("j1")).IsConcurrent);
    }

    [Fact]
    public async Task An_associated_group_is_rolled_out_at_the_jobs_rate()
    {
        await _t.Group("a", 1);
        await _t.Group("b", 3);
        await _t.Create("j1", GroupArn("a"), job => Continuous(job));
        await _t.At(100);
        await _t.Run(new AssociateTargetsWithJob("j1", [GroupArn("b"), GroupArn("a")]) { Comment = "more" });
        var job = await _t.Job("j1");
        Assert.Equal("more", job.Comment);
        Assert.True(job.IsConcurrent);
        Assert.Equal([GroupArn("b")], job.JobProcessDetails.ProcessingTargets);
        Assert.Equal(2, (await Lines()).Count);
        await _t.At(160);
        Assert.Equal(3, (await Lines()).Count);
        await _t.At(220);
        Assert.Equal(4, (await Lines()).Count);
        Assert.False((await _t.Job("j1")).IsConcurrent);
    }

    private static CreateJob Continuous(CreateJob job) => job with
    {
        TargetSelection = TargetSelection.CONTINUOUS,
        JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 },
        JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 5 }] },
    };

    private async Task Fleet()
    {
        await _t.Things("t1", "t2", "t4");
        await _t.Run(new CreateThingGroup("Fleet"));
        await _t.Run(new CreateThingGroup("FleetEU") { ParentGroupName = "Fleet" });
        await _t.Run(new CreateThingGroup("Extra"));
        await Add("Fleet", "t1");
        await Add("FleetEU", "t2");
        await Add("Extra", "t4");
    }

    private async Task Add(string group, string thing) => await _t.Run(new AddThingToThingGroup { ThingGroupName = group, ThingName = thing });

    private async Task Remove(string group, string thing) => await _t.Run(new RemoveThingFromThingGroup { ThingGroupName = group, ThingName = thing });

    private async Task<List<string>> Lines() =>
        [.. (await _t.Executions("j1")).Select(e => $"{e.ThingName}#{e.ExecutionNumber} {e.Status}").Order(StringComparer.Ordinal)];

    private async Task<string> Line(string thing, long number)
    {
        var execution = await _t.Execution("j1", thing, number);
        var summary = (await _t.Executions("j1")).Single(e => e.ThingName == thing && e.ExecutionNumber == number).JobExecutionSummary;
        return $"{execution.Status} v{execution.VersionNumber} retry {summary.RetryAttempt}";
    }
}
