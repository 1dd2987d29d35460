using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Tests.Engine;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Notifications;

/// <summary>Maintenance windows.</summary>
public sealed partial class HiddenTests
{
    private static readonly DateTimeOffset Monday = new(2026, 12, 7, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_window_that_opens_is_told_to_who_has_something_queued()
    {
        await Windowed(2);
        await At(Monday.AddMinutes(3));
        await _heard.Clear();
        await At(Monday.AddDays(1));
        await Hears("g-0000: notify [w#1] next w#1", "g-0001: notify [w#1] next w#1");
    }

    [Fact]
    public async Task A_window_that_closes_is_told_to_who_has_something_queued()
    {
        await Windowed(2);
        await At(Monday.AddMinutes(3));
        await Hears("g-0000: notify [] next -", "g-0001: notify [] next -");
    }

    [Fact]
    public async Task A_window_leaves_alone_who_runs_his_execution()
    {
        await Windowed(2);
        await _t.StartNext("g-0001");
        await At(Monday.AddMinutes(3));
        await At(Monday.AddDays(1));
        await Hears("g-0000: notify [] next -", "g-0000: notify [w#1] next w#1");
    }

    [Fact]
    public async Task A_window_changes_the_next_one_only_where_that_is_another_now()
    {
        await Windowed(1);
        await _t.At((Monday - T0).TotalSeconds + 10);
        await _t.Create("k", "g-0000");
        await _t.Report("k", "g-0000", IN_PROGRESS);
        await _heard.Clear();
        await At(Monday.AddMinutes(3));
        await Hears("g-0000: notify [k#1*]");
        await At(Monday.AddDays(1));
        await Hears("g-0000: notify [k#1* w#1]");
    }

    [Fact]
    public async Task A_window_asks_for_nobody_who_is_not_heard()
    {
        await Windowed(3);
        _ears.Hears = thing => thing == "g-0001";
        await At(Monday.AddMinutes(3));
        await Hears("g-0001: notify [] next -");
    }

    [Fact]
    public async Task Windows_that_open_and_close_while_nobody_worked_leave_what_they_left_before()
    {
        await Windowed(1);
        await At(Monday.AddMinutes(4));
        await _heard.Clear();
        await At(Monday.AddDays(2).AddHours(-1)); // Tuesday's came and went at once.
        await Hears();
        await At(Monday.AddDays(2).AddMinutes(1));
        await Hears("g-0000: notify [w#1] next w#1");
    }

    [Fact]
    public async Task Two_jobs_whose_windows_open_together_are_one_message()
    {
        await Windowed(1);
        await _t.At((Monday - T0).TotalSeconds + 10);
        await _t.Create("v", GroupArn("g"), job => WindowedJob(job) with
        {
            SchedulingConfig = new() { MaintenanceWindows = WindowedJob(job).SchedulingConfig!.MaintenanceWindows },
        });
        await At(Monday.AddMinutes(3));
        await _heard.Clear();
        await At(Monday.AddDays(1));
        await Hears("g-0000: notify [w#1 v#1] next w#1");
    }

    [Fact]
    public async Task A_postponed_retry_is_told_when_its_window_opens()
    {
        await Windowed(1, job => WindowedJob(job) with
        {
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 1 }] },
        });
        await _t.StartNext("g-0000");
        await At(Monday.AddMinutes(10));
        await _t.Report("w", "g-0000", FAILED);
        await Hears("g-0000: notify [] next -");
        await At(Monday.AddDays(1));
        await Hears("g-0000: notify [w#2] next w#2");
    }

    [Fact]
    public async Task A_cancel_between_windows_tells_nobody_who_saw_nothing()
    {
        await Windowed(2);
        await _t.StartNext("g-0001");
        await At(Monday.AddMinutes(3));
        await _heard.Clear();
        await _t.Run(new CancelJob("w") { Force = true });
        await Hears("g-0001: notify [] next -");
    }

    [Fact]
    public async Task A_thing_that_is_told_of_another_change_before_the_window_is_told_hears_of_it_once()
    {
        await Windowed(2);
        await _t.At((Monday - T0).TotalSeconds + 10);
        await _t.Create("k", "g-0001");
        await At(Monday.AddMinutes(3));
        await _heard.Clear();

        var gate = new Gate();
        _store.OnRead = name =>
        {
            if (name == "ReadExecutions")
            {
                _store.OnRead = null;
                gate.Pass();
            }
        };
        _t.Clock.Advance(Monday.AddDays(1) - _t.Clock.GetUtcNow());
        gate.WaitUntilReached();
        var report = _t.Report("k", "g-0001", SUCCEEDED);
        gate.Open();
        await report;
        await Hears("g-0000: notify [w#1] next w#1", "g-0001: notify [w#1] next w#1");
    }

    [Fact]
    public async Task A_walk_that_cannot_read_goes_on_later()
    {
        await Windowed(2);
        _store.OnRead = name =>
        {
            if (name == "ReadExecutions")
            {
                _store.OnRead = null;
                throw new IOException("torn");
            }
        };
        await At(Monday.AddMinutes(3));
        await Hears();
        await At(Monday.AddMinutes(3).AddSeconds(2));
        await Hears("g-0000: notify [] next -", "g-0001: notify [] next -");
    }

    /// <summary>Monday 10:00: job w, in windows of three minutes, has one QUEUED for each thing.</summary>
    private async Task Windowed(int things, Func<CreateJob, CreateJob>? with = null)
    {
        await _t.Group("g", things);
        await _t.Create("w", GroupArn("g"), with ?? WindowedJob);
        await At(Monday);
        await _heard.Clear();
    }

    private static CreateJob WindowedJob(CreateJob job) => job with
    {
        TargetSelection = TargetSelection.CONTINUOUS,
        SchedulingConfig = new() { StartTime = "2026-12-06T00:00", MaintenanceWindows = [new() { StartTime = "cron(0 10 ? * MON-FRI *)", DurationInMinutes = 3 }] },
    };

    private Task At(DateTimeOffset time) => _t.At((time - T0).TotalSeconds);
}
