using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Engine;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>Retention by hand; t in seconds.</summary>
public sealed class ClearJobHistoryTests : IDisposable
{
    private readonly HookedStore _store = new();
    private readonly TestEngine _t;

    public ClearJobHistoryTests() => _t = new(new() { SliceSize = 5 }, store: _store);

    public void Dispose()
    {
        _store.OnCommit = null;
        _t.Dispose();
    }

    [Fact]
    public async Task Jobs_and_the_history_of_deleted_ones_go_as_far_as_they_ended_before_the_instant()
    {
        await Jobs();
        var commits = _store.Commits;
        Assert.Equal(new(1, 2, 1), await Clear(30, dryRun: true));
        Assert.Equal(new(2, 3, 2), await Clear(30.001, dryRun: true));
        Assert.Equal(commits, _store.Commits);
        Assert.Equal("done1 done2 running", await List());

        Assert.Equal(new(1, 2, 1), await Clear(30));
        Assert.Equal("done2 running", await List());
        await Refused(_t.Job("done1"), JobsError.ResourceNotFound);
        Assert.Equal("gone2", Assert.Single(_store.ReadGone(DateTimeOffset.MaxValue, 10)).JobId);
        await _t.At(100);
        Assert.Equal(2, _store.Load().Jobs.Count);
        Assert.Equal(new(0, 0, 0), await Clear(30));

        Assert.Equal(new(1, 1, 1), await Clear(100));
        Assert.Equal("running", await List());
        Assert.Empty(_store.ReadGone(DateTimeOffset.MaxValue, 10));
        await _t.At(100);
        Assert.Equal("running", Assert.Single(_store.Load().Jobs).JobId);
    }

