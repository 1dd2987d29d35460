using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Engine;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>Calls which come before what a leap of time left has been worked off, and many changes at one instant.</summary>
public sealed class LateCallTests
{
    [Fact]
    public async Task A_device_which_calls_after_the_end_cannot_start_what_the_end_cancels()
    {
        using var t = new TestEngine();
        await t.Group("g", 200);
        await t.Create("j", GroupArn("g"), job => job with
        {
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 },
            SchedulingConfig = new() { EndTime = "2026-12-01T11:00", EndBehavior = JobEndBehavior.FORCE_CANCEL },
        });
        t.Clock.Advance(TimeSpan.FromMinutes(70));
        Assert.Null(await t.StartNext("g-0000"));
        await t.At(4300);
        var canceled = await t.Execution("j", "g-0000");
        Assert.Equal((JobExecutionStatus.CANCELED, 2, T0.AddHours(1)), (canceled.Status, canceled.VersionNumber, canceled.LastUpdatedAt));
        Assert.Equal("0 0 0 0 0 0 0 60", await t.Counts("j"));
    }

    [Fact]
    public async Task A_leap_does_not_cancel_a_job_whose_place_was_free_at_its_start()
    {
        using var t = new TestEngine();
        await t.Group("g", 2);
        await t.Create("windowed", GroupArn("g"), job => job with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            SchedulingConfig = new() { MaintenanceWindows = [new() { StartTime = "cron(30 10 * * ? *)", DurationInMinutes = 60 }] },
        });
        for (var i = 0; i < 500; i++)
        {
            await t.Create($"r{i}", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        }
        await t.At(2000);
        Assert.Equal(JobStatus.IN_PROGRESS, (await t.Job("windowed")).Status);
    }

    [Fact]
    public async Task A_call_at_the_start_of_many_jobs_sees_each_of_them_started()
    {
        using var t = new TestEngine();
        await t.Things("a");
        for (var i = 0; i < 1200; i++)
        {
            await t.Create($"j{i}", "a", job => job with { SchedulingConfig = new() { StartTime = "2026-12-01T10:30" } });
        }
        t.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(JobStatus.IN_PROGRESS, (await t.Job("j1199")).Status);
    }

    [Fact]
    public async Task Calls_of_one_commit_on_one_continuous_job_keep_its_counters()
    {
        var store = new HookedStore();
        using var t = new TestEngine(store: store);
        await t.Group("g", 4);
        await t.Create("j", GroupArn("g"), job => job with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = 3 }] },
            SchedulingConfig = new() { MaintenanceWindows = [new() { StartTime = "cron(0 10 * * ? *)", DurationInMinutes = 10 }] },
        });
        await t.At(1);
        await t.StartNext("g-0000");
        await t.StartNext("g-0001");
        await t.At(700);
        Assert.Equal(JobStatus.SCHEDULED, (await t.Job("j")).Status);
        var gate = store.HoldCommit();
        var first = t.Run(new CreateThing("x"));
        gate.WaitUntilReached();
        Task[] calls =
        [
            t.Report("j", "g-0000", JobExecutionStatus.FAILED),
            t.Run(new DeleteThing("g-0000")),
            t.Run(new CreateThing("g-0000")),
            t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "g-0000" }),
            t.Report("j", "g-0001", JobExecutionStatus.FAILED),
            t.Run(new RemoveThingFromThingGroup { ThingGroupName = "g", ThingName = "g-0001" }),
            t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "g-0001" }),
            t.Run(new RemoveThingFromThingGroup { ThingGroupName = "g", ThingName = "g-0002" }),
            t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "g-0002" }),
            t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "x" }),
            t.Run(new DeleteThing("x")),
        ];
        gate.Open();
        await first;
        await Task.WhenAll(calls);
        await t.At(24 * 3600);
        var e = (await t.Executions("j")).GroupBy(s => s.JobExecutionSummary.Status).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal("4 0 0 2 0 0 1 0", await t.Counts("j"));
        Assert.Equal((4, 2, 1), (e[JobExecutionStatus.QUEUED], e[JobExecutionStatus.FAILED], e[JobExecutionStatus.REMOVED]));
        t.Engine.Dispose();
        var progress = Assert.Single(store.Load().Progress);
        Assert.Equal((0L, null), (progress.Postponed, progress.PostponedAt));
        Assert.Empty(store.ReadPostponed(progress.JobSequence, null, 10));
    }
}
