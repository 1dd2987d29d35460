using IoTJobsToolkit.Engine.Blockages;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>Which job comes first: as a whole, thing by thing, and by priority among those of one thing.</summary>
public class DependencyTests : IDisposable
{
    private readonly TestEngine _t;

    public DependencyTests()
        : this(isCut: false)
    {
    }

    protected DependencyTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_job_begins_when_those_it_depends_on_are_completed()
    {
        await _t.Things("a", "b");
        await _t.Create("first", "a");
        await _t.Create("second", "b");
        await Create("then", "a", control => control with { DependsOn = ["first", "second"] });
        await _t.At(60);
        Assert.Equal("0 0 0 0 0 0 0 0", await _t.Counts("then"));
        Assert.Equal((BlockageCause.DEPENDENCY, "first, IN_PROGRESS, second, IN_PROGRESS"), await Waits("then"));

        await _t.Report("first", "a", FAILED); // Completed, whatever came of it.
        await _t.At(120);
        Assert.Equal(["second"], (await _t.Run(new DescribeJobControls("then"))).WaitsFor);
        await _t.Report("second", "b", SUCCEEDED);
        await _t.At(121);
        Assert.Equal(T0.AddSeconds(120), (await _t.Execution("then", "a")).QueuedAt);
        Assert.Contains(("dependency met", "second"), (await _t.Run(new ListJobHistory("then"))).Changes.Select(change => (change.What, change.Details)));
    }

