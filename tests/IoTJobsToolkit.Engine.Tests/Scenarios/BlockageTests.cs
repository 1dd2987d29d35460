using IoTJobsToolkit.Engine.Blockages;
using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using static IoTJobsToolkit.Engine.Blockages.BlockageCause;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>Why is it waiting: each cause, with the instant at which it should move.</summary>
public class BlockageTests : IDisposable
{
    private readonly TestEngine _t;

    public BlockageTests()
        : this(isCut: false)
    {
    }

    protected BlockageTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task What_the_rollout_has_not_come_to_waits_for_its_minute_in_its_place()
    {
        await Slowly("j", 5, perMinute: 2);
        await _t.At(1);

        Assert.Equal(
            [(Member("j", 2), 1L, (double?)60), (Member("j", 3), 2, 60), (Member("j", 4), 3, 120)],
            (await All("j")).Where(blockage => blockage.Cause == ROLLOUT_RATE).Select(blockage => (blockage.ThingName!, blockage.Position!.Value, Second(blockage.Until))));
        await _t.At(60);
        Assert.Equal((ROLLOUT_RATE, 1L, 120), Rate(await One("j", Member("j", 4))));
        await _t.At(120);
        Assert.Equal(NEVER_CONNECTED, (await One("j", Member("j", 4))).Cause);
    }

    [Fact]
    public async Task The_instant_of_the_rollout_is_that_at_which_the_execution_comes()
    {
        await _t.Group("j", 40);
        await _t.Create("j", GroupArn("j"), job => job with
        {
            JobExecutionsRolloutConfig = new()
            {
                ExponentialRate = new() { BaseRatePerMinute = 2, IncrementFactor = 1.5m, RateIncreaseCriteria = new() { NumberOfNotifiedThings = 3 } },
                MaximumPerMinute = 9,
            },
        });
        await _t.At(1);
        var told = (await All("j")).Where(blockage => blockage.Cause == ROLLOUT_RATE).ToDictionary(blockage => blockage.ThingName!, blockage => blockage.Until);
        Assert.Equal(38, told.Count);

        await _t.At(3_600);
        Assert.All((await _t.Executions("j")).Skip(2), made => Assert.Equal(told[made.ThingName], made.JobExecutionSummary.QueuedAt));
    }

    [Fact]
    public async Task A_job_that_has_not_begun_waits_for_its_start()
    {
        await _t.Group("j", 2);
        await _t.Create("j", GroupArn("j"), job => job with { SchedulingConfig = new() { StartTime = "2026-12-01T12:00" } });

        Assert.Equal(new("j", null, JOB_SCHEDULED) { Until = T0.AddHours(2) }, Assert.Single(await All("j")));
        Assert.Equal(new("j", Member("j", 1), JOB_SCHEDULED) { Until = T0.AddHours(2) }, await One("j", Member("j", 1)));
    }

    [Fact]
    public async Task Outside_its_windows_all_of_a_job_waits_for_the_next()
    {
        await Slowly("j", 2, perMinute: 1, job => job with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            SchedulingConfig = new() { MaintenanceWindows = [new() { StartTime = "cron(0 10 * * ? *)", DurationInMinutes = 1 }] },
        });
        await _t.At(600);

