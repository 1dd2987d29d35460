using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Engine;

/// <summary>The engine's own promises: one writer, nothing half done, events in order.</summary>
public sealed class EngineTests : IDisposable
{
    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task Reports_of_many_devices_at_once_are_all_counted()
    {
        await _t.Group("g", 300);
        await _t.Create("j", GroupArn("g"));
        await _t.At(0);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(async i =>
        {
            var thing = Member("g", i);
            await _t.StartNext(thing);
            await Task.WhenAll(
                _t.Report("j", thing, JobExecutionStatus.IN_PROGRESS), _t.Report("j", thing, JobExecutionStatus.IN_PROGRESS));
            await _t.Report("j", thing, i % 3 == 0 ? JobExecutionStatus.FAILED : JobExecutionStatus.SUCCEEDED);
            Assert.Equal(5, (await _t.Execution("j", thing)).VersionNumber);
        }));
        Assert.Equal("0 0 200 100 0 0 0 0", await _t.Counts("j"));
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("j")).Status);
    }

    [Fact]
    public async Task A_refused_operation_changes_nothing_and_those_beside_it_go_on()
    {
        await _t.Things("a");
        await _t.Create("j", "a");
        var calls = Enumerable.Range(0, 40).Select(i => i % 2 == 0
            ? _t.Report("j", "a", JobExecutionStatus.IN_PROGRESS)
            : _t.Report("j", "a", JobExecutionStatus.SUCCEEDED, u => u with { ExpectedVersion = 1000 })).ToList();
        await Task.WhenAll(calls.Where((_, i) => i % 2 == 0));
        foreach (var refused in calls.Where((_, i) => i % 2 == 1))
        {
            await Refused(refused, JobsError.InvalidStateTransition);
        }
        Assert.Equal((21L, "0 1 0 0 0 0 0 0"), ((await _t.Execution("j", "a")).VersionNumber, await _t.Counts("j")));
    }

    [Fact]
    public async Task A_subscriber_sees_every_change_in_order_after_its_commit()
    {
        await _t.Things("a");
        using var feed = _t.Engine.Subscribe();
        await _t.Create("j", "a");
        await _t.StartNext("a");
        await _t.Report("j", "a", JobExecutionStatus.SUCCEEDED);
        await _t.Run(new DeleteJob("j"));
        var seen = new List<string>();
        while (feed.Batches.TryRead(out var batch))
        {
            Assert.False(batch.Missed);
            seen.AddRange(batch.Events.Where(e => e is not ActivityRecorded).Select(e => e switch
            {
                ExecutionChanged { After: null } => "execution deleted",
                ExecutionChanged changed => $"execution {changed.After!.Status}",
                JobChanged { Job: null } => "job gone",
                JobChanged changed => $"job {changed.Job!.Status} {changed.Progress!.Counts.Succeeded}",
                _ => "?",
            }));
        }
        Assert.Equal(
            [
                "job IN_PROGRESS 0", "execution QUEUED", "job IN_PROGRESS 0", "job IN_PROGRESS 0",
                "execution IN_PROGRESS", "job IN_PROGRESS 0",
                "execution SUCCEEDED", "job COMPLETED 1", "job COMPLETED 1",
                "job DELETION_IN_PROGRESS 1", "execution deleted", "job gone",
            ],
            seen);
    }

    [Fact]
    public async Task A_subscriber_that_is_too_slow_is_told_that_it_missed_something_though_nothing_more_happens()
    {
        await _t.Things("a");
        await _t.Create("j", "a");
        using var feed = _t.Engine.Subscribe(capacity: 2);
        for (var i = 0; i < 5; i++)
        {
            await _t.Report("j", "a", JobExecutionStatus.IN_PROGRESS);
        }
        var missed = new List<bool>();
        while (feed.Batches.TryRead(out var batch))
        {
            missed.Add(batch.Missed);
        }
        await _t.Report("j", "a", JobExecutionStatus.IN_PROGRESS);
        Assert.True(feed.Batches.TryRead(out var next));
        Assert.Equal([false, false, true], missed);
        Assert.False(next.Missed);
    }

    [Fact]
    public async Task Work_that_falls_due_wakes_the_engine()
    {
        await _t.Group("g", 2);
        await _t.Create("j", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        await _t.At(0);
        using var feed = _t.Engine.Subscribe();
        _t.Clock.Advance(TimeSpan.FromMinutes(1));
        await feed.Batches.WaitToReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task A_restart_keeps_everything()
    {
        await _t.Group("g", 3);
        await _t.Create("j", GroupArn("g"), job => job with { Description = "d", TimeoutConfig = new() { InProgressTimeoutInMinutes = 1 } });
        await _t.StartNext(Member("g", 0));
        var before = (await _t.Job("j"), await _t.Executions("j"), await _t.Execution("j", Member("g", 0)));
        _t.Restart();
        Assert.Equivalent(before, (await _t.Job("j"), await _t.Executions("j"), await _t.Execution("j", Member("g", 0))), strict: true);
        await _t.At(60);
        Assert.Equal("2 0 0 0 1 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task A_closed_engine_says_so()
    {
        var engine = new JobsEngine(new InMemoryJobsStore(), _t.Clock);
        engine.Dispose();
        await Refused(engine.As(Caller.Operator("admin")).ExecuteAsync(new DescribeJob("j"), TestContext.Current.CancellationToken), JobsError.ServiceUnavailable);
    }

    [Fact]
    public async Task A_number_is_not_given_twice_on_one_thing()
    {
        await _t.Things("a");
        await _t.Create("j", "a", job => job with
        {
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = 3 }] },
        });
        await _t.Report("j", "a", JobExecutionStatus.FAILED);
        await _t.Report("j", "a", JobExecutionStatus.FAILED);
        await _t.Run(new DeleteJobExecution("j", "a") { ExecutionNumber = 1 });
        Assert.Equal([2L, 3], (await _t.Executions("j")).Select(e => e.ExecutionNumber).Order());
        await _t.Report("j", "a", JobExecutionStatus.FAILED);
        Assert.Equal([2L, 3, 4], (await _t.Executions("j")).Select(e => e.ExecutionNumber).Order());
    }
}
