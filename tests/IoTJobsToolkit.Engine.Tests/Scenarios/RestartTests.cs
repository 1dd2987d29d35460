using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>What failed is tried once more: in its job while that has not ended, else in a new one that is made of it.</summary>
public class RestartTests : IDisposable
{
    private readonly TestEngine _t;

    public RestartTests()
        : this(isCut: false)
    {
    }

    protected RestartTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_failed_execution_of_a_running_job_gets_another_attempt_beside_the_first()
    {
        await Fail("j", "a", FAILED);

        var restarted = await _t.Run(new RestartJobExecution("j", "a"));
        Assert.Equal(2, restarted.ExecutionNumber);
        Assert.Equal("2 0 0 1 0 0 0 0", await _t.Counts("j"));
        Assert.Equal("j", (await _t.StartNext("a"))!.JobId);
        await _t.Report("j", "a", SUCCEEDED);
        Assert.Equal("1 0 1 1 0 0 0 0", await _t.Counts("j"));
        var created = (await _t.Run(new ListJobExecutionHistory("j") { ThingName = "a" })).Changes.Single(change => change is { ExecutionNumber: 2, From: null });
        Assert.Equal((ChangeOrigin.Operator, "admin"), (created.Origin, created.By));
    }

    [Theory]
    [InlineData(REJECTED)]
    [InlineData(FAILED)]
    [InlineData(TIMED_OUT)]
    [InlineData(CANCELED)]
    public async Task Whatever_ended_without_success_may_be_tried_again(JobExecutionStatus status)
    {
        await Fail("j", "a", status);

        await _t.Run(new RestartJobExecution("j", "a"));
        Assert.Equal(QUEUED, (await _t.Execution("j", "a")).Status);
    }