    [Fact]
    public async Task A_job_whose_dependency_was_canceled_waits_for_a_person()
    {
        await _t.Things("a");
        await _t.Create("first", "a");
        await Create("then", "a", control => control with { DependsOn = ["first"] });
        await _t.Run(new CancelJob("first"));
        await _t.At(86_400);
        Assert.Equal((BlockageCause.DEPENDENCY, "first, CANCELED"), await Waits("then"));
        Assert.Contains(("dependency lost", "first, CANCELED"), (await _t.Run(new ListJobHistory("then"))).Changes.Select(change => (change.What, change.Details)));

        Assert.Equal("the wait for first", (await _t.Run(new AdvanceJob("then"))).Passed);
        await _t.At(86_401);
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("then"));
        await Refused(Create("never", "a", control => control with { DependsOn = ["first"] }), JobsError.InvalidRequest);
    }

    [Fact]
    public async Task What_is_completed_already_holds_nothing_and_a_hold_of_its_own_goes_on()
    {
        await _t.Things("a");
        await _t.Create("first", "a");
        await Create("paused", "a", control => control with { DependsOn = ["first"] });
        await _t.Run(new PauseJob("paused"));
        await _t.At(1);
        await _t.Report("first", "a", SUCCEEDED);
        await Create("then", "a", control => control with { DependsOn = ["first"] });
        await _t.At(60);
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("then"));
        Assert.Equal("0 0 0 0 0 0 0 0", await _t.Counts("paused"));
        await _t.Run(new ResumeJob("paused"));
        await _t.At(61);
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("paused"));
    }

    [Fact]
    public async Task Thing_by_thing_each_gets_it_when_the_first_has_succeeded_there_and_none_where_it_ended_otherwise()
    {
        await _t.Group("g", 5);
        await _t.Create("first", GroupArn("g"), job => job with { JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 1 }] } });
        await _t.At(1);
        await _t.Report("first", "g-0000", SUCCEEDED);
        await Create("then", GroupArn("g"), control => control with { DependsOn = ["first"], DependencyScope = DependencyScope.THING });
        await _t.At(2);
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("then"));
        Assert.Equal((BlockageCause.DEPENDENCY, "first, QUEUED"), await Waits("then", "g-0001"));

        await _t.Report("first", "g-0001", FAILED);
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("then")); // There is another attempt.
        await _t.Report("first", "g-0001", SUCCEEDED);
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("then"));
        await _t.Report("first", "g-0002", REJECTED);
        await _t.StartNext("g-0003");
        await _t.Run(new CancelJob("first")); // g-0004 is canceled, g-0003 goes on.
        await _t.At(60);
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("then"));
        await _t.Report("then", "g-0000", SUCCEEDED);
        await _t.Report("then", "g-0001", SUCCEEDED);
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("then")).Status);

        await _t.At(100);
        await _t.Report("first", "g-0003", SUCCEEDED);
        Assert.Equal(T0.AddSeconds(100), (await _t.Execution("then", "g-0003")).QueuedAt);
        await _t.Report("then", "g-0003", SUCCEEDED);
        Assert.Equal((JobStatus.COMPLETED, "0 0 3 0 0 0 0 0"), ((await _t.Job("then")).Status, await _t.Counts("then")));
    }

    [Fact]
    public async Task What_waits_thing_by_thing_waits_for_the_window_and_the_end_of_a_pause_too()
    {
        await _t.Group("g", 3);
        await _t.Create("first", GroupArn("g"));
        await Create("then", GroupArn("g"), control => control with { DependsOn = ["first"], DependencyScope = DependencyScope.THING });
        await _t.At(1);
        await _t.Run(new PauseJob("then"));
        await _t.Report("first", "g-0002", SUCCEEDED);
        await _t.Report("first", "g-0001", FAILED);
        await _t.At(60);
        Assert.Equal("0 0 0 0 0 0 0 0", await _t.Counts("then"));
        await _t.Run(new ResumeJob("then"));
        await _t.At(61);
        Assert.Equal(T0.AddSeconds(60), (await _t.Execution("then", "g-0002")).QueuedAt);
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("then"));
        await _t.Report("then", "g-0002", SUCCEEDED);
        await _t.Run(new DeleteThing("g-0000"));
        await _t.At(62);
        Assert.Equal((JobStatus.COMPLETED, JobStatus.COMPLETED), ((await _t.Job("first")).Status, (await _t.Job("then")).Status));
    }

    [Fact]
    public async Task A_thousand_wait_thing_by_thing_and_all_that_may_come_do()
    {
        const int Things = 1_200;
        await _t.Group("g", Things);
        await _t.Create("first", GroupArn("g"));
        await Create("then", GroupArn("g"), control => control with { DependsOn = ["first"], DependencyScope = DependencyScope.THING });
        await _t.At(120);
        await _t.Run(new PauseJob("then"));
        foreach (var thing in Enumerable.Range(0, Things).Where(thing => thing % 3 == 0))
        {
            await _t.Report("first", Member("g", thing), SUCCEEDED);
        }
        await _t.Run(new ResumeJob("then"));
        await _t.At(121);
        Assert.Equal("400 0 0 0 0 0 0 0", await _t.Counts("then"));
        await _t.Run(new CancelJob("first"));
        await _t.At(122);
        foreach (var thing in Enumerable.Range(0, Things).Where(thing => thing % 3 == 0))
        {
            await _t.Report("then", Member("g", thing), SUCCEEDED);
        }
        await _t.At(123);
        Assert.Equal((JobStatus.COMPLETED, "0 0 400 0 0 0 0 0"), ((await _t.Job("then")).Status, await _t.Counts("then")));
    }

    [Fact]
    public async Task Members_that_join_a_continuous_job_wait_for_their_own_turn()
    {
        await _t.Group("g", 1);
        await _t.Things("new");
        await _t.Create("first", GroupArn("g"), job => job with { TargetSelection = TargetSelection.CONTINUOUS });
        await Create("then", GroupArn("g"), control => control with
        {
            DependsOn = ["first"], DependencyScope = DependencyScope.THING, Job = control.Job with { TargetSelection = TargetSelection.CONTINUOUS },
        });
        await _t.At(1);
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "new" });
        await _t.At(2);
        Assert.Equal("0 0 0 0 0 0 0 0", await _t.Counts("then"));
        await _t.Report("first", "new", SUCCEEDED);
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("then"));
    }

    [Fact]
    public async Task Of_the_executions_queued_on_a_thing_those_of_the_highest_priority_come_first()
    {
        await _t.Things("a");
        await _t.Create("plain", "a");
        await _t.At(1);
        await Create("late", "a", control => control with { Priority = -5 });
        await Create("urgent", "a", control => control with { Priority = 10 });
        await _t.Create("other", "a");
        await _t.At(2);
        Assert.Equal(["urgent", "plain", "other", "late"], await Pending("a"));
        Assert.Equal("urgent", (await _t.StartNext("a"))!.JobId);
        await Create("more", "a", control => control with { Priority = 1_000 });
        await _t.At(3);
        Assert.Equal("urgent", (await _t.StartNext("a"))!.JobId); // What is begun goes on.
        await _t.Report("urgent", "a", SUCCEEDED);
        Assert.Equal("more", (await _t.StartNext("a"))!.JobId);
        Assert.Equal(("more, IN_PROGRESS", BlockageCause.OTHER_JOB_AHEAD), ((await _t.Run(new ListJobBlockages("plain"))).Blockages[0] is var ahead ? (ahead.Detail, ahead.Cause) : default));
    }

    private async Task<IEnumerable<string>> Pending(string thing) =>
        (await _t.Device(thing).ExecuteAsync(new GetPendingJobExecutions(thing), TestContext.Current.CancellationToken)).QueuedJobs!.Select(job => job.JobId);

    private Task<CreateJobResponse> Create(string jobId, string target, Func<CreateControlledJob, CreateControlledJob> with) => _t.Run(with(
        new(new(jobId, [target.StartsWith("arn:", StringComparison.Ordinal) ? target : ThingArn(target)]) { Document = "{}" })));

    private async Task<(BlockageCause, string?)> Waits(string jobId, string? thingName = null)
    {
        var blockage = (await _t.Run(new ListJobBlockages(jobId) { ThingName = thingName })).Blockages[0];
        return (blockage.Cause, blockage.Detail);
    }
}
