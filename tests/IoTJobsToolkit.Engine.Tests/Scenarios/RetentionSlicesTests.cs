using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Engine;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>jobs-reference 16.3: how large jobs are purged, what is told of it, and what comes before; t in seconds.</summary>
public sealed class RetentionSlicesTests : IDisposable
{
    private const double Day = 24 * 3600;

    private readonly HookedStore _store = new();
    private readonly TestEngine _t;

    public RetentionSlicesTests() => _t = new(new() { SliceSize = 5 }, store: _store);

    public void Dispose()
    {
        _store.OnCommit = null;
        _t.Dispose();
    }

    [Fact]
    public async Task A_large_job_goes_in_slices_and_a_restart_in_the_middle_goes_on_with_it()
    {
        var sequence = await Canceled(100);
        var slices = 0;
        _store.OnCommit = changes =>
        {
            slices++;
            Assert.InRange(changes.Executions.Count, 0, 5);
            Assert.InRange(changes.ClearedHistory.Count, 0, 5);
        };
        await StopInPurge(nth: 4);
        Assert.InRange(_store.ReadExecutions(sequence, null, 1000).Count, 60, 95);
        Assert.NotNull(Assert.Single(_store.Load().Jobs).PurgedAt);

        _store.OnCommit = changes => slices += changes.Executions.Count > 0 ? 1 : 0;
        _t.Restart();
        await Refused(_t.Job("j"), JobsError.ResourceNotFound);
        Assert.Empty((await _t.Run(new ListJobExecutionsForThing(Member("g", 99)))).ExecutionSummaries);
        await _t.Create("j", Member("g", 99));
        await _t.At(90 * Day + 60);
        Assert.Empty(_store.ReadExecutions(sequence, null, 1000));
        Assert.Empty(_store.ReadHistory(sequence, 0, 1000));
        Assert.NotEqual(sequence, Assert.Single(_store.Load().Jobs).Sequence);
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("j"));
        Assert.True(slices > 10, $"{slices} slices");
    }

    [Fact]
    public async Task Nobody_is_told_but_that_the_job_is_gone_and_its_id_may_be_anothers()
    {
        await Canceled(100);
        using var told = await Told.By(_t);
        using var feed = _t.Engine.Subscribe(10_000);
        _t.Clock.Advance(TimeSpan.FromDays(90));
        await _t.Create("j", Member("g", 0));
        await _t.At(91 * Day);
        Assert.Empty(told.Events());

        var seen = new List<string>();
        while (feed.Batches.TryRead(out var batch))
        {
            seen.AddRange(batch.Events.Where(e => e is not ActivityRecorded).Select(e => e switch
            {
                JobChanged { Job: null } => "gone",
                JobChanged changed => $"{changed.Job!.Status} {changed.Job.CreatedAt == T0.AddDays(90).AddSeconds(1)}",
                ExecutionChanged { After: { } execution } => $"{execution.ThingName} {execution.Status}",
                _ => e.ToString(),
            }));
        }
        Assert.Equal("gone", seen[0]);
        Assert.Equal(["IN_PROGRESS True", $"{Member("g", 0)} QUEUED"], seen.Skip(1).Distinct());
    }

    [Fact]
    public async Task Other_callers_are_answered_between_the_slices()
    {
        await Canceled(100);
        var commits = new List<string>();
        var gate = new Gate();
        _store.OnCommit = changes =>
        {
            commits.Add(changes.Jobs.Values.Any(change => change.After?.JobId == "late") ? "caller" : changes.Executions.Count > 0 ? "slice" : "");
            if (commits.Count(commit => commit == "slice") == 2)
            {
                gate.Pass();
            }
        };
        _t.Clock.Advance(TimeSpan.FromDays(90) + TimeSpan.FromSeconds(1));
        gate.WaitUntilReached();
        var late = _t.Create("late", Member("g", 1));
        gate.Open();
        await late;
        await _t.At(90 * Day + 2);
        var position = commits.IndexOf("caller");
        Assert.InRange(commits.Take(position).Count(commit => commit == "slice"), 2, 4);
        Assert.True(commits.Skip(position).Count(commit => commit == "slice") > 10, string.Join(',', commits));
    }

    [Fact]
    public async Task A_cancel_that_was_interrupted_is_finished_and_told_before_the_job_goes()
    {
        await _t.Group("g", 100);
        await _t.Create("j", GroupArn("g"));
        await _t.At(1);
        using var told = await Told.By(_t);
        var gate = _store.HoldCommit(nth: 3);
        await _t.Run(new CancelJob("j"));
        await _t.EndIn(gate);
        _store.OnCommit = null;
        var before = told.Lines();
        Assert.InRange(before.Count, 3, 50);

        _t.Clock.Advance(TimeSpan.FromDays(91));
        told.Restart();
        await _t.At(91 * Day + 10);
        var all = before.Concat(told.Lines()).ToList();
        Assert.Equal(["job cancellation_in_progress", .. Enumerable.Range(0, 100).Select(i => $"{Member("g", i)} canceled"), "job canceled"], all);
        await Refused(_t.Job("j"), JobsError.ResourceNotFound);
        Assert.Empty(_store.Load().Jobs);
    }

    [Fact]
    public async Task Timers_that_ran_out_long_before_are_told_before_the_job_goes()
    {
        await _t.Group("g", 300);
        await _t.Create("j", GroupArn("g"), job => job with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 10 } });
        await _t.At(1);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => _t.StartNext(Member("g", i))));
        await _t.Run(new CancelJob("j"));
        using var told = await Told.By(_t);
        using var feed = _t.Engine.Subscribe(10_000);
        await _t.At(91 * Day);
        var events = told.Events();
        Assert.Equal(300, events.Count(e => Told.Line(e).EndsWith("timed_out", StringComparison.Ordinal) && e.At == T0.AddSeconds(601)));
        Assert.Equal(300, events.Count);
        var kinds = new List<string>();
        while (feed.Batches.TryRead(out var batch))
        {
            kinds.AddRange(batch.Events.Select(e => e is JobChanged { Job: null } ? "gone" : e.GetType().Name));
        }
        Assert.Equal("gone", kinds[^1]);
    }

    [Fact]
    public async Task A_purge_that_cannot_be_stored_is_tried_again()
    {
        var sequence = await Canceled(20);
        var failed = new TaskCompletionSource();
        _store.OnCommit = _ =>
        {
            failed.TrySetResult();
            throw new InvalidOperationException("the disk is full");
        };
        _t.Clock.Advance(TimeSpan.FromDays(90) + TimeSpan.FromSeconds(1));
        await failed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        _store.OnCommit = null;
        await _t.Things("in-between"); // The failure is behind the thread by then.
        await _t.At(90 * Day + 120);
        await Refused(_t.Job("j"), JobsError.ResourceNotFound);
        Assert.Empty(_store.ReadExecutions(sequence, null, 100));
    }

    /// <summary>Job j of many things, canceled at t = 1; returns its sequence.</summary>
    private async Task<long> Canceled(int things)
    {
        await _t.Group("g", things);
        await _t.Create("j", GroupArn("g"));
        await _t.At(1);
        await _t.Run(new CancelJob("j"));
        await _t.At(1);
        Assert.Equal(things, (await _t.Executions("j", CANCELED)).Count);
        return Assert.Single(_store.Load().Jobs).Sequence;
    }

    /// <summary>Ends the engine while it purges, when the <paramref name="nth"/> commit of that is made.</summary>
    private async Task StopInPurge(int nth)
    {
        var check = _store.OnCommit!;
        var gate = new Gate();
        var count = 0;
        _store.OnCommit = changes =>
        {
            check(changes);
            if (++count == nth)
            {
                gate.Pass();
            }
        };
        _t.Clock.Advance(TimeSpan.FromDays(90) + TimeSpan.FromSeconds(1));
        await _t.EndIn(gate);
    }
}