    [Fact]
    public async Task Retries_begin_anew_after_a_restart()
    {
        await Create("j", job => job with
        {
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 1 }] },
        });
        await Report("j", "a", FAILED);
        await Report("j", "a", FAILED);
        Assert.Equal("1 0 0 2 0 0 0 0", await _t.Counts("j"));

        await _t.Run(new RestartJobExecution("j", "a"));
        await Report("j", "a", FAILED);
        Assert.Equal("2 0 0 3 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task A_restart_of_a_paused_job_waits_for_the_end_of_the_pause()
    {
        await Fail("j", "a", FAILED);
        await _t.Run(new PauseJob("j"));

        Assert.Null((await _t.Run(new RestartJobExecution("j", "a"))).ExecutionNumber);
        await Refused(_t.Run(new RestartJobExecution("j", "a")), JobsError.InvalidRequest);
        Assert.Empty((await _t.Run(new ListJobFailures("j") { IsLatest = true })).Failures);
        await _t.At(600);
        Assert.Equal("1 0 0 1 0 0 0 0", await _t.Counts("j"));

        await _t.Run(new ResumeJob("j"));
        await _t.At(601);
        Assert.Equal("2 0 0 1 0 0 0 0", await _t.Counts("j"));
        var created = (await _t.Run(new ListJobExecutionHistory("j") { ThingName = "a" })).Changes.Single(change => change is { ExecutionNumber: 2, From: null });
        Assert.Equal((ChangeOrigin.Operator, "admin"), (created.Origin, created.By));
    }

    [Fact]
    public async Task A_restart_outside_a_maintenance_window_waits_for_the_next()
    {
        await Create("j", job => job with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            SchedulingConfig = new() { MaintenanceWindows = [new() { StartTime = "cron(0 12 * * ? *)", DurationInMinutes = 60 }] },
        });
        await _t.At(2.5 * 3600); // 12:30
        await Report("j", "a", FAILED);
        await _t.At(4 * 3600);

        Assert.Null((await _t.Run(new RestartJobExecution("j", "a"))).ExecutionNumber);
        await _t.At(25 * 3600);
        Assert.Equal("1 0 0 1 0 0 0 0", await _t.Counts("j"));
        await _t.At(26 * 3600);
        Assert.Equal("2 0 0 1 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task What_cannot_be_restarted_is_refused_with_the_reason()
    {
        await Create("j");
        await Says(new("j", "a"), JobsError.InvalidStateTransition, "is QUEUED");
        await _t.StartNext("a");
        await Says(new("j", "a"), JobsError.InvalidStateTransition, "is IN_PROGRESS");
        await _t.Report("j", "a", SUCCEEDED);
        await Says(new("j", "a"), JobsError.InvalidStateTransition, "is SUCCEEDED");
        await Says(new("k", "a"), JobsError.ResourceNotFound, "job k");
        await Says(new("j", "c"), JobsError.ResourceNotFound, "c");
        await Report("j", "b", FAILED);
        await Says(new("j", "b"), JobsError.InvalidRequest, "is COMPLETED; restart the job");
    }

    [Fact]
    public async Task A_thing_that_left_a_continuous_job_gets_no_other_attempt()
    {
        await _t.Group("g", 1);
        await _t.Create("j", GroupArn("g"), job => job with { TargetSelection = TargetSelection.CONTINUOUS });
        await _t.At(1);
        var thing = Member("g", 0);
        await Report("j", thing, FAILED);
        await _t.Run(new RemoveThingFromThingGroup { ThingGroupName = "g", ThingName = thing });

        await Says(new("j", thing), JobsError.InvalidRequest, "no longer a target");
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = thing });
        await Says(new("j", thing), JobsError.InvalidStateTransition, "is QUEUED"); // It joined anew.
    }

    [Fact]
    public async Task Of_a_job_that_has_ended_a_new_one_is_made_with_its_document_and_configuration()
    {
        await Create("j", job => job with
        {
            Document = """{"op":"install","v":7}""",
            Description = "firmware",
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 5 },
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 10 },
            AbortConfig = new() { CriteriaList = [new() { FailureType = JobExecutionFailureType.ALL, Action = AbortAction.CANCEL, ThresholdPercentage = 80, MinNumberOfExecutedThings = 5 }] },
            JobExecutionsRetryConfig = null,
            Tags = [new() { Key = "team", Value = "ops" }],
        });
        await Report("j", "a", SUCCEEDED);
        await Report("j", "b", FAILED);
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("j")).Status);
        await _t.At(60);

        var restarted = await _t.Run(new RestartJob("j", "j-2", [ThingArn("b")]) { Comment = "after the fix" });
        Assert.Equal(new("j", "j-2", "arn:aws:iot:us-east-1:123456789012:job/j-2"), restarted);
        await _t.At(61);
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("j-2"));
        var (before, after) = (await _t.Job("j"), await _t.Job("j-2"));
        Assert.Equivalent(
            (before.Description, before.TimeoutConfig, before.JobExecutionsRolloutConfig, before.AbortConfig),
            (after.Description, after.TimeoutConfig, after.JobExecutionsRolloutConfig, after.AbortConfig));
        Assert.Equal("""{"op":"install","v":7}""", (await _t.Run(new GetJobDocument("j-2"))).Document);
        Assert.Equal("ops", Assert.Single((await _t.Run(new ListTagsForResource(restarted.NewJobArn))).Tags).Value);
        Assert.Contains(("restarted", "as j-2: after the fix"), (await _t.Run(new ListJobHistory("j"))).Changes.Select(change => (change.What, change.Details)));
        Assert.Contains(("created", "restart of j"), (await _t.Run(new ListJobHistory("j-2"))).Changes.Select(change => (change.What, change.Details)));
    }

    [Fact]
    public async Task A_restarted_job_keeps_to_its_maintenance_windows_and_leaves_start_and_end_behind()
    {
        await Create("windows", job => job with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            SchedulingConfig = new() { MaintenanceWindows = [new() { StartTime = "cron(0 12 * * ? *)", DurationInMinutes = 60 }] },
        });
        await Create("times", job => job with
        {
            SchedulingConfig = new() { StartTime = "2026-12-01T11:00", EndTime = "2026-12-01T13:00", EndBehavior = JobEndBehavior.CANCEL },
        });
        await _t.At(4 * 3600);
        await _t.Run(new CancelJob("windows"));

        await _t.Run(new RestartJob("windows", "windows-2", [ThingArn("a")]));
        await _t.Run(new RestartJob("times", "times-2", [ThingArn("a")]));
        await _t.At((4 * 3600) + 1);
        var (windows, times) = (await _t.Job("windows-2"), await _t.Job("times-2"));
        Assert.Equal((JobStatus.SCHEDULED, TargetSelection.CONTINUOUS, 60), (windows.Status, windows.TargetSelection, windows.SchedulingConfig!.MaintenanceWindows![0].DurationInMinutes));
        Assert.Equal((JobStatus.IN_PROGRESS, TargetSelection.SNAPSHOT, null), (times.Status, times.TargetSelection, times.SchedulingConfig));
    }

    [Fact]
    public async Task A_job_that_runs_or_a_taken_id_is_refused_and_makes_no_job()
    {
        await Fail("j", "a", FAILED);
        Assert.Contains(
            "restart its executions", (await Refused(_t.Run(new RestartJob("j", "k", [ThingArn("a")])), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
        await _t.Run(new CancelJob("j"));
        await Refused(_t.Run(new RestartJob("j", "j", [ThingArn("a")])), JobsError.ResourceAlreadyExists);
        await Refused(_t.Run(new RestartJob("j", "k", [ThingArn("x")])), JobsError.ResourceNotFound);
        await Refused(_t.Run(new RestartJob("j", "k", [])), JobsError.InvalidRequest);
        Assert.Equal(["j"], (await _t.Run(new ListJobs())).Jobs.Select(job => job.JobId));
    }

    [Fact]
    public async Task Lineage_tells_of_which_job_a_job_was_made_and_which_were_made_of_it()
    {
        await Create("j");
        await _t.Run(new CancelJob("j"));
        await _t.Run(new RestartJob("j", "second", [ThingArn("a")]));
        await _t.Run(new RestartJob("j", "again", [ThingArn("b")]));

        Assert.Equal((null, "second again"), await Lineage("j"));
        Assert.Equal(("j", ""), await Lineage("again"));
        await _t.Run(new DeleteJob("again") { Force = true });
        await _t.At(1);
        Assert.Equal((null, "second"), await Lineage("j"));
        await _t.Run(new DeleteJob("j") { Force = true });
        await _t.At(2);
        Assert.Equal(("j", ""), await Lineage("second"));
        await Create("j");
        Assert.Equal((null, ""), await Lineage("j")); // A namesake is not the job that was restarted.
    }

    [Fact]
    public async Task Nothing_of_a_restart_shows_to_AWS_but_what_a_client_could_have_done()
    {
        await Create("j");
        await _t.Run(new CancelJob("j"));
        await _t.At(60);
        await _t.Create("k", "a", job => job with { Document = """{"op":"x"}""" });
        await _t.Run(new RestartJob("j", "l", [ThingArn("a")]));
        await _t.At(61);

        Assert.Equivalent(await _t.Job("k") with { JobId = "l", JobArn = "arn:aws:iot:us-east-1:123456789012:job/l" }, await _t.Job("l"), strict: true);
    }

    private async Task<(string? Of, string Restarts)> Lineage(string jobId)
    {
        var lineage = await _t.Run(new DescribeJobLineage(jobId));
        return (lineage.RestartOf, string.Join(' ', lineage.Restarts));
    }

    private async Task Says(RestartJobExecution restart, JobsError error, string words) =>
        Assert.Contains(words, (await Refused(_t.Run(restart), error)).Message, StringComparison.Ordinal);

    /// <summary>A job for two things, of which <paramref name="thing"/> ended so.</summary>
    private async Task Fail(string jobId, string thing, JobExecutionStatus status)
    {
        await Create(jobId, job => job with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 1 } });
        if (status == CANCELED)
        {
            await _t.Run(new CancelJobExecution(jobId, thing));
        }
        else if (status == TIMED_OUT)
        {
            await _t.StartNext(thing);
            await _t.At(120);
        }
        else
        {
            await Report(jobId, thing, status);
        }
    }

    private async Task Create(string jobId, Func<CreateJob, CreateJob>? with = null)
    {
        foreach (var thing in (string[])["a", "b"])
        {
            await _t.Run(new CreateThing(thing));
        }
        await _t.Create(jobId, "a", job => (with?.Invoke(job) ?? job) with { Targets = [ThingArn("a"), ThingArn("b")] });
        await _t.At(1);
    }

    private Task<UpdateJobExecutionResponse> Report(string jobId, string thing, JobExecutionStatus status) => _t.Report(jobId, thing, status);
}