    [Fact]
    public async Task What_went_leaves_neither_executions_nor_history_and_tells_nobody()
    {
        await _t.Group("g", 60);
        await _t.Create("j", GroupArn("g"));
        await _t.At(1);
        await _t.Run(new CancelJob("j"));
        await _t.At(2);
        var sequence = Assert.Single(_store.Load().Jobs).Sequence;
        using var told = await Told.By(_t);
        Assert.Equal(new(1, 60, 0), await Clear(2));
        await Refused(_t.Job("j"), JobsError.ResourceNotFound);
        await _t.Create("j", Member("g", 3));
        await _t.At(2);
        Assert.Empty(_store.ReadExecutions(sequence, null, 100));
        Assert.Empty(_store.ReadHistory(sequence, 0, 100));
        Assert.Empty(told.Events());
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task A_job_whose_executions_are_still_being_canceled_has_not_ended()
    {
        await _t.Group("g", 100);
        await _t.Create("j", GroupArn("g"));
        await _t.At(1);
        using var told = await Told.By(_t);
        var gate = _store.HoldCommit(nth: 3);
        await _t.Run(new CancelJob("j"));
        gate.WaitUntilReached();
        _t.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var clear = Clear(1.001, now: true);
        gate.Open();
        Assert.Equal(new(0, 0, 0), await clear);
        await _t.At(2);
        var lines = told.Lines();
        Assert.Equal((102, 102, "job canceled"), (lines.Count, lines.Distinct().Count(), lines[^1]));
        Assert.Equal(new(1, 100, 0), await Clear(2));
    }

    [Fact]
    public async Task One_call_takes_a_thousand_jobs_and_says_that_there_are_more()
    {
        await _t.Run(new CreateThingGroup("empty"));
        await Task.WhenAll(Enumerable.Range(0, 1_203).Select(i => _t.Create($"j{i:D4}", GroupArn("empty"))));
        await _t.At(10);
        Assert.Equal(new(1_203, 0, 0), await Clear(10, dryRun: true));
        Assert.Equal(new(1_000, 0, 0) { HasMore = true }, await Clear(10));
        Assert.Equal(new(203, 0, 0), await Clear(10));
        Assert.Equal("", await List());
        await _t.At(10);
        Assert.Empty(_store.Load().Jobs);
    }

    [Fact]
    public async Task Long_histories_of_deleted_jobs_take_several_calls()
    {
        await _t.Run(new CreateThingGroup("empty"));
        for (var i = 0; i < 500; i++)
        {
            await _t.Create($"j{i:D3}", GroupArn("empty"));
            await _t.Run(new DeleteJob($"j{i:D3}"));
        }
        await _t.At(10);
        var gone = _store.ReadGone(DateTimeOffset.MaxValue, 1_000);
        Assert.Equal(500, gone.Count);
        var (forgotten, calls) = (0, 0);
        ClearJobHistoryResponse answer;
        do
        {
            answer = await Clear(10);
            Assert.InRange(answer.DeletedJobs, 0, 499);
            forgotten += answer.DeletedJobs;
            calls++;
        }
        while (answer.HasMore);
        Assert.Equal(500, forgotten);
        Assert.InRange(calls, 2, 4);
        Assert.All(gone, job => Assert.Empty(_store.ReadHistory(job.JobSequence, 0, 10)));
        Assert.Empty(_store.ReadGone(DateTimeOffset.MaxValue, 1));
    }

    [Fact]
    public async Task The_future_is_refused_and_the_beginning_of_time_finds_nothing()
    {
        await Jobs();
        var refusal = await Refused(Clear(100.001, now: true), JobsError.InvalidRequest);
        Assert.Contains("olderThan", refusal.Message, StringComparison.Ordinal);
        await Refused(Clear(100.001, dryRun: true, now: true), JobsError.InvalidRequest);
        Assert.Equal(new(0, 0, 0), await _t.Run(new ClearJobHistory(DateTimeOffset.MinValue)));
        Assert.Equal(new(0, 0, 0), await _t.Run(new ClearJobHistory(DateTimeOffset.MinValue) { DryRun = true }));
        Assert.Equal("done1 done2 running", await List());
    }

    [Fact]
    public async Task An_instant_counts_whatever_its_offset()
    {
        await Jobs();
        Assert.Equal(new(1, 2, 1), await _t.Run(new ClearJobHistory(T0.AddSeconds(30).ToOffset(TimeSpan.FromHours(9))) { DryRun = true }));
        Assert.Equal(new(2, 3, 2), await _t.Run(new ClearJobHistory(T0.AddSeconds(30).AddTicks(1)) { DryRun = true }));
    }

    [Fact]
    public async Task A_device_may_not() => await Refused(
        _t.Device("a").ExecuteAsync(new ClearJobHistory(T0), TestContext.Current.CancellationToken), JobsError.AccessDenied);

    /// <summary>done1 (two things) ended at 20, gone1 was deleted at 25, done2 was canceled and gone2 deleted at 30, running runs; t = 100.</summary>
    private async Task Jobs()
    {
        await _t.Things("a", "b");
        foreach (var id in new[] { "done1", "gone1", "gone2", "running", "done2" })
        {
            await _t.Run(new CreateJob(id, id == "done1" ? [ThingArn("a"), ThingArn("b")] : [ThingArn("a")]) { Document = "{}" });
        }
        await _t.At(20);
        await _t.Report("done1", "a", SUCCEEDED);
        await _t.Report("done1", "b", FAILED);
        await _t.At(25);
        await _t.Run(new DeleteJob("gone1") { Force = true });
        await _t.At(30);
        await _t.Run(new DeleteJob("gone2") { Force = true });
        await _t.Run(new CancelJob("done2"));
        await _t.At(100);
    }

    private async Task<string> List() =>
        string.Join(' ', (await _t.Run(new ListJobs())).Jobs.Select(job => job.JobId).Order(StringComparer.Ordinal));

    /// <param name="now">The clock stays where it is.</param>
    private async Task<ClearJobHistoryResponse> Clear(double olderThan, bool dryRun = false, bool now = false)
    {
        if (!now)
        {
            await _t.At(olderThan);
        }
        return await _t.Run(new ClearJobHistory(T0.AddSeconds(olderThan)) { DryRun = dryRun });
    }
}
