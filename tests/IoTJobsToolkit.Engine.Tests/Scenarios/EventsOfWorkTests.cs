using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Tests.Engine;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>Events of what the engine does by itself: timers, retries, aborts, ends, large sweeps; and that a commit comes before its events.</summary>
public sealed class EventsOfWorkTests : IDisposable
{
    private readonly HookedStore _store = new();
    private readonly TestEngine _t;
    private Told _told = null!;

    public EventsOfWorkTests() => _t = new(new() { SliceSize = 5 }, store: _store);

    public void Dispose()
    {
        _store.OnCommit = null;
        _told?.Dispose();
        _t.Dispose();
    }

    [Fact]
    public async Task Every_attempt_is_told_when_it_ended_and_the_job_after_the_last()
    {
        await _t.Things("a");
        _told = await Told.By(_t);
        await _t.Create("j", "a", job => job with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 10 }, JobExecutionsRetryConfig = Retries(2) });
        await _t.StartNext("a");
        await _t.At(1000);
        await _t.Report("j", "a", FAILED);
        await _t.At(1100);
        await _t.StartNext("a");
        await _t.At(9000);
        Assert.Equal(
            ["a timed_out 600 #1", "a failed 1000 #2", "a timed_out 1700 #3", "job completed 1700"],
            _told.Events().Select(e => $"{Told.Line(e)} {(e.At - T0).TotalSeconds}{(e is JobExecutionEvent execution ? $" #{execution.Execution.Number}" : "")}"));
    }

    [Fact]
    public async Task An_abort_is_told_after_the_failure_that_caused_it()
    {
        await _t.Things("a", "b", "c");
        _told = await Told.By(_t);
        await _t.Run(new CreateJob("j", [ThingArn("a"), ThingArn("b"), ThingArn("c")]) { Document = "{}", AbortConfig = Abort });
        await _t.StartNext("b");
        await _t.At(30);
        await _t.Report("j", "a", FAILED);
        await _t.At(31);
        var events = _told.Events();
        Assert.Equal(["a failed", "job cancellation_in_progress", "c canceled", "job canceled"], events.Select(Told.Line));
        Assert.All(events, e => Assert.Equal(T0.AddSeconds(30), e.At));
        Assert.All(events.OfType<JobEvent>(), e => Assert.Equal(
            ("ABORT_CRITERIA_MET", "Aborted automatically: FAILED 1 of 1 executions (100%), threshold 10%, minimum 1."), (e.Job.ReasonCode, e.Job.Comment)));
        await _t.Report("j", "b", SUCCEEDED);
        Assert.Equal(["b succeeded"], _told.Lines());
    }

    [Fact]
    public async Task An_abort_with_nothing_queued_begins_and_ends_at_once()
    {
        await _t.Things("a");
        _told = await Told.By(_t);
        await _t.Create("j", "a", job => job with { AbortConfig = Abort });
        await _t.Report("j", "a", FAILED);
        Assert.Equal(["a failed", "job cancellation_in_progress", "job canceled"], _told.Lines());
    }

    [Fact]
    public async Task An_end_that_cancels_all_tells_the_executions_before_the_completed_job()
    {
        await EndingJob(JobEndBehavior.FORCE_CANCEL);
        await _t.At(1799.999);
        Assert.Empty(_told.Events());
        await _t.At(1800);
        var events = _told.Events();
        Assert.Equal([.. Enumerable.Range(0, 12).Select(i => $"{Member("g", i)} canceled"), "job completed"], events.Select(Told.Line));
        Assert.All(events, e => Assert.Equal(T0.AddSeconds(1800), e.At));
        var completed = (JobEvent)events[^1];
        Assert.Equal((new(0, 0, 0, 0, 0, 0, 0, 12), T0.AddSeconds(1800)), (completed.Counts, completed.Job.CompletedAt));
    }

    [Fact]
    public async Task An_end_that_cancels_the_queued_ones_completes_the_job_with_the_last_running_one()
    {
        await EndingJob(JobEndBehavior.CANCEL);
        await _t.At(1800);
        Assert.Equal(Enumerable.Range(1, 11).Select(i => $"{Member("g", i)} canceled"), _told.Lines());
        await _t.At(1900);
        await _t.Report("j", Member("g", 0), FAILED);
        var events = _told.Events();
        Assert.Equal([$"{Member("g", 0)} failed", "job completed"], events.Select(Told.Line));
        Assert.Equal((new ExecutionCounts { Failed = 1, Canceled = 11 }, T0.AddSeconds(1900)), (((JobEvent)events[^1]).Counts, events[^1].At));
    }

    [Fact]
    public async Task An_end_with_nothing_running_completes_the_job_after_what_it_cancels()
    {
        await _t.Group("g", 12);
        _told = await Told.By(_t);
        await _t.Create("j", GroupArn("g"), job => job with { SchedulingConfig = new() { EndTime = "2026-12-01T10:30", EndBehavior = JobEndBehavior.CANCEL } });
        await _t.At(1800);
        Assert.Equal([.. Enumerable.Range(0, 12).Select(i => $"{Member("g", i)} canceled"), "job completed"], _told.Lines());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_large_job_that_is_deleted_while_its_end_cancels_it_was_completed_all_the_same(bool restart)
    {
        await EndingJob(JobEndBehavior.FORCE_CANCEL);
        var gate = _store.HoldCommit(nth: 2);
        _t.Clock.Advance(TimeSpan.FromMinutes(30));
        gate.WaitUntilReached();
        var deletion = _t.Run(new DeleteJob("j"));
        gate.Open();
        await deletion;
        if (restart)
        {
            _told.Restart();
        }
        await _t.At(1801);
        var events = _told.Events();
        var lines = events.ConvertAll(Told.Line);
        Assert.Equal(T0.AddSeconds(1800), Assert.Single(events, e => e is JobEvent { Status: JobEventStatus.COMPLETED }).At);
        Assert.Equal(1, lines.Count(line => line == "job deleted"));
        Assert.True(lines.IndexOf("job completed") < lines.IndexOf("job deletion_in_progress"), string.Join(',', lines));
        Assert.Equal("job deleted", lines[^1]);
        Assert.Equal(12, lines.Count(line => line.EndsWith("deleted", StringComparison.Ordinal) && line != "job deleted"));
    }

    [Fact]
    public async Task A_large_cancel_tells_each_execution_once_between_its_begin_and_its_end_also_across_a_restart()
    {
        await _t.Group("g", 60);
        _told = await Told.By(_t);
        await _t.Create("j", GroupArn("g"));
        await _t.At(1);
        var gate = _store.HoldCommit(nth: 3);
        await _t.Run(new CancelJob("j"));
        await _t.EndIn(gate);
        _store.OnCommit = null;
        var before = _told.Lines();
        Assert.Equal("job cancellation_in_progress", before[0]);
        Assert.InRange(before.Count, 3, 50);
        _told.Restart();
        await _t.At(2);
        var after = _told.Lines();
        Assert.Equal("job canceled", after[^1]);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"{Member("g", i)} canceled"), before[1..].Concat(after[..^1]));
    }

    [Fact]
    public async Task Every_event_has_an_id_of_its_own_across_restarts_and_engines()
    {
        await _t.Group("g", 20);
        _told = await Told.By(_t);
        var ids = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            await _t.Create($"j{round}", GroupArn("g"));
            await _t.At(round);
            await _t.Run(new CancelJob($"j{round}"));
            _told.Restart();
            await _t.At(round + 0.5);
            ids.AddRange(_told.Events().Select(e => e is JobEvent job ? job.EventId : ((JobExecutionEvent)e).EventId));
        }
        Assert.Equal(3 * 22, ids.Count);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(Guid.TryParseExact(id, "D", out _), id));
    }

    [Fact]
    public async Task A_commit_that_fails_tells_nothing_and_what_is_tried_again_tells_once()
    {
        await _t.Things("a");
        _told = await Told.By(_t);
        await _t.Create("j", "a", job => job with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 10 } });
        await _t.StartNext("a");
        var failed = new TaskCompletionSource();
        _store.OnCommit = _ =>
        {
            failed.TrySetResult();
            throw new InvalidOperationException("the disk is full");
        };
        await Refused(_t.Report("j", "a", SUCCEEDED), JobsError.ServiceUnavailable);
        await Refused(_t.Run(new DeleteJob("j") { Force = true }), JobsError.ServiceUnavailable);
        failed = new();
        _t.Clock.Advance(TimeSpan.FromMinutes(10));
        await failed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Empty(_told.Events());
        _store.OnCommit = null;
        await _t.Things("in-between"); // The failure is behind the thread by then.
        await _t.At(605);
        Assert.Equal(["a timed_out", "job completed"], _told.Lines());
    }

    [Fact]
    public async Task Nothing_is_told_before_it_is_stored()
    {
        await _t.Things("a");
        _told = await Told.By(_t);
        await _t.Create("j", "a");
        var gate = _store.HoldCommit();
        var report = _t.Report("j", "a", SUCCEEDED);
        gate.WaitUntilReached();
        Assert.Empty(_told.Events());
        gate.Open();
        await report;
        await _t.At(0);
        Assert.Equal(["a succeeded", "job completed"], _told.Lines());
    }

    private static AbortConfig Abort => new()
    {
        CriteriaList = [new() { Action = AbortAction.CANCEL, FailureType = JobExecutionFailureType.FAILED, ThresholdPercentage = 10, MinNumberOfExecutedThings = 1 }],
    };

    private static JobExecutionsRetryConfig Retries(int count) => new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = count }] };

    /// <summary>Twelve things, the first of them running, and an end at t = 1800; from now on all is told.</summary>
    private async Task EndingJob(JobEndBehavior behavior)
    {
        await _t.Group("g", 12);
        await _t.Create("j", GroupArn("g"), job => job with { SchedulingConfig = new() { EndTime = "2026-12-01T10:30", EndBehavior = behavior } });
        await _t.At(1);
        await _t.StartNext(Member("g", 0));
        _told = await Told.By(_t);
    }
}
