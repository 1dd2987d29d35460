using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Tests.Engine;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Notifications;

/// <summary>Changes of a job which hide or show the executions of many things at once: each thing is told once.</summary>
public sealed partial class HiddenTests : IDisposable
{
    private readonly HookedStore _store = new();
    private readonly Ears _ears = new();
    private readonly TestEngine _t;
    private readonly Heard _heard;

    public HiddenTests()
    {
        _t = new(new() { SliceSize = 1 }, new() { Audience = _ears }, _store);
        _heard = new(_t);
    }

    public void Dispose()
    {
        _heard.Dispose();
        _t.Dispose();
    }

    [Fact]
    public async Task A_cancel_is_told_to_each_thing_as_it_is_reached()
    {
        await Group(3);
        await _t.Run(new CancelJob("j"));
        await Hears(Gone(0), Gone(1), Gone(2));
    }

    [Fact]
    public async Task A_cancel_without_force_is_not_told_to_who_runs_it()
    {
        await Group(2);
        await _t.StartNext("g-0000");
        await _t.Run(new CancelJob("j"));
        await Hears(Gone(1));
        await _t.Run(new CancelJob("j") { Force = true });
        await Hears(Gone(0));
    }

    [Fact]
    public async Task A_forced_deletion_is_told_to_each_thing_as_it_is_reached()
    {
        await Group(2);
        await _t.StartNext("g-0000");
        await _t.Run(new DeleteJob("j") { Force = true });
        await Hears(Gone(0), Gone(1));
    }

    [Fact]
    public async Task The_deletion_of_a_canceled_job_is_told_only_to_who_still_runs_it()
    {
        await Group(2);
        await _t.StartNext("g-0000");
        await _t.Run(new CancelJob("j"));
        await _heard.Clear();
        await _t.Run(new DeleteJob("j"));
        await Hears(Gone(0));
    }

    [Fact]
    public async Task An_execution_that_retention_takes_is_told_to_who_still_runs_it()
    {
        await Group(2);
        await _t.StartNext("g-0000");
        await _t.Run(new CancelJob("j"));
        await _heard.Clear();
        await _t.At(91 * 86_400);
        await Hears(Gone(0));
    }

    [Fact]
    public async Task A_thing_that_is_told_of_another_change_before_the_cancel_reaches_it_is_not_told_again()
    {
        await CancelWhile(() => _t.Report("k", "g-0002", SUCCEEDED));
        await Hears(Gone(0), Gone(1), Gone(2));
    }

    [Fact]
    public async Task A_thing_whose_next_one_is_canceled_hears_of_it_with_another_change()
    {
        await CancelWhile(() => _t.Create("l", "g-0002"));
        await Hears(Gone(0), Gone(1), "g-0002: notify [k#1 l#1] next k#1");
    }

    [Fact]
    public async Task An_abort_is_told_to_all_who_waited()
    {
        await Group(3, job => job with
        {
            AbortConfig = new()
            {
                CriteriaList = [new() { Action = AbortAction.CANCEL, FailureType = JobExecutionFailureType.FAILED, MinNumberOfExecutedThings = 1, ThresholdPercentage = 10 }],
            },
        });
        await _t.Report("j", "g-0001", FAILED);
        await Hears(Gone(1), Gone(0), Gone(2));
    }

    [Fact]
    public async Task An_end_time_that_cancels_is_told_like_a_cancel()
    {
        await Group(2, job => job with { SchedulingConfig = new() { EndTime = "2026-12-01T11:00", EndBehavior = JobEndBehavior.FORCE_CANCEL } });
        await _t.StartNext("g-0000");
        await _heard.Clear();
        await _t.At(3_599);
        await Hears();
        await _t.At(3_600);
        await Hears(Gone(0), Gone(1));
    }

    private static string Gone(int thing) => $"{Member("g", thing)}: notify [] next -";

    /// <summary>Three things have j, the last has k behind it; j is canceled, and before that has reached the last thing comes a call.</summary>
    private async Task CancelWhile(Func<Task> call)
    {
        await Group(3);
        await _t.At(1);
        await _t.Create("k", "g-0002");
        await _heard.Clear();

        var gate = _store.HoldCommit(nth: 2);
        await _t.Run(new CancelJob("j"));
        gate.WaitUntilReached();
        var called = call();
        gate.Open();
        await called;
    }

    private async Task Group(int things, Func<CreateJob, CreateJob>? with = null)
    {
        await _t.Group("g", things);
        await _t.Create("j", GroupArn("g"), with);
        await _t.Engine.PassTimeAsync(TestContext.Current.CancellationToken);
        await _heard.Clear();
    }

    private async Task Hears(params string[] lines) => Assert.Equal(lines, await _heard.Lines());
}
