using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Engine;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;

namespace IoTJobsToolkit.Engine.Tests.Notifications;

/// <summary>Who is told of a commit, once, and after what.</summary>
public sealed class CommitTests : IDisposable
{
    private readonly HookedStore _store = new();
    private readonly Ears _ears = new();
    private readonly TestEngine _t;
    private readonly Heard _heard;

    public CommitTests()
    {
        _t = new(services: new() { Audience = _ears }, store: _store);
        _heard = new(_t);
    }

    public void Dispose()
    {
        _heard.Dispose();
        _t.Dispose();
    }

    [Fact]
    public async Task Each_thing_of_a_commit_is_told_its_own()
    {
        await _t.Group("g", 3);
        await _t.Create("j", TestEngine.GroupArn("g"));
        Assert.Equal(["g-0000: notify [j#1] next j#1", "g-0001: notify [j#1] next j#1", "g-0002: notify [j#1] next j#1"], await _heard.Lines());
    }

    [Fact]
    public async Task Only_things_that_are_heard_are_looked_at()
    {
        await _t.Group("g", 3);
        _ears.Hears = thing => thing == "g-0001";
        await _t.Create("j", TestEngine.GroupArn("g"));
        Assert.Equal(["g-0001: notify [j#1] next j#1"], await _heard.Lines());

        _ears.Hears = _ => false;
        await _t.StartNext("g-0001");
        await _t.Report("j", "g-0001", SUCCEEDED);
        Assert.Empty(await _heard.Lines());
    }

    [Fact]
    public async Task Progress_asks_nobody_and_reads_nothing()
    {
        await _t.Things("a");
        await _t.Create("j", "a");
        await _t.StartNext("a");
        _ears.Asked();
        var reads = 0;
        _store.OnRead = _ => reads++;
        await _t.Report("j", "a", IN_PROGRESS);
        Assert.Empty(_ears.Asked());
        Assert.Equal(0, reads);
    }

    [Fact]
    public async Task An_ending_reads_nothing_that_the_change_itself_does_not_read()
    {
        await _t.Things("a");
        await _t.Create("j", "a");
        await _t.Create("k", "a");
        await _t.StartNext("a");
        await _heard.Clear();
        var reads = 0;
        _store.OnRead = _ => reads++;
        await _t.Report("j", "a", SUCCEEDED);
        Assert.Single(await _heard.Lines());
        Assert.Equal(0, reads);
    }

    [Fact]
    public async Task It_is_told_after_all_else_of_the_same_commit()
    {
        await _t.Things("a");
        await _t.Create("j", "a");
        await _heard.Clear();
        await _t.Report("j", "a", SUCCEEDED);
        await _t.Engine.PassTimeAsync(TestContext.Current.CancellationToken);
        var batch = Assert.Single(_heard.Batches(), batch => batch.Events.OfType<PendingChanged>().Any());
        Assert.Contains(batch.Events, e => e is ExecutionChanged { After.Status: SUCCEEDED });
        Assert.Contains(batch.Events, e => e is JobChanged);
        Assert.IsType<PendingChanged>(batch.Events[^1]);
        Assert.Single(batch.Events.OfType<PendingChanged>());
    }

    [Fact]
    public async Task The_message_says_what_GetPendingJobExecutions_and_next_say()
    {
        await _t.Things("a");
        for (var i = 0; i < 12; i++)
        {
            await _t.At(i);
            await _t.Create($"j{i:D2}", "a", job => job with { Document = $$"""{"n":{{i}}}""" });
        }
        await _t.StartNext("a");
        await _t.At(20);
        await _heard.Clear();
        await _t.Report("j00", "a", SUCCEEDED);
        await _t.Engine.PassTimeAsync(TestContext.Current.CancellationToken);

        var notice = Assert.Single(_heard.Notices());
        var pending = await _t.Run(new GetPendingJobExecutions("a"));
        Assert.Equal(10, notice.Pending!.QueuedJobs.Count);
        Assert.Equal(pending.QueuedJobs, notice.Pending.QueuedJobs);
        Assert.Equal((await _t.Run(new IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecution("$next", "a"))).Execution, notice.Next);
        Assert.Equal("""{"n":1}""", notice.Next!.JobDocument);
        Assert.Equal(TestEngine.T0.AddSeconds(20), notice.At);
    }

    [Fact]
    public async Task What_starts_and_ends_in_one_group_is_told_though_the_next_one_is_the_same_as_before()
    {
        await _t.Things("a");
        await _t.Create("j", "a");
        await _t.At(1);
        await _t.Create("k", "a");
        await _heard.Clear();
        await Together(() => _t.Report("k", "a", IN_PROGRESS), () => _t.Report("k", "a", SUCCEEDED));
        Assert.Equal(["a: notify [j#1] next j#1"], await _heard.Lines());
    }

    [Fact]
    public async Task Many_operations_on_one_thing_in_one_group_are_one_message_with_the_end_of_it()
    {
        await _t.Things("a");
        var jobs = Enumerable.Range(0, 9).Select(i => $"j{i}").ToList();
        for (var i = 0; i < jobs.Count; i++)
        {
            await _t.At(i);
            await _t.Create(jobs[i], "a");
        }
        await _heard.Clear();
        var commits = _store.Commits;
        await Together([.. jobs.Take(8).SelectMany(job => new Func<Task>[] { () => _t.Report(job, "a", IN_PROGRESS), () => _t.Report(job, "a", FAILED) })]);
        Assert.Equal(2, _store.Commits - commits);
        Assert.Equal(["a: notify [j8#1] next j8#1"], await _heard.Lines());
    }

    [Fact]
    public async Task Operations_which_are_refused_tell_nothing()
    {
        await _t.Things("a");
        await _t.Create("j", "a");
        await _heard.Clear();
        await TestEngine.Refused(_t.Report("j", "a", SUCCEEDED, report => report with { ExpectedVersion = 7 }), JobsError.InvalidStateTransition);
        await TestEngine.Refused(_t.Run(new CancelJobExecution("j", "a") { ExpectedVersion = 7 }), JobsError.VersionConflict);
        Assert.Empty(await _heard.Lines());
    }

    [Fact]
    public async Task A_thing_deleted_and_made_again_in_one_group_has_nothing_to_do()
    {
        await _t.Things("a");
        await _t.Create("j", "a");
        await _heard.Clear();
        await Together(() => _t.Run(new DeleteThing("a")), () => _t.Run(new CreateThing("a")));
        Assert.Equal(["a: notify [] next -"], await _heard.Lines());
    }

    [Fact]
    public async Task An_audience_that_fails_hinders_no_change()
    {
        var faults = new List<Exception>();
        using var t = new TestEngine(services: new() { Audience = _ears, OnFault = faults.Add });
        await t.Things("a");
        _ears.Hears = _ => throw new InvalidOperationException("deaf");
        await t.Create("j", "a");
        await t.Engine.PassTimeAsync(TestContext.Current.CancellationToken);
        Assert.Equal("1 0 0 0 0 0 0 0", await t.Counts("j"));
        Assert.Contains(faults, fault => fault.Message == "deaf");
    }

    /// <summary>Runs calls in one group: they come while the thread of the store is busy with another commit.</summary>
    private async Task Together(params Func<Task>[] calls)
    {
        var gate = _store.HoldCommit();
        var other = _t.Run(new CreateThing($"other-{_store.Commits}"));
        gate.WaitUntilReached();
        var waiting = calls.Select(call => call()).ToList();
        gate.Open();
        await other;
        await Task.WhenAll(waiting);
    }
}
