using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Portal.Vitals;

namespace IoTJobsToolkit.Portal.Tests.Vitals;

public sealed class TroubleTests : PulseTest
{
    private Task<PulseSnapshot> SeeAsync(TroubleKind kind) => SeeAsync(snapshot => snapshot.Troubles.Any(trouble => trouble.Kind == kind));

    private static Trouble The(PulseSnapshot snapshot, TroubleKind kind) => Assert.Single(snapshot.Troubles, trouble => trouble.Kind == kind);

    private Task SetConnectedAsync(string thing, bool isConnected) =>
        Fleet.Engine.Broker.KeepConnectivityAsync([new(thing, isConnected, Clock.GetUtcNow(), "client", isConnected ? null : DisconnectReason.CONNECTION_LOST)]);

    [Fact]
    public async Task A_job_whose_devices_work_needs_nobody()
    {
        var things = await Fleet.AddThingsAsync(3);
        await Fleet.AddJobAsync("fw", things);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS);
        Pass(14);

        var snapshot = await SeeAsync(seen => seen.Running is [{ Counts.InProgress: 1 }]);

        Assert.Empty(snapshot.Troubles);
        Assert.Equal(0, snapshot.NeedPerson);
    }

    [Fact]
    public async Task An_abort_is_near_with_the_failures_that_are_left()
    {
        var things = await Fleet.AddThingsAsync(40);
        await Fleet.AddJobAsync("fw", things, create => create with { AbortConfig = CancelAt(10, 34) });
        foreach (var thing in things[..3])
        {
            await Fleet.ReportAsync("fw", thing, JobExecutionStatus.FAILED);
        }
        foreach (var thing in things[3..36])
        {
            await Fleet.ReportAsync("fw", thing, JobExecutionStatus.SUCCEEDED);
        }

        var trouble = The(await SeeAsync(seen => seen.Running is [{ Counts.Completed: 36 }] && seen.NeedPerson == 1), TroubleKind.AbortNear);

        Assert.Equal(("fw", 1), (trouble.JobId, trouble.Count)); // 4 of 37 are 10.8 %.
        await Fleet.ReportAsync("fw", things[36], JobExecutionStatus.FAILED);
        await SeeAsync(seen => seen.NeedPerson == 0 && seen.Running.Count == 0);
        Assert.Equal("CANCELED", (await Fleet.JobAsync("fw")).Status.ToString());
    }

    [Fact]
    public async Task An_abort_which_the_executions_that_are_left_cannot_cause_is_not_near()
    {
        var things = await Fleet.AddThingsAsync(10);
        await Fleet.AddJobAsync("fw", things, create => create with { AbortConfig = CancelAt(50, 1) });
        foreach (var thing in things[..5])
        {
            await Fleet.ReportAsync("fw", thing, JobExecutionStatus.SUCCEEDED);
        }
        foreach (var thing in things[5..8])
        {
            await Fleet.ReportAsync("fw", thing, JobExecutionStatus.FAILED);
        }
        Assert.Equal(2, The(await SeeAsync(TroubleKind.AbortNear), TroubleKind.AbortNear).Count); // 5 of 10.

        await Fleet.ReportAsync("fw", things[8], JobExecutionStatus.SUCCEEDED);

        var snapshot = await SeeAsync(seen => seen.Running is [{ Counts.Completed: 9 }]);
        Assert.Empty(snapshot.Troubles); // 4 of 10 at the most.
    }

    [Fact]
    public async Task Devices_in_progress_which_report_nothing_for_a_quarter_of_an_hour_are_silent_until_they_do()
    {
        var things = await Fleet.AddThingsAsync(3);
        await Fleet.AddJobAsync("fw", things);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS);
        Pass(1);
        await Fleet.ReportAsync("fw", things[1], JobExecutionStatus.IN_PROGRESS);
        Pass(13);
        await Fleet.ReportAsync("fw", things[2], JobExecutionStatus.IN_PROGRESS);
        Pass(2);

        var trouble = The(await SeeAsync(seen => seen.Troubles is [{ Count: 2 }]), TroubleKind.DevicesSilent);
        Assert.Equal((things[0], Clock.GetUtcNow().AddMinutes(-16)), (trouble.Detail, trouble.At));

        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS);
        Assert.Equal(things[1], The(await SeeAsync(seen => seen.Troubles is [{ Count: 1 }]), TroubleKind.DevicesSilent).Detail);
        await Fleet.ReportAsync("fw", things[1], JobExecutionStatus.SUCCEEDED);
        await SeeAsync(seen => seen.Troubles.Count == 0);
    }

    [Fact]
    public async Task A_device_which_is_disconnected_in_its_work_is_silent_after_five_minutes_unless_it_comes_back()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("fw", things);
        foreach (var thing in things)
        {
            await SetConnectedAsync(thing, true);
            await Fleet.ReportAsync("fw", thing, JobExecutionStatus.IN_PROGRESS);
            Pass(0.5);
            await SetConnectedAsync(thing, false);
        }
        await SeeAsync(seen => seen.ConnectedThings == 0 && seen.Running is [{ Counts.InProgress: 2 }]);
        Pass(2);
        await SetConnectedAsync(things[1], true);
        await SeeAsync(seen => seen.ConnectedThings == 1);
        Pass(3);

        var trouble = The(await SeeAsync(seen => seen.Troubles is [{ Count: 1 }]), TroubleKind.DevicesSilent);

        Assert.Equal((1, things[0]), (trouble.Count, trouble.Detail));
    }

    [Fact]
    public async Task Devices_silent_for_a_day_wake_nobody_any_more()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("fw", things);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS);
        await SeeAsync(seen => seen.Running is [{ Counts.InProgress: 1 }]);
        Pass(24 * 60);

        var snapshot = await SeeAsync(TroubleKind.DevicesSilentForLong);

        Assert.Equal(0, snapshot.NeedPerson);
    }

    [Fact]
    public async Task A_timeout_is_coming_when_half_of_its_time_has_passed_and_no_more_than_an_hour_is_left()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("short", things[..1], create => create with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 20 } });
        await Fleet.AddJobAsync("long", things[1..], create => create with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 600 } });
        await Fleet.ReportAsync("short", things[0], JobExecutionStatus.IN_PROGRESS);
        await Fleet.ReportAsync("long", things[1], JobExecutionStatus.IN_PROGRESS);
        var began = Clock.GetUtcNow();
        Pass(9);
        Assert.Empty((await SeeAsync(seen => seen.Running.Sum(job => job.Counts.InProgress) == 2)).Troubles);
        Pass(1);

        var trouble = The(await SeeAsync(TroubleKind.TimeoutsComing), TroubleKind.TimeoutsComing);
        Assert.Equal(("short", 1, things[0], began.AddMinutes(20)), (trouble.JobId, trouble.Count, trouble.Detail, trouble.At));

        await Fleet.ReportAsync("short", things[0], JobExecutionStatus.SUCCEEDED);
        Pass(529);
        await SeeAsync(seen => seen.Troubles.All(other => other.Kind != TroubleKind.TimeoutsComing));
        Pass(1);
        Assert.Equal("long", The(await SeeAsync(TroubleKind.TimeoutsComing), TroubleKind.TimeoutsComing).JobId);
    }

    [Fact]
    public async Task A_step_timer_counts_from_the_report_that_set_it()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("fw", things);
        Task SetStepAsync() => Fleet.Engine.As(Caller.Device(things[0])).ExecuteAsync(
            new UpdateJobExecution("fw", things[0]) { Status = JobExecutionStatus.IN_PROGRESS, StepTimeoutInMinutes = 10 }, TestContext.Current.CancellationToken);
        await SetStepAsync();
        Pass(6);
        await SeeAsync(TroubleKind.TimeoutsComing);

        await SetStepAsync();

        await SeeAsync(seen => seen.Troubles.Count == 0);
    }

    [Fact]
    public async Task A_running_job_in_which_nothing_moves_for_half_an_hour_is_stuck_until_something_does()
    {
        var things = await Fleet.AddThingsAsync(3);
        await Fleet.AddJobAsync("fw", things);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.SUCCEEDED);
        await SeeAsync(seen => seen.Running is [{ Counts.Succeeded: 1 }]);
        Pass(29);
        Assert.Empty((await SeeAsync(_ => true)).Troubles);
        Pass(1);

        var trouble = The(await SeeAsync(TroubleKind.Stuck), TroubleKind.Stuck);
        Assert.Equal(("fw", 2, Clock.GetUtcNow().AddMinutes(-30)), (trouble.JobId, trouble.Count, trouble.At));

        await Fleet.ReportAsync("fw", things[1], JobExecutionStatus.SUCCEEDED);
        await SeeAsync(seen => seen.Troubles.Count == 0);
        Pass(24 * 60);
        Assert.Equal(0, (await SeeAsync(TroubleKind.StuckForLong)).NeedPerson);
    }

    [Fact]
    public async Task A_job_of_which_only_silent_devices_are_left_is_told_once()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("fw", things);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.SUCCEEDED);
        await Fleet.ReportAsync("fw", things[1], JobExecutionStatus.IN_PROGRESS);
        await SeeAsync(seen => seen.Running is [{ Counts.InProgress: 1 }]);
        Pass(45);

        var snapshot = await SeeAsync(TroubleKind.DevicesSilent);

        Assert.Equal(1, snapshot.NeedPerson);
    }

    [Fact]
    public async Task The_job_that_starts_next_is_told_and_needs_nobody()
    {
        var things = await Fleet.AddThingsAsync(1);
        foreach (var (job, start) in new[] { ("later", "2026-11-30T05:00"), ("next", "2026-11-30T04:00") })
        {
            await Fleet.AddJobAsync(job, things, create => create with { SchedulingConfig = new() { StartTime = start } });
        }

        var snapshot = await SeeAsync(seen => seen.Troubles is [{ JobId: "next" }]);

        Assert.Equal(new DateTimeOffset(2026, 11, 30, 4, 0, 0, TimeSpan.Zero), The(snapshot, TroubleKind.WindowNext).At);
        Assert.Equal(0, snapshot.NeedPerson);
    }

    [Fact]
    public async Task A_job_which_waits_for_its_window_is_not_stuck()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("nightly", things, create => create with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            SchedulingConfig = new() { MaintenanceWindows = [new() { StartTime = "cron(0 3 * * ? *)", DurationInMinutes = 60 }] },
        });
        await SeeAsync(seen => seen.Troubles is [{ Kind: TroubleKind.WindowNext }]);
        Pass(2);
        await Fleet.Engine.PassTimeAsync(TestContext.Current.CancellationToken);
        await SeeAsync(seen => seen.Running is [{ JobId: "nightly" }]);
        Pass(62);
        await Fleet.Engine.PassTimeAsync(TestContext.Current.CancellationToken);

        var snapshot = await SeeAsync(seen => seen.Running.Count == 0 && seen.Troubles is [{ Kind: TroubleKind.WindowNext }]);

        Assert.Equal(0, snapshot.NeedPerson);
    }

    [Fact]
    public async Task The_most_pressing_comes_first()
    {
        var things = await Fleet.AddThingsAsync(12);
        await Fleet.AddJobAsync("a-stuck", things[..1]);
        await Fleet.AddJobAsync("b-silent", things[1..2]);
        await Fleet.AddJobAsync("c-abort", things[2..], create => create with { AbortConfig = CancelAt(50, 4) });
        await Fleet.ReportAsync("b-silent", things[1], JobExecutionStatus.IN_PROGRESS);
        Pass(31);
        await Fleet.ReportAsync("c-abort", things[2], JobExecutionStatus.FAILED);
        await Fleet.ReportAsync("c-abort", things[3], JobExecutionStatus.FAILED);

        var snapshot = await SeeAsync(seen => seen.NeedPerson == 3 && seen.Troubles[0].Kind == TroubleKind.AbortNear && seen.Troubles[1].Kind == TroubleKind.DevicesSilent);

        Assert.Equal(["c-abort", "b-silent", "a-stuck"], snapshot.Troubles.Select(trouble => trouble.JobId));
        Assert.Equal(["c-abort", "b-silent", "a-stuck"], snapshot.Running.Select(job => job.JobId));
    }

    [Fact]
    public async Task A_deleted_job_takes_its_troubles_with_it()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("fw", things);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS);
        Pass(16);
        await SeeAsync(TroubleKind.DevicesSilent);

        await Fleet.RunAsync(new DeleteJob("fw") { Force = true });

        await SeeAsync(seen => seen is { NeedPerson: 0, HasJobs: false });
    }
}
