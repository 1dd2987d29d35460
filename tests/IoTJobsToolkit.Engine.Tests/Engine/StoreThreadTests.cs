using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Engine;

/// <summary>What the store's thread promises when time leaps and many call at once.</summary>
public sealed class StoreThreadTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly JobsSettings Small = new() { Limits = LimitsProfile.None, SliceSize = 10 };

    private readonly HookedStore _store = new();
    private readonly TestEngine _t;

    public StoreThreadTests() => _t = new(store: _store);

    public void Dispose()
    {
        _store.OnCommit = null;
        _store.OnMaintain = null;
        _store.OnRead = null;
        _t.Dispose();
    }

    [Fact]
    public async Task A_window_that_falls_due_while_the_store_tidies_up_is_not_forgotten()
    {
        await _t.Group("g", 2);
        await _t.At(0);
        await _t.Create("j", GroupArn("g"), OneAMinute);
        await _t.At(0);
        using var feed = _t.Engine.Subscribe();
        var armed = true;
        _store.OnMaintain = () =>
        {
            if (armed)
            {
                armed = false;
                _t.Clock.Advance(TimeSpan.FromMinutes(1));
            }
        };
        await _t.Things("wake");
        var seen = 0;
        await foreach (var batch in feed.Batches.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (batch.Events.Any(e => e is ExecutionChanged { Before: null }) && ++seen == 1)
            {
                break;
            }
        }
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task Who_cancels_before_his_turn_is_told_at_once_and_has_changed_nothing()
    {
        var gate = _store.HoldCommit();
        var first = _t.Things("first");
        gate.WaitUntilReached();
        using var cancel = new CancellationTokenSource();
        var jobs = _t.Engine.As(Caller.Operator("o"));
        var waiting = jobs.ExecuteAsync(new CreateThing("second"), cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.False(first.IsCompleted);
        gate.Open();
        await first;
        await Refused(jobs.ExecuteAsync(new DescribeThing("second"), TestContext.Current.CancellationToken), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task Who_cancels_after_his_turn_began_is_answered_with_what_came_of_it()
    {
        var gate = _store.HoldCommit();
        using var cancel = new CancellationTokenSource();
        var jobs = _t.Engine.As(Caller.Operator("o"));
        var begun = jobs.ExecuteAsync(new CreateThing("t"), cancel.Token);
        gate.WaitUntilReached();

        await cancel.CancelAsync();
        Assert.False(begun.IsCompleted);
        gate.Open();

        Assert.Equal("t", (await begun).ThingName);
    }

    [Fact]
    public async Task A_timer_behind_a_long_sweep_lets_callers_through()
    {
        _t.Restart(Small);
        await _t.Group("g", 1000);
        await _t.Create("j", GroupArn("g"));
        await _t.At(0);
        await _t.Report("j", Member("g", 999), JobExecutionStatus.IN_PROGRESS, u => u with { StepTimeoutInMinutes = 1 });
        var gate = _store.HoldCommit();
        var cancel = _t.Run(new CancelJob("j"));
        gate.WaitUntilReached();
        _t.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.InRange(await CommitsBeforeCaller(cancel, gate), 0, 9);
        await _t.At(120);
        Assert.Equal("0 0 0 0 1 0 0 999", await _t.Counts("j"));
        Assert.Equal(T0.AddMinutes(1), (await _t.Execution("j", Member("g", 999))).LastUpdatedAt);
    }

    [Fact]
    public async Task A_thousand_timeouts_at_once_let_callers_through_and_count_already_for_who_looks()
    {
        _t.Restart(new() { Limits = LimitsProfile.None });
        await _t.Group("g", 1500);
        await _t.Create("j", GroupArn("g"), job => job with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 1 } });
        await _t.At(0);
        await Task.WhenAll(Enumerable.Range(0, 1500).Select(i => _t.Report("j", Member("g", i), JobExecutionStatus.IN_PROGRESS)));
        var gate = _store.HoldCommit();
        var block = _t.Run(new CreateThing("block"));
        gate.WaitUntilReached();
        _t.Clock.Advance(TimeSpan.FromMinutes(2));
        var late = _t.Report("j", Member("g", 1499), JobExecutionStatus.SUCCEEDED);
        Assert.InRange(await CommitsBeforeCaller(block, gate), 0, 3);
        var refusal = await Refused(late, JobsError.InvalidStateTransition);
        Assert.Equal(JobExecutionStatus.TIMED_OUT, refusal.ExecutionState!.Status);
        await _t.At(120);
        Assert.Equal("0 0 0 0 1500 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task A_read_that_was_held_up_past_a_deadline_sees_its_effect()
    {
        await _t.Things("a");
        await _t.Create("j", "a", job => job with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 1 } });
        await _t.Report("j", "a", JobExecutionStatus.IN_PROGRESS);
        await _t.At(0);
        Task<ListJobExecutionsForJobResponse>? read = null;
        _store.OnCommit = _ =>
        {
            if (read is null)
            {
                read = _t.Run(new ListJobExecutionsForJob("j"));
                _t.Clock.Advance(TimeSpan.FromMinutes(2));
            }
        };
        await _t.Things("slow");
        Assert.Equal(JobExecutionStatus.TIMED_OUT, Assert.Single((await read!).ExecutionSummaries).Status);
    }

    [Fact]
    public async Task Refusals_count_for_the_size_of_a_group()
    {
        await _t.Things("a");
        var gate = _store.HoldCommit();
        var block = _t.Run(new CreateThing("block"));
        gate.WaitUntilReached();
        var good = _t.Run(new CreateThing("good"));
        var refused = Enumerable.Range(0, 5000).Select(_ => _t.Run(new UpdateThing("a") { ExpectedVersion = 99 })).ToList();
        var refusedBefore = -1;
        _store.OnCommit = changes =>
        {
            if (changes.Things.ContainsKey("good"))
            {
                refusedBefore = refused.Count(call => call.IsCompleted);
            }
        };
        gate.Open();
        await Task.WhenAll(block, good);
        Assert.InRange(refusedBefore, 0, 256);
        foreach (var call in refused)
        {
            await Refused(call, JobsError.VersionConflict);
        }
    }

    [Fact]
    public async Task A_progress_callback_that_throws_harms_nobody()
    {
        _t.Restart(Small);
        await _t.Group("g", 500);
        var gate = _store.HoldCommit();
        var create = _t.Create("j", GroupArn("g"));
        gate.WaitUntilReached();
        var settled = _t.Engine.SettleAsync("j", new Broken(), TestContext.Current.CancellationToken);
        gate.Open();
        await create;
        await settled.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Null(_t.Engine.Failure);
        Assert.Equal("500 0 0 0 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task Closing_waits_for_one_commit_only()
    {
        _t.Restart(Small);
        await _t.Group("g", 1000);
        await _t.Create("j", GroupArn("g"));
        await _t.At(0);
        var gate = _store.HoldCommit();
        var cancel = _t.Run(new CancelJob("j"));
        gate.WaitUntilReached();
        var before = _store.Commits;
        var closing = Task.Run(_t.Engine.Dispose, TestContext.Current.CancellationToken);
        gate.Open();
        await closing;
        await cancel;
        Assert.InRange(_store.Commits - before, 0, 1);
        _t.Restart();
        await _t.At(0);
        Assert.Equal("0 0 0 0 0 0 0 1000", await _t.Counts("j"));
    }

    [Fact]
    public async Task A_filtered_list_reads_a_bounded_number_of_records_in_a_turn()
    {
        _t.Restart(new() { Limits = LimitsProfile.None });
        await _t.Group("g", 9000);
        await _t.Create("j", GroupArn("g"));
        await _t.At(0);
        await _t.Report("j", Member("g", 8999), JobExecutionStatus.FAILED);
        var gate = _store.HoldCommit();
        var block = _t.Run(new CreateThing("block"));
        gate.WaitUntilReached();
        var list = _t.Executions("j", JobExecutionStatus.FAILED);
        var caller = _t.Run(new CreateThing("caller"));
        _store.ExecutionsRead = 0;
        var readBefore = -1;
        _store.OnCommit = changes => readBefore = changes.Things.ContainsKey("caller") ? _store.ExecutionsRead : readBefore;
        gate.Open();
        await Task.WhenAll(block, caller);
        Assert.Equal([Member("g", 8999)], (await list).Select(e => e.ThingName));
        Assert.InRange(readBefore, 0, 4000);
        Assert.InRange(_store.ExecutionsRead, 8000, 20_000);
    }

    [Fact]
    public async Task Many_lists_that_go_on_keep_a_change_waiting_no_longer_than_a_few()
    {
        await Task.WhenAll(Enumerable.Range(0, 5_000).Select(i => _t.Run(new CreateThing($"t{i:0000}"))));
        var gate = _store.HoldCommit();
        var block = _t.Run(new CreateThing("block"));
        gate.WaitUntilReached();
        var searches = Enumerable.Range(0, 30).Select(_ => _t.Run(new SearchThings { QueryString = "thingName:none" })).ToList();
        var caller = _t.Run(new CreateThing("caller"));
        var (reads, readsBefore) = (0, -1);
        _store.OnRead = read => reads += read == nameof(_store.ReadThings) ? 1 : 0;
        _store.OnCommit = changes => readsBefore = changes.Things.ContainsKey("caller") ? reads : readsBefore;
        gate.Open();
        await Task.WhenAll(block, caller);
        Assert.All(await Task.WhenAll(searches), found => Assert.Empty(found.Things));
        Assert.InRange(readsBefore, 1, 20);
    }

    [Fact]
    public async Task A_thing_whose_jobs_have_ended_is_looked_up_without_its_history()
    {
        await _t.Things("a");
        for (var i = 0; i < 100; i++)
        {
            await _t.Create($"j{i}", "a");
            await _t.Report($"j{i}", "a", JobExecutionStatus.SUCCEEDED);
        }
        _t.Restart();
        _store.ExecutionsRead = 0;
        await _t.Device("a").ExecuteAsync(new GetPendingJobExecutions("a"), TestContext.Current.CancellationToken);
        Assert.Equal(0, _store.ExecutionsRead);
    }

    [Fact]
    public async Task A_rollout_passes_over_those_who_joined_late_in_slices()
    {
        _t.Restart(new() { Limits = LimitsProfile.None, SliceSize = 100 });
        await _t.Group("g", 2);
        await _t.Create("j", GroupArn("g"), OneAMinute);
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(async i =>
        {
            await _t.Run(new CreateThing($"g-0000x{i:D5}"));
            await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = $"g-0000x{i:D5}" });
        }));
        var (reads, most) = (0, 0);
        _store.OnRead = name => reads += name == nameof(IJobsStore.ReadMembers) ? 1 : 0;
        _store.OnCommit = _ => (most, reads) = (Math.Max(most, reads), 0);
        await _t.At(60);
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("j"));
        Assert.InRange(most, 1, 4);
    }

    private async Task<int> CommitsBeforeCaller(Task held, Gate gate)
    {
        var caller = _t.Run(new CreateThing("caller"));
        var before = _store.Commits;
        var at = 0;
        _store.OnCommit = changes => at = changes.Things.ContainsKey("caller") ? _store.Commits - before : at;
        gate.Open();
        await Task.WhenAll(held, caller);
        _store.OnCommit = null;
        return at;
    }

    private static CreateJob OneAMinute(CreateJob job) => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } };

    private sealed class Broken : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => throw new InvalidOperationException("the view is closed");
    }
}
