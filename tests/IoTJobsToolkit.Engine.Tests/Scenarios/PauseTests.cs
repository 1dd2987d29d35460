using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>A job that an operator holds, and lets go on.</summary>
public class PauseTests : IDisposable
{
    private readonly TestEngine _t;

    public PauseTests()
        : this(isCut: false)
    {
    }

    protected PauseTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_paused_rollout_makes_nothing_and_makes_up_for_nothing()
    {
        await Slowly("j", 5);
        await _t.At(60);
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("j"));

        await _t.At(90);
        await Pause("j", "too many calls");
        await _t.At(3600);
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("j"));

        await _t.At(3610);
        await Resume("j");
        await _t.At(3611);
        Assert.Equal("3 0 0 0 0 0 0 0", await _t.Counts("j"));
        await _t.At(3669);
        Assert.Equal("3 0 0 0 0 0 0 0", await _t.Counts("j"));
        await _t.At(3670);
        Assert.Equal("4 0 0 0 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task Pauses_make_no_rollout_faster()
    {
        await Slowly("j", 5);
        foreach (var second in (int[])[10, 20, 30])
        {
            await _t.At(second);
            await Pause("j");
            await Resume("j");
        }
        await _t.At(59);
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("j"));
        await _t.At(60);
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task Devices_do_not_get_to_see_what_is_queued_and_end_what_they_have_begun()
    {
        await _t.Group("g", 2);
        await _t.Create("j", GroupArn("g"));
        await _t.At(1);
        var (runs, waits) = (Member("g", 0), Member("g", 1));
        await _t.StartNext(runs);
        await Pause("j");

        Assert.Null(await _t.StartNext(waits));
        Assert.Empty((await Pending(waits)).QueuedJobs);
        await Refused(_t.Report("j", waits, IN_PROGRESS), JobsError.InvalidStateTransition);
        await _t.Report("j", runs, SUCCEEDED);
        Assert.Equal("1 0 1 0 0 0 0 0", await _t.Counts("j"));

        await Resume("j");
        Assert.Equal("j", (await _t.StartNext(waits))!.JobId);
    }

    [Fact]
    public async Task Timers_run_on_and_their_retries_wait_for_the_end_of_the_pause()
    {
        await _t.Things("lamp");
        await _t.Create("j", "lamp", job => job with
        {
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 1 },
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = 1 }] },
        });
        await _t.At(1);
        await _t.StartNext("lamp");
        await Pause("j");
        await _t.At(3600);
        Assert.Equal("0 0 0 0 1 0 0 0", await _t.Counts("j"));
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j")).Status);

        await Resume("j");
        await _t.At(3601);
        Assert.Equal("1 0 0 0 1 0 0 0", await _t.Counts("j"));
        await _t.StartNext("lamp");
        await _t.Report("j", "lamp", SUCCEEDED);
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("j")).Status);
    }

    [Fact]
    public async Task A_job_whose_last_waiting_retry_goes_with_its_thing_is_complete()
    {
        await _t.Things("lamp");
        await _t.Create("j", "lamp", job => job with
        {
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 1 }] },
        });
        await _t.At(1);
        await _t.StartNext("lamp");
        await Pause("j");
        await _t.Report("j", "lamp", FAILED);
        await _t.Run(new DeleteThing("lamp"));

        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("j")).Status);
    }

    [Fact]
    public async Task A_thing_that_joins_a_paused_continuous_job_gets_its_execution_when_that_goes_on()
    {
        await _t.Group("g", 1);
        await _t.Create("j", GroupArn("g"), job => job with { TargetSelection = TargetSelection.CONTINUOUS });
        await _t.At(1);
        await Pause("j");
        await _t.Things("late", "later");
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "late" });
        await _t.Run(new AssociateTargetsWithJob("j", [ThingArn("later")]));
        await _t.At(600);
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("j"));

        await Resume("j");
        await _t.At(601);
        Assert.Equal("3 0 0 0 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task A_start_time_that_comes_while_the_job_is_paused_shows_but_creates_nothing()
    {
        await _t.Group("g", 2);
        await _t.Create("j", GroupArn("g"), job => job with { SchedulingConfig = new() { StartTime = "2026-12-01T12:00" } });
        await Pause("j");
        await _t.At(3 * 3600);
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j")).Status);
        Assert.Equal("0 0 0 0 0 0 0 0", await _t.Counts("j"));

        await Resume("j");
        await _t.At((3 * 3600) + 1);
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task A_pause_that_ends_outside_a_maintenance_window_waits_for_the_next()
    {
        await _t.Group("g", 2);
        await _t.Create("j", GroupArn("g"), job => job with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            SchedulingConfig = new() { MaintenanceWindows = [new() { StartTime = "cron(0 12 * * ? *)", DurationInMinutes = 60 }] },
        });
        await Pause("j");
        await _t.At(2.5 * 3600); // 12:30
        Assert.Equal((JobStatus.IN_PROGRESS, "0 0 0 0 0 0 0 0"), ((await _t.Job("j")).Status, await _t.Counts("j")));
        await _t.At(4 * 3600);
        await Resume("j");
        await _t.At(25 * 3600);
        Assert.Equal("0 0 0 0 0 0 0 0", await _t.Counts("j"));
        await _t.At(26 * 3600);
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task An_end_time_and_a_cancel_do_what_they_always_do()
    {
        await _t.Group("g", 2);
        await _t.Create("ends", GroupArn("g"), job => job with
        {
            SchedulingConfig = new() { StartTime = "2026-12-01T11:00", EndTime = "2026-12-01T13:00", EndBehavior = JobEndBehavior.CANCEL },
        });
        await _t.Create("canceled", GroupArn("g"));
        await _t.At(3601);
        await Pause("ends");
        await Pause("canceled");
        await _t.Run(new CancelJob("canceled"));
        await _t.At(4 * 3600);

        Assert.Equal((JobStatus.COMPLETED, "0 0 0 0 0 0 0 2"), ((await _t.Job("ends")).Status, await _t.Counts("ends")));
        Assert.Equal((JobStatus.CANCELED, "0 0 0 0 0 0 0 2"), ((await _t.Job("canceled")).Status, await _t.Counts("canceled")));
        Assert.Empty((await _t.Run(new ListPausedJobs())).Jobs);
    }

    [Fact]
    public async Task A_paused_job_looks_to_AWS_as_it_did_before()
    {
        await Slowly("j", 5);
        await _t.At(30);
        var before = await _t.Run(new DescribeJob("j"));
        var listed = await _t.Run(new ListJobs());
        await _t.At(40);
        await Pause("j", "look at the logs");

        Assert.Equivalent(before, await _t.Run(new DescribeJob("j")), strict: true);
        Assert.Equivalent(listed, await _t.Run(new ListJobs()), strict: true);
    }

    [Fact]
    public async Task A_pause_tells_since_when_by_whom_and_why()
    {
        await Slowly("a", 2);
        await _t.Create("b", GroupArn("a"));
        await _t.At(30);
        await Pause("a", "look at the logs");

        var paused = Assert.Single((await _t.Run(new ListPausedJobs())).Jobs);
        Assert.Equal(new("a", T0.AddSeconds(30), "admin") { Comment = "look at the logs" }, paused);
        Assert.Empty((await _t.Run(new ListPausedJobs { JobId = "b" })).Jobs);
        await _t.At(40);
        await Resume("a");
        Assert.Empty((await _t.Run(new ListPausedJobs { JobId = "a" })).Jobs);
        var history = (await _t.Run(new ListJobHistory("a"))).Changes.Where(change => change.What is "paused" or "resumed");
        Assert.Equal(
            [("paused", T0.AddSeconds(30), "admin", "look at the logs"), ("resumed", T0.AddSeconds(40), "admin", null)],
            history.Select(change => (change.What, change.At, change.By, change.Details)));
    }

    [Fact]
    public async Task Pages_of_paused_jobs_hold_each_once()
    {
        await _t.Things("lamp");
        foreach (var id in (string[])["c", "a", "d", "b"])
        {
            await _t.Create(id, "lamp");
            await Pause(id);
        }
        var first = await _t.Run(new ListPausedJobs { MaxResults = 3 });
        var second = await _t.Run(new ListPausedJobs { MaxResults = 3, NextToken = first.NextToken });

        Assert.Equal(["a", "b", "c", "d"], first.Jobs.Concat(second.Jobs).Select(job => job.JobId));
        Assert.Null(second.NextToken);
    }

    [Fact]
    public async Task What_cannot_be_paused_or_resumed_is_refused_with_the_reason()
    {
        await _t.Things("lamp");
        await _t.Create("j", "lamp");
        Assert.Contains("not paused", (await Refused(_t.Run(new ResumeJob("j")), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
        await Pause("j");
        Assert.Contains("by admin", (await Refused(_t.Run(new PauseJob("j")), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
        await _t.Run(new CancelJob("j"));
        await Refused(_t.Run(new PauseJob("j")), JobsError.InvalidRequest);
        await Refused(_t.Run(new ResumeJob("j")), JobsError.InvalidRequest);
        await Refused(_t.Run(new PauseJob("k")), JobsError.ResourceNotFound);
    }

    private async Task Slowly(string jobId, int things)
    {
        await _t.Group(jobId, things);
        await _t.Create(jobId, GroupArn(jobId), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        await _t.At(0);
    }

    private async Task Pause(string jobId, string? comment = null)
    {
        var answer = await _t.Run(new PauseJob(jobId) { Comment = comment });
        Assert.Equal((jobId, "admin", comment), (answer.JobId, answer.PausedBy, answer.Comment));
    }

    private async Task Resume(string jobId) => await _t.Run(new ResumeJob(jobId));

    private Task<GetPendingJobExecutionsResponse> Pending(string thing) =>
        _t.Device(thing).ExecuteAsync(new GetPendingJobExecutions(thing), TestContext.Current.CancellationToken);
}
