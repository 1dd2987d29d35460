using IoTJobsToolkit.Engine.Blockages;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>What holds a rollout beside its rate: executions in flight, stages, verification, criteria which pause.</summary>
public class RolloutControlsTests : IDisposable
{
    private readonly TestEngine _t;

    public RolloutControlsTests()
        : this(isCut: false)
    {
    }

    protected RolloutControlsTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task No_more_are_in_flight_than_said_and_each_that_ends_makes_room_at_once()
    {
        await Create("j", 6, control => control with { MaxInFlight = 2 });
        await _t.At(10);
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("j"));
        await _t.At(3_600);
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("j"));
        Assert.Equal((BlockageCause.ROLLOUT_IN_FLIGHT, "2 of 2", 1L), await Waits("g-0002"));

        await _t.Report("j", "g-0000", SUCCEEDED);
        await _t.At(3_600);
        Assert.Equal("2 0 1 0 0 0 0 0", await _t.Counts("j"));
        Assert.Equal(T0.AddSeconds(3_600), (await _t.Execution("j", "g-0002")).QueuedAt);

        await _t.At(3_700);
        await _t.Run(new DeleteJobExecution("j", "g-0001") { ExecutionNumber = 1, Force = true });
        await _t.At(3_700);
        Assert.Equal(T0.AddSeconds(3_700), (await _t.Execution("j", "g-0003")).QueuedAt);
        foreach (var thing in new[] { 2, 3, 4, 5 })
        {
            await _t.Report("j", Member("g", thing), FAILED);
            await _t.At(3_700);
        }
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("j")).Status);
        Assert.Equal("0 0 1 4 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task Room_in_flight_makes_no_minute_of_the_rollout_larger()
    {
        await Create("j", 8, control => control with { MaxInFlight = 3, Job = control.Job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 4 } } });
        await _t.At(20);
        await Succeed(0, 1, 2);
        await _t.At(20);
        Assert.Equal("1 0 3 0 0 0 0 0", await _t.Counts("j")); // Four in the minute.
        await _t.At(59);
        Assert.Equal("1 0 3 0 0 0 0 0", await _t.Counts("j"));
        await _t.At(60);
        Assert.Equal("3 0 3 0 0 0 0 0", await _t.Counts("j"));
        await _t.At(150);
        await Succeed(3, 4, 5);
        await _t.At(150);
        Assert.Equal("2 0 6 0 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task A_stage_ends_the_rollout_until_enough_has_succeeded()
    {
        await Create("j", 10, control => control with { Stages = [new(2) { SuccessPercentage = 100 }, new(4) { SuccessPercentage = 50 }] });
        await _t.At(600);
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("j"));
        Assert.Equal((BlockageCause.ROLLOUT_STAGE, "stage 1 of 2, 0 of 2 succeeded, 100% are needed", 3L), await Waits("g-0004"));

        await Succeed(0);
        await _t.At(600);
        Assert.Equal("1 0 1 0 0 0 0 0", await _t.Counts("j"));
        await Succeed(1);
        await _t.At(601);
        Assert.Equal("4 0 2 0 0 0 0 0", await _t.Counts("j"));
        Assert.Equal((2, RolloutHold.STAGE), await Stage("j"));

        await _t.Report("j", "g-0002", FAILED);
        await Succeed(3);
        await _t.At(700);
        Assert.Equal("6 0 3 1 0 0 0 0", await _t.Counts("j"));
        Assert.Equal((null, null), await Stage("j"));
    }

    [Fact]
    public async Task A_stage_whose_things_failed_is_for_a_person_who_may_let_it_pass()
    {
        await Create("j", 6, control => control with { Stages = [new(2) { SuccessPercentage = 90 }, new(2)] });
        await _t.At(1);
        await _t.Report("j", "g-0000", FAILED);
        await Succeed(1);
        await _t.At(86_400);
        Assert.Equal("0 0 1 1 0 0 0 0", await _t.Counts("j"));
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j")).Status);

        Assert.Equal("stage 1", (await _t.Run(new AdvanceJob("j") { Comment = "known bad unit" })).Passed);
        await _t.At(86_401);
        Assert.Equal("2 0 1 1 0 0 0 0", await _t.Counts("j"));
        await Succeed(2, 3);
        await _t.At(2 * 86_400); // The second waits for somebody, whatever has succeeded.
        Assert.Equal((BlockageCause.ROLLOUT_STAGE, "stage 2 of 2, somebody has to advance it", 2L), await Waits("g-0005"));
        await _t.Run(new AdvanceJob("j"));
        await _t.At(2 * 86_400 + 60);
        Assert.Equal("2 0 3 1 0 0 0 0", await _t.Counts("j"));

        Assert.Contains("past its last stage", (await Refused(_t.Run(new AdvanceJob("j")), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
        var history = (await _t.Run(new ListJobHistory("j"))).Changes.Where(change => change.What == "advanced").Select(change => (change.By, change.Details));
        Assert.Equal([("admin", "past stage 1: known bad unit"), ("admin", "past stage 2")], history.Order());
    }

    [Fact]
    public async Task A_stage_may_be_passed_before_its_end_and_a_rollout_that_ends_with_one_does_not_wait()
    {
        await Create("j", 4, control => control with { Stages = [new(3), new(1)], Job = control.Job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } } });
        await _t.At(1);
        await _t.Run(new AdvanceJob("j"));
        await _t.At(200);
        Assert.Equal("4 0 0 0 0 0 0 0", await _t.Counts("j"));
        await Succeed(0, 1, 2, 3);
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("j")).Status);
    }

    [Fact]
    public async Task A_success_counts_for_its_stage_when_it_has_stood_for_the_time_of_verification()
    {
        await Create("j", 5, control => control with { Stages = [new(2) { SuccessPercentage = 100 }], VerificationInMinutes = 30 });
        await _t.At(90);
        await Succeed(0);
        await _t.At(200);
        await Succeed(1);
        Assert.Equal(0, (await _t.Run(new DescribeJobControls("j"))).VerifiedSucceeded);
        await _t.At(30 * 60 + 200);
        Assert.Equal("0 0 2 0 0 0 0 0", await _t.Counts("j"));
        Assert.Equal(1, (await _t.Run(new DescribeJobControls("j"))).VerifiedSucceeded);

        await _t.At(34 * 60); // The minute after 30 minutes.
        Assert.Equal("3 0 2 0 0 0 0 0", await _t.Counts("j"));
        Assert.Equal(T0.AddMinutes(34), (await _t.Execution("j", "g-0002")).QueuedAt);
    }

    [Fact]
    public async Task A_rate_that_grows_with_successes_grows_after_their_verification()
    {
        var rate = new ExponentialRolloutRate { BaseRatePerMinute = 1, IncrementFactor = 5, RateIncreaseCriteria = new() { NumberOfSucceededThings = 1 } };
        await Create("j", 12, control => control with
        {
            VerificationInMinutes = 2, Job = control.Job with { JobExecutionsRolloutConfig = new() { ExponentialRate = rate, MaximumPerMinute = 5 } },
        });
        await _t.At(10);
        await Succeed(0);
        await _t.At(130);
        Assert.Equal("2 0 1 0 0 0 0 0", await _t.Counts("j")); // One a minute.
        await _t.At(180);
        Assert.Equal("7 0 1 0 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task A_criterion_pauses_the_job_as_the_system_and_counts_anew_after_its_resume()
    {
        await Create("j", 6, control => control with
        {
            PauseCriteriaList = [new() { FailureType = JobExecutionFailureType.FAILED, ThresholdPercentage = 50, MinNumberOfExecutedThings = 2 }],
            Job = control.Job with { JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 1 }] } },
        });
        await _t.At(1);
        await Succeed(0);
        await _t.Report("j", "g-0001", FAILED);
        var pause = Assert.Single((await _t.Run(new ListPausedJobs())).Jobs);
        Assert.Equal(("system", "Paused automatically: FAILED 1 of 2 executions (50%), threshold 50%, minimum 2."), (pause.PausedBy, pause.Comment));
        Assert.Equal("4 0 1 1 0 0 0 0", await _t.Counts("j")); // The retry waits, as all of a paused job.
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j")).Status);
        Assert.Null(await _t.StartNext("g-0002"));

        await _t.Run(new ResumeJob("j"));
        await _t.At(2);
        Assert.Equal("5 0 1 1 0 0 0 0", await _t.Counts("j"));
        await _t.Report("j", "g-0002", FAILED);
        Assert.Empty((await _t.Run(new ListPausedJobs())).Jobs);
        await _t.Report("j", "g-0003", FAILED);
        Assert.Contains("FAILED 2 of 2 ", Assert.Single((await _t.Run(new ListPausedJobs())).Jobs).Comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_abort_comes_before_a_pause_and_a_pause_holds_what_stands()
    {
        await Create("j", 6, control => control with
        {
            MaxInFlight = 1,
            PauseCriteriaList = [new() { FailureType = JobExecutionFailureType.ALL, ThresholdPercentage = 100, MinNumberOfExecutedThings = 1 }],
            Job = control.Job with
            {
                AbortConfig = new() { CriteriaList = [new() { FailureType = JobExecutionFailureType.ALL, Action = AbortAction.CANCEL, ThresholdPercentage = 100, MinNumberOfExecutedThings = 2 }] },
            },
        });
        await _t.At(1);
        await _t.Report("j", "g-0000", REJECTED);
        await _t.At(600);
        Assert.Equal("0 0 0 0 0 1 0 0", await _t.Counts("j"));
        await _t.Run(new ResumeJob("j"));
        await _t.At(601);
        Assert.Equal(T0.AddSeconds(600), (await _t.Execution("j", "g-0001")).QueuedAt);
        await _t.Report("j", "g-0001", REJECTED);
        Assert.Equal((JobStatus.CANCELED, "ABORT_CRITERIA_MET"), ((await _t.Job("j")).Status, (await _t.Job("j")).ReasonCode));
        Assert.Empty((await _t.Run(new ListPausedJobs())).Jobs);
    }

    [Fact]
    public async Task What_is_out_of_range_is_refused()
    {
        await _t.Group("g", 1);
        var control = new CreateControlledJob(new("j", [GroupArn("g")]) { Document = "{}" });
        foreach (var wrong in new[]
        {
            control with { MaxInFlight = 0 }, control with { Priority = 1_001 }, control with { Stages = [new(0)] }, control with { Stages = [] },
            control with { Stages = [new(1) { SuccessPercentage = 0 }] }, control with { VerificationInMinutes = 5 }, control with { DependencyScope = DependencyScope.THING },
            control with { PauseCriteriaList = [new() { FailureType = JobExecutionFailureType.ALL, ThresholdPercentage = 101, MinNumberOfExecutedThings = 1 }] },
            control with { PauseCriteriaList = [new() { FailureType = JobExecutionFailureType.ALL, ThresholdPercentage = 5 }] },
        })
        {
            await Refused(_t.Run(wrong), JobsError.InvalidRequest);
        }
        await Refused(_t.Run(control with { DependsOn = ["none"] }), JobsError.ResourceNotFound);
        await _t.Run(control);
        Assert.Contains("no stages", (await Refused(_t.Run(new AdvanceJob("j")), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
    }

    private async Task Create(string jobId, int things, Func<CreateControlledJob, CreateControlledJob> with)
    {
        await _t.Group("g", things);
        await _t.Run(with(new(new(jobId, [GroupArn("g")]) { Document = "{}" })));
    }

    private async Task Succeed(params int[] things)
    {
        foreach (var thing in things)
        {
            await _t.Report("j", Member("g", thing), SUCCEEDED);
        }
    }

    private async Task<(int?, RolloutHold?)> Stage(string jobId)
    {
        var controls = await _t.Run(new DescribeJobControls(jobId));
        return (controls.Stage, controls.Hold);
    }

    /// <summary>What the rollout waits for before it comes to a thing.</summary>
    private async Task<(BlockageCause, string?, long?)> Waits(string thingName)
    {
        var blockage = Assert.Single((await _t.Run(new ListJobBlockages("j") { ThingName = thingName })).Blockages);
        Assert.Null(blockage.Until);
        return (blockage.Cause, blockage.Detail, blockage.Position);
    }
}
