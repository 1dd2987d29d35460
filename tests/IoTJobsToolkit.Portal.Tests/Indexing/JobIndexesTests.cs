using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Engine;
using IoTJobsToolkit.Portal.Indexing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Indexing;

public sealed class JobIndexesTests : IDisposable
{
    private readonly HookedStore _store = new();
    private readonly Fleet _fleet;
    private readonly FakeTimeProvider _clock = new();
    private readonly SemaphoreSlim _changes = new(0);
    private JobIndexes _indexes;

    public JobIndexesTests()
    {
        _fleet = new(store: _store);
        _indexes = Indexes(JobIndexes.Most);
    }

    public void Dispose()
    {
        _indexes.Dispose();
        _fleet.Dispose();
        _changes.Dispose();
    }

    private JobIndexes Indexes(int most) => new(_fleet.Engine, _clock, NullLogger<JobIndexes>.Instance, most);

    private JobIndexes.Lease Look(string jobId) => _indexes.Look(jobId, () => _changes.Release());

    /// <summary>Waits for a change after which it holds.</summary>
    private async Task Eventually(Func<bool> holds)
    {
        while (!holds())
        {
            Assert.True(await _changes.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken), "Nothing changes any more.");
        }
    }

    private static string[] Things(JobIndex index, ExecutionFilter? filter = null) =>
        [.. index.Executions.Read(filter ?? ExecutionFilter.None, 0, int.MaxValue).Rows.Select(row => row.Line.ThingName)];

    [Fact]
    public async Task It_holds_what_was_there_and_follows_what_happens()
    {
        var things = await _fleet.AddThingsAsync(450);
        await _fleet.AddJobAsync("update", things[..400]);
        using var look = Look("update");
        await Eventually(() => look.Index.State == IndexState.Whole);
        Assert.Equal(things[..400], Things(look.Index));

        await _fleet.ReportAsync("update", things[7], JobExecutionStatus.FAILED, new Dictionary<string, string> { ["reason"] = "disk full" });
        await Eventually(() => look.Index.Executions.Reasons() is [{ Reason: "disk full", Count: 1 }]);
        Assert.Equal([things[7]], Things(look.Index, new(Reason: "disk full")));

        await _fleet.RunAsync(new DeleteJobExecution("update", things[3]) { ExecutionNumber = 1 });
        await Eventually(() => look.Index.Executions.Count == 399);
        await _fleet.RunAsync(new CancelJob("update"));
        await Eventually(() => Things(look.Index, new(StatusSet.Of(JobExecutionStatus.CANCELED))).Length == 398);
    }

    [Fact]
    public async Task It_is_right_whatever_happens_while_it_is_being_read()
    {
        var things = await _fleet.AddThingsAsync(4_000);
        await _fleet.AddJobAsync("update", things);
        using var look = Look("update");
        var reports = things.Select((thing, i) => i % 3 == 0
            ? _fleet.RunAsync(new DeleteJobExecution("update", thing) { ExecutionNumber = 1 })
            : _fleet.ReportAsync("update", thing, i % 3 == 1 ? JobExecutionStatus.FAILED : JobExecutionStatus.SUCCEEDED));
        await Task.WhenAll(reports);

        var (failed, succeeded) = (new ExecutionFilter(StatusSet.Of(JobExecutionStatus.FAILED)), new ExecutionFilter(StatusSet.Of(JobExecutionStatus.SUCCEEDED)));
        await Eventually(() => look.Index.State == IndexState.Whole &&
            Things(look.Index, failed).Length == 1_333 && Things(look.Index, succeeded).Length == 1_333 && look.Index.Executions.Count == 2_666);
        Assert.Equal(things.Where((_, i) => i % 3 == 1), Things(look.Index, failed));
    }

    [Fact]
    public async Task All_who_look_share_it_and_a_minute_after_the_last_it_is_let_go()
    {
        await _fleet.AddJobAsync("update", await _fleet.AddThingsAsync(5));
        var (first, second) = (Look("update"), Look("update"));
        Assert.Same(first.Index, second.Index);
        await Eventually(() => first.Index.State == IndexState.Whole);
        Assert.Equal(5, _indexes.Held);

        first.Dispose();
        _clock.Advance(JobIndexes.Kept);
        Assert.Equal(5, _indexes.Held);
        second.Dispose();
        _clock.Advance(JobIndexes.Kept / 2);
        using (var back = Look("update"))
        {
            Assert.Same(first.Index, back.Index);
            _clock.Advance(JobIndexes.Kept);
            Assert.Equal(5, _indexes.Held);
        }
        _clock.Advance(JobIndexes.Kept);

        Assert.Equal(0, _indexes.Held);
        using var anew = Look("update");
        Assert.NotSame(first.Index, anew.Index);
    }

    [Fact]
    public async Task A_namesake_of_a_deleted_job_takes_its_place()
    {
        var things = await _fleet.AddThingsAsync(4);
        await _fleet.AddJobAsync("update", things[..2]);
        using var look = Look("update");
        await Eventually(() => look.Index is { State: IndexState.Whole, Executions.Count: 2 });

        await _fleet.RunAsync(new DeleteJob("update") { Force = true });
        await Eventually(() => look.Index is { State: IndexState.Whole, Executions.Count: 0 });
        await _fleet.AddJobAsync("update", things[1..]);

        await Eventually(() => look.Index is { State: IndexState.Whole, Executions.Count: 3 });
        Assert.Equal(things[1..], Things(look.Index));
        Assert.Equal(3, _indexes.Held);
    }

    [Fact]
    public async Task Reading_again_leaves_what_was_on_show_until_it_is_done()
    {
        await _fleet.AddJobAsync("update", await _fleet.AddThingsAsync(300));
        using var look = Look("update");
        await Eventually(() => look.Index.State == IndexState.Whole);
        var gate = new Gate();
        _store.OnRead = name =>
        {
            if (name == nameof(IJobsStore.ReadExecutions))
            {
                gate.Pass();
            }
        };

        look.Index.ReadAgain();
        Assert.Equal((IndexState.Counting, 300), (look.Index.State, look.Index.Executions.Count));
        gate.Open();
        await Eventually(() => look.Index.State == IndexState.Whole);

        Assert.Equal((300, 300), (look.Index.Executions.Count, _indexes.Held));
    }

    [Fact]
    public async Task What_would_be_too_much_is_let_go_and_said()
    {
        _indexes = Indexes(most: 250);
        var things = await _fleet.AddThingsAsync(300);
        await _fleet.AddJobAsync("small", things[..100]);
        await _fleet.AddJobAsync("large", things[..200]);
        using var small = Look("small");
        await Eventually(() => small.Index.State == IndexState.Whole);

        using var large = Look("large");
        await Eventually(() => large.Index.State == IndexState.TooLarge);

        Assert.Equal((0, 100), (large.Index.Executions.Count, _indexes.Held));
        await _fleet.ReportAsync("small", things[0], JobExecutionStatus.SUCCEEDED);
        await Eventually(() => Things(small.Index, new(StatusSet.Of(JobExecutionStatus.SUCCEEDED))).Length == 1);
    }

    [Fact]
    public async Task What_has_room_once_is_read_again_though_it_has_none_twice()
    {
        _indexes = Indexes(most: 450);
        await _fleet.AddJobAsync("update", await _fleet.AddThingsAsync(300));
        using var look = Look("update");
        await Eventually(() => look.Index.State == IndexState.Whole);

        look.Index.ReadAgain();
        await Eventually(() => look.Index.State != IndexState.Counting);

        Assert.Equal((IndexState.Whole, 300, 300), (look.Index.State, look.Index.Executions.Count, _indexes.Held));
    }

    [Fact]
    public async Task What_is_told_after_it_was_let_go_takes_no_room()
    {
        var things = await _fleet.AddThingsAsync(5);
        await _fleet.AddJobAsync("update", things);
        var look = Look("update");
        await Eventually(() => look.Index.State == IndexState.Whole);
        using var feed = _fleet.Engine.Subscribe();
        await _fleet.ReportAsync("update", things[0], JobExecutionStatus.SUCCEEDED);
        var batch = await feed.Batches.ReadAsync(TestContext.Current.CancellationToken);
        look.Dispose();
        _clock.Advance(JobIndexes.Kept);

        look.Index.Apply(batch.Events);

        Assert.Equal(0, _indexes.Held);
    }

    [Fact]
    public async Task A_failure_of_reading_is_told_and_reading_may_be_tried_again()
    {
        _fleet.Engine.Dispose();
        using var look = Look("update");

        await Eventually(() => look.Index.State == IndexState.Failed);

        Assert.Equal(JobsError.ServiceUnavailable, look.Index.Failure!.Error);
    }
}
