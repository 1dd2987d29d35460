using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Engine;
using IoTJobsToolkit.Portal.Components.Viewing;
using IoTJobsToolkit.Portal.Components.Watch;
using IoTJobsToolkit.Portal.Vitals;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class NowTroubleTests : WatchTest
{
    private static string Line(IRenderedComponent<NowPage> page) => TextOf(page, ".troubles li");

    private static string Act(IRenderedComponent<NowPage> page) => page.Find(".troubles li .act").GetAttribute("href")!;

    [Fact]
    public async Task Without_trouble_it_says_calmly_that_nothing_needs_anybody()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("fw", things);

        var page = await OpenAsync(seen => seen is { IsCounting: false, RunningCount: 1 });

        Assert.Equal("Nothing needs anybody. 1 job is running.", TextOf(page, "#troubles"));
        Assert.Empty(page.FindAll(".troubles li"));
    }

    [Fact]
    public async Task An_abort_that_is_near_says_its_distance()
    {
        var things = await Fleet.AddThingsAsync(20);
        await Fleet.AddJobAsync("fw-7", things, create => create with { AbortConfig = CancelAt(30, 10) });
        foreach (var thing in things[..2])
        {
            await Fleet.ReportAsync("fw-7", thing, JobExecutionStatus.FAILED);
        }
        foreach (var thing in things[2..8])
        {
            await Fleet.ReportAsync("fw-7", thing, JobExecutionStatus.SUCCEEDED);
        }

        var page = await OpenAsync(seen => seen is { NeedPerson: 1, Running: [{ Counts.Completed: 8 }] });

        Assert.Equal("1 thing needs a person", TextOf(page, "#troubles"));
        Assert.Equal("2 failures left fw-7 25% of 30% failed: 2 more failures cancel it. Look at its failures", Line(page));
        Assert.Equal("portal/jobs/fw-7?status=FAILED,TIMED_OUT,REJECTED", Act(page));
    }

    [Fact]
    public async Task A_paused_job_is_named_with_who_paused_it_and_is_not_stuck()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("fw", things);
        await Fleet.RunAsync(new PauseJob("fw") { Comment = "look at the logs" });
        Pass(45);

        var page = await OpenAsync(seen => seen.Troubles is [{ Kind: TroubleKind.Paused }]);

        Assert.Equal("Nothing needs anybody. 1 job is running.", TextOf(page, "#troubles"));
        Assert.EndsWith("look at the logs Look at the job", Line(page), StringComparison.Ordinal);
        Assert.StartsWith("paused fw for 45 min, by ", Line(page), StringComparison.Ordinal);
        Assert.Equal("portal/jobs/fw", Act(page));
    }

    [Fact]
    public async Task A_job_that_awaits_approval_needs_a_person()
    {
        var things = await Fleet.AddThingsAsync(1);
        var job = new CreateJob("fw", [Fleet.ThingArn(things[0])]) { Document = "{}" };
        await Fleet.Operator.ExecuteAsync(new CreateControlledJob(job) { RequireApproval = true, ApprovalWithinMinutes = 120 }, Xunit.TestContext.Current.CancellationToken);

        var page = await OpenAsync(seen => seen.Troubles is [{ Kind: TroubleKind.AwaitsApproval }]);

        Assert.StartsWith("1 ", TextOf(page, "#troubles"), StringComparison.Ordinal);
        Assert.StartsWith("awaits approval fw of somebody other than ", Line(page), StringComparison.Ordinal);
        Assert.EndsWith("without it the job is canceled in 2 h. Approve or deny it", Line(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_paused_itself_needs_a_person()
    {
        var things = await Fleet.AddThingsAsync(2);
        var job = new CreateJob("fw", [.. things.Select(Fleet.ThingArn)]) { Document = "{}" };
        await Fleet.RunAsync(new CreateControlledJob(job)
        {
            PauseCriteriaList = [new() { FailureType = JobExecutionFailureType.ALL, ThresholdPercentage = 10, MinNumberOfExecutedThings = 1 }],
        });
        await Fleet.Engine.PassTimeAsync(Xunit.TestContext.Current.CancellationToken);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.FAILED);
        Pass(45);

        var page = await OpenAsync(seen => seen is { NeedPerson: 1, Troubles: [{ Kind: TroubleKind.PausedItself }] });

        Assert.Equal(
            "paused itself fw 45 min ago: Paused automatically: ALL 1 of 1 executions (100%), threshold 10%, minimum 1. Look at its failures, then resume or cancel it",
            Line(page));
    }

    [Fact]
    public async Task A_rollout_that_nothing_moves_past_its_stage_needs_a_person()
    {
        var things = await Fleet.AddThingsAsync(2);
        var job = new CreateJob("fw", [.. things.Select(Fleet.ThingArn)]) { Document = "{}" };
        await Fleet.RunAsync(new CreateControlledJob(job) { Stages = [new(1) { SuccessPercentage = 100 }] });
        await Fleet.Engine.PassTimeAsync(Xunit.TestContext.Current.CancellationToken);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.FAILED);
        Pass(45);

        var page = await OpenAsync(seen => seen is { NeedPerson: 1, Troubles: [{ Kind: TroubleKind.AtStage }] });

        Assert.Equal("rollout stands fw for 45 min, at stage 1 of 1: nothing will move it by itself. Advance or cancel it", Line(page));
        Assert.Equal("portal/jobs/fw", Act(page));
    }

    [Fact]
    public async Task A_job_that_waits_for_one_that_was_canceled_needs_a_person()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("first", things);
        var job = new CreateJob("then", [.. things.Select(Fleet.ThingArn)]) { Document = "{}" };
        await Fleet.RunAsync(new CreateControlledJob(job) { DependsOn = ["first"] });
        await Fleet.RunAsync(new CancelJob("first"));

        var page = await OpenAsync(seen => seen is { NeedPerson: 1, Troubles: [{ Kind: TroubleKind.DependencyLost }] });

        Assert.Equal("waits in vain then for first, which was not completed. Advance or cancel it", Line(page));
    }

    [Fact]
    public async Task A_silent_device_is_named_and_its_thing_is_where_to_look()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("fw", things);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS);
        Pass(17);

        var page = await OpenAsync(seen => seen.NeedPerson == 1);

        Assert.Equal("1 device silent fw in progress on thing-0001, which was last heard 17 min ago. Look at the thing", Line(page));
        Assert.Equal("portal/things/thing-0001", Act(page));
    }

    [Fact]
    public async Task Silent_devices_are_counted_with_the_longest_silence_which_grows_on_an_open_page()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("fw", things);
        await Fleet.ReportAsync("fw", things[1], JobExecutionStatus.IN_PROGRESS);
        Pass(1);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS);
        Pass(16);
        var page = await OpenAsync(seen => seen.Troubles is [{ Count: 2 }]);
        Assert.Equal("2 devices silent fw in progress, the longest thing-0002 for 17 min. Look at what is in progress", Line(page));
        Assert.Equal("portal/jobs/fw?status=IN_PROGRESS", Act(page));

        Pass(50);

        await PaintsAsync(page, () => Line(page).Contains("the longest thing-0002 for 1 h 7 min.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Coming_timeouts_say_when_the_first_comes()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("fw", things, create => create with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 20 } });
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS);
        await Fleet.ReportAsync("fw", things[1], JobExecutionStatus.IN_PROGRESS);
        Pass(12);

        var page = await OpenAsync(seen => seen.Troubles is [{ Count: 2 }]);

        Assert.Equal("2 timeouts coming fw within the hour, the first on thing-0001 in 8 min. Look at what is in progress", Line(page));
    }

    [Fact]
    public async Task A_stuck_job_says_for_how_long_nothing_has_moved()
    {
        var things = await Fleet.AddThingsAsync(3);
        await Fleet.AddJobAsync("fw", things);
        await SeeAsync(seen => seen.RunningCount == 1);
        Pass(47);

        var page = await OpenAsync(seen => seen.NeedPerson == 1);

        Assert.Equal("3 executions stuck fw nothing has moved for 47 min. Look at the job", Line(page));
    }

    [Fact]
    public async Task The_next_start_is_told_in_the_viewers_time()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("nightly", things, create => create with { SchedulingConfig = new() { StartTime = "2026-11-30T04:30" } });
        await SeeAsync(seen => seen.Troubles.Count == 1);

        var page = Render<NowPage>(parameters => parameters.AddCascadingValue(
            new Viewer("ops", Engine.Access.AccessRole.VIEWER, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"))));

        Assert.Equal("Nothing needs anybody. No job is running.", TextOf(page, "#troubles"));
        Assert.Equal("next start nightly in 1 h 30 min, at 13:30 Look at the job", Line(page));
        Assert.Contains("2026-11-30 04:30:00 UTC", page.Find(".troubles time").GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_there_is_no_room_for_is_behind_a_link()
    {
        var things = await Fleet.AddThingsAsync(1);
        for (var i = 0; i < 9; i++)
        {
            await Fleet.AddJobAsync($"fw-{i}", things);
        }
        await SeeAsync(seen => seen.RunningCount == 9);
        Pass(31);

        var page = await OpenAsync(seen => seen.NeedPerson == 9);

        var lines = TextsOf(page, ".troubles li");
        Assert.Equal(6, lines.Count);
        Assert.Equal("1 execution stuck fw-5 nothing has moved for 31 min. and 3 more jobs like this Look at the job", lines[5]);
        Assert.Equal("portal/jobs?status=IN_PROGRESS", page.Find(".troubles a.more").GetAttribute("href"));
    }
}

public sealed class NowDeletionTests : WatchTest
{
    [Fact]
    public async Task Deletions_at_the_limit_say_that_more_are_refused()
    {
        var things = await Fleet.AddThingsAsync(1);
        Fleet.Engine.Configure(new() { DeletionPaused = true });
        for (var i = 0; i < 10; i++)
        {
            await Fleet.AddJobAsync($"fw-{i}", things);
            await Fleet.RunAsync(new DeleteJob($"fw-{i}") { Force = true });
        }

        var page = await OpenAsync(seen => seen.NeedPerson == 1);

        Assert.Equal("10 deletions are in progress, the most at a time: more are refused until one is done. Look at them", TextOf(page, ".troubles li"));
        Assert.Equal("portal/jobs?status=DELETION_IN_PROGRESS", page.Find(".act").GetAttribute("href"));
    }
}

public sealed class NowStoppedTests : WatchTest
{
    private readonly HookedStore _store;

    public NowStoppedTests()
        : this(new())
    {
    }

    private NowStoppedTests(HookedStore store)
        : base(store) => _store = store;

    [Fact]
    public async Task A_stopped_engine_is_told_on_an_open_page_with_the_next_step()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("fw", things);
        var page = await OpenAsync(seen => seen.RunningCount == 1);

        _store.OnCommit = _ => throw new StoreFailedException("disk full", new IOException());
        await Assert.ThrowsAsync<JobsException>(() => Fleet.AddThingsAsync(1, "more-"));

        await PaintsAsync(page, () => page.FindAll(".troubles li.bad").Count == 1);
        Assert.Contains("disk full", TextOf(page, ".troubles li"), StringComparison.Ordinal);
        Assert.Contains("restart the server", TextOf(page, ".troubles li .act"), StringComparison.Ordinal);
    }
}

public sealed class NowCountingTests : WatchTest
{
    private readonly HookedStore _store;
    private readonly Gate _gate = new();

    public NowCountingTests()
        : this(new())
    {
    }

    private NowCountingTests(HookedStore store)
        : base(store) => _store = store;

    protected override async Task PrepareAsync()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("fw", things);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS);
        Pass(20);
        _store.OnRead = name =>
        {
            if (name == nameof(IJobsStore.ReadExecutions))
            {
                _gate.Pass();
            }
        };
    }

    [Fact]
    public async Task While_what_was_before_is_read_the_page_says_so()
    {
        var page = await OpenAsync(seen => seen.IsCounting);
        Assert.Contains("Still counting", TextOf(page, "[role=status]"), StringComparison.Ordinal);
        Assert.Equal("Nothing seen so far that needs a person; still counting.", TextOf(page, "#troubles"));
        Assert.Equal("fw", TextOf(page, ".running td.job"));

        _gate.Open();

        await PaintsAsync(page, () => page.FindAll("[role=status]").Count == 0);
        Assert.Contains("1 device silent", TextOf(page, ".troubles li"), StringComparison.Ordinal);
    }
}
