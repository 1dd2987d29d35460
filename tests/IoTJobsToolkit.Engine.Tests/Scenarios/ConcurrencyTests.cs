using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Engine;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>jobs-reference 5.7 and 9.7: at most 500 jobs are rolled out or canceled at a time.</summary>
public sealed class ConcurrencyTests : IDisposable
{
    private readonly HookedStore _store = new();
    private readonly TestEngine _t;

    public ConcurrencyTests() => _t = new(store: _store);

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task The_five_hundred_and_first_job_is_refused_until_a_rollout_has_finished()
    {
        await Rollouts(500);
        var refusal = await Refused(_t.Create("more", GroupArn("g")), JobsError.LimitExceeded);
        Assert.Contains("500", refusal.Message, StringComparison.Ordinal);
        await _t.Run(new CancelJob("r000"));
        await _t.Create("more", GroupArn("g"));
    }

    [Fact]
    public async Task A_job_at_rest_is_not_canceled_beside_500_others_unless_it_has_nothing_to_cancel()
    {
        await _t.Things("a", "b");
        await _t.Create("at-rest", "a");
        await _t.Create("running", "b");
        await _t.StartNext("b");
        await Rollouts(500);
        await Refused(_t.Run(new CancelJob("at-rest")), JobsError.LimitExceeded);
        Assert.Equal(("1 0 0 0 0 0 0 0", JobStatus.IN_PROGRESS), (await _t.Counts("at-rest"), (await _t.Job("at-rest")).Status));
        await _t.Run(new CancelJob("running"));
        await Refused(_t.Run(new CancelJob("running") { Force = true }), JobsError.LimitExceeded);
        await _t.Run(new CancelJob("r000"));
        await _t.Run(new CancelJob("at-rest"));
        Assert.Equal(JobStatus.CANCELED, (await _t.Job("at-rest")).Status);
    }

    [Fact]
    public async Task A_job_with_windows_which_starts_beside_500_others_is_canceled_and_one_without_waits_for_a_slot()
    {
        await _t.Group("g", 2);
        await _t.Create("windowed", GroupArn("g"), job => job with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            SchedulingConfig = new() { MaintenanceWindows = [new() { StartTime = "cron(30 10 * * ? *)", DurationInMinutes = 60 }] },
        });
        await _t.Create("timed", GroupArn("g"), job => job with { SchedulingConfig = new() { StartTime = "2026-12-01T10:30" } });
        await _t.At(1795);
        await Rollouts(500);
        await _t.At(1800);
        var windowed = await _t.Job("windowed");
        Assert.Equal((JobStatus.CANCELED, "CONCURRENT_JOBS_LIMIT", false), (windowed.Status, windowed.ReasonCode, windowed.ForceCanceled));
        Assert.Equal("0 0 0 0 0 0 0 0", await _t.Counts("timed"));
        Assert.Equal((JobStatus.IN_PROGRESS, true), ((await _t.Job("timed")).Status, (await _t.Job("timed")).IsConcurrent));
        await _t.At(1860); // The others finish at 1855.
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("timed"));
    }

    [Fact]
    public async Task Canceled_jobs_which_are_being_purged_take_nobodys_place()
    {
        await _t.Things("a");
        for (var i = 0; i < 510; i++)
        {
            await _t.Create($"old{i}", "a");
            await _t.Run(new CancelJob($"old{i}"));
        }
        await _t.At(1);
        var gate = _store.HoldCommit();
        var cleared = _t.Run(new ClearJobHistory(T0.AddSeconds(1)));
        gate.WaitUntilReached();
        var created = _t.Create("new", "a");
        gate.Open();
        Assert.Equal(510, (await cleared).Jobs);
        await created;
    }

    [Fact]
    public async Task Without_limits_as_many_run_as_are_asked_for()
    {
        _t.Configure(new() { Limits = LimitsProfile.None });
        await Rollouts(500);
        await _t.Create("more", GroupArn("g"));
    }

    /// <summary>Each takes two windows of a minute.</summary>
    private async Task Rollouts(int count)
    {
        await _t.Things("a", "b");
        await _t.Run(new CreateThingGroup("g2"));
        foreach (var thing in new[] { "a", "b" })
        {
            await _t.Run(new AddThingToThingGroup { ThingGroupName = "g2", ThingName = thing });
        }
        if (await _t.Run(new ListThingGroups()) is { ThingGroups: var groups } && groups.All(group => group.GroupName != "g"))
        {
            await _t.Group("g", 1);
        }
        for (var i = 0; i < count; i++)
        {
            await _t.Create($"r{i:D3}", GroupArn("g2"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        }
    }
}