        Assert.Equal(
            [(WINDOW_CLOSED, 1, (double?)86_400), (WINDOW_CLOSED, null, 86_400)],
            (await All("j")).Select(blockage => (blockage.Cause, (int?)blockage.ExecutionNumber, Second(blockage.Until))));
        await _t.At(86_400);
        Assert.Equal((NEVER_CONNECTED, NEVER_CONNECTED), ((await One("j", Member("j", 0))).Cause, (await One("j", Member("j", 1))).Cause));
    }

    [Fact]
    public async Task A_paused_job_waits_for_whoever_paused_it()
    {
        await Slowly("j", 2, perMinute: 1);
        await _t.At(1);
        await _t.Run(new PauseJob("j") { Comment = "look first" });

        Assert.All(await All("j"), blockage => Assert.Equal((JOB_PAUSED, "admin: look first", 1, null), (blockage.Cause, blockage.Detail, Second(blockage.Since), blockage.Until)));
        Assert.Equal(2, (await All("j")).Count);
    }

    [Fact]
    public async Task A_retry_or_restart_that_waits_for_the_job_is_told()
    {
        await _t.Things("lamp");
        await _t.Create("j", "lamp");
        await _t.At(1);
        await _t.Report("j", "lamp", JobExecutionStatus.FAILED);
        Assert.Empty(await All("j"));

        await _t.Create("k", "lamp", job => job with
        {
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 1 }] },
        });
        await _t.At(2);
        await _t.Run(new PauseJob("k"));
        await _t.Run(new ResumeJob("k"));
        await _t.StartNext("lamp");
        await _t.Run(new PauseJob("k"));
        await _t.Report("k", "lamp", JobExecutionStatus.FAILED);

        Assert.Equal((JOB_PAUSED, null, null), Of(Assert.Single(await All("k"))));
        Assert.Equal((JOB_PAUSED, null, null), Of(await One("k", "lamp")));
    }

    [Fact]
    public async Task An_execution_waits_behind_another_job_of_its_thing()
    {
        await _t.Things("lamp");
        await _t.Create("first", "lamp", job => job with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 10 } });
        await _t.At(1);
        await _t.Create("second", "lamp");
        await _t.Create("third", "lamp");
        await _t.At(2);
        Assert.Equal((OTHER_JOB_AHEAD, "first, QUEUED", null), (await One("second", "lamp")) is var queued ? (queued.Cause, queued.Detail, queued.Until) : default);

        await _t.StartNext("lamp");
        var third = await One("third", "lamp");
        Assert.Equal((OTHER_JOB_AHEAD, "first, IN_PROGRESS, and 1 more", (double?)602), (third.Cause, third.Detail, Second(third.Until)));
        Assert.Equal((DEVICE_WORKING, 1L, JobExecutionStatus.IN_PROGRESS), Of(await One("first", "lamp")));
        Assert.Equal((2d, 602d), (Second((await One("first", "lamp")).Since), Second((await One("first", "lamp")).Until)));
    }

    [Fact]
    public async Task A_paused_job_is_not_ahead_of_others()
    {
        await _t.Things("lamp");
        await _t.Create("first", "lamp");
        await _t.At(1);
        await _t.Create("second", "lamp");
        await _t.At(2);
        await _t.Run(new PauseJob("first"));

        Assert.Equal(NEVER_CONNECTED, (await One("second", "lamp")).Cause);
    }

    [Fact]
    public async Task The_device_is_the_cause_where_nothing_else_is()
    {
        await _t.Things("lamp");
        await _t.Create("j", "lamp");
        await _t.At(1);
        Assert.Equal((NEVER_CONNECTED, 1L, JobExecutionStatus.QUEUED), Of(await One("j", "lamp")));

        await Connect("lamp", isConnected: true);
        Assert.Equal(DEVICE_IDLE, (await One("j", "lamp")).Cause);
        _t.Clock.Advance(TimeSpan.FromSeconds(29)); // Not by a restart, which ends connections.
        await Connect("lamp", isConnected: false);
        var away = await One("j", "lamp");
        Assert.Equal((NOT_CONNECTED, 30d), (away.Cause, Second(away.Since)));
        await _t.StartNext("lamp");
        Assert.Equal((NOT_CONNECTED, 1L, JobExecutionStatus.IN_PROGRESS), Of(await One("j", "lamp")));
    }

    [Fact]
    public async Task What_has_ended_or_is_no_target_waits_for_nothing()
    {
        await _t.Things("lamp", "other");
        await _t.Create("j", "lamp");
        await _t.At(1);
        Assert.Empty((await _t.Run(new ListJobBlockages("j") { ThingName = "other" })).Blockages);
        await _t.Run(new CancelJob("j"));
        await _t.At(2);
        Assert.Empty(await All("j"));
        Assert.Empty((await _t.Run(new ListJobBlockages("j") { ThingName = "lamp" })).Blockages);
        await Refused(_t.Run(new ListJobBlockages("j") { ThingName = "nobody" }), JobsError.ResourceNotFound);
        await Refused(_t.Run(new ListJobBlockages("k")), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task Pages_hold_each_thing_once_also_where_the_rollout_goes_on_between_them()
    {
        await Slowly("j", 9, perMinute: 2);
        await _t.At(1);
        var found = new List<JobBlockage>();
        string? token = null;
        var minute = 0;
        do
        {
            var page = await _t.Run(new ListJobBlockages("j") { MaxResults = 2, NextToken = token });
            Assert.InRange(page.Blockages.Count, 1, 2);
            found.AddRange(page.Blockages);
            token = page.NextToken;
            await _t.At(++minute == 3 ? 60 : 1); // Two more are made.
        }
        while (token is not null);

        Assert.Equal(Enumerable.Range(0, 9).Select(i => Member("j", i)), found.Select(blockage => blockage.ThingName));
        Assert.Equal([null, null, 1, 2, 3, 4, 3, 4, 5], found.Select(blockage => blockage.Position));
    }

    [Fact]
    public async Task A_thing_far_behind_in_a_rollout_is_found()
    {
        await Slowly("j", 4_500, perMinute: 1);
        await _t.At(1);

        Assert.Equal((ROLLOUT_RATE, 4_499L, 4_499 * 60), Rate(await One("j", Member("j", 4_499))));
    }

    private async Task Slowly(string jobId, int things, int perMinute, Func<CreateJob, CreateJob>? with = null)
    {
        await _t.Group(jobId, things);
        await _t.Create(jobId, GroupArn(jobId), job => (with?.Invoke(job) ?? job) with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = perMinute } });
    }

    private async Task<List<JobBlockage>> All(string jobId)
    {
        var found = new List<JobBlockage>();
        string? token = null;
        do
        {
            var page = await _t.Run(new ListJobBlockages(jobId) { NextToken = token });
            found.AddRange(page.Blockages);
            token = page.NextToken;
        }
        while (token is not null);
        return found;
    }

    private async Task<JobBlockage> One(string jobId, string thing) => Assert.Single((await _t.Run(new ListJobBlockages(jobId) { ThingName = thing })).Blockages);

    private static (BlockageCause, long?, JobExecutionStatus?) Of(JobBlockage blockage) => (blockage.Cause, blockage.ExecutionNumber, blockage.Status);

    private static (BlockageCause, long, int) Rate(JobBlockage blockage) => (blockage.Cause, blockage.Position!.Value, (int)Second(blockage.Until)!.Value);

    private static double? Second(DateTimeOffset? at) => (at - T0)?.TotalSeconds;

    private Task Connect(string thing, bool isConnected) => _t.Engine.Broker.KeepConnectivityAsync(
        [new ConnectivityChange(thing, isConnected, _t.Clock.GetUtcNow(), "c")], TestContext.Current.CancellationToken);
}
