using System.Collections.Concurrent;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using UpdateJobExecution = IoTJobsToolkit.Engine.Operations.Device.UpdateJobExecution;

namespace IoTJobsToolkit.Engine.Tests.Engine;

public sealed class ReadAheadTests : IDisposable
{
    private const int Things = 100;

    private readonly HookedStore _store = new();
    private readonly ConcurrentQueue<string> _reads = new();
    private readonly TestEngine _t;

    public ReadAheadTests() => _t = new(store: _store);

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task Things_that_many_callers_name_are_read_together()
    {
        await JobAsync("x");
        ForgetThings();

        await TogetherAsync(i => _t.Run(new CancelJobExecution("x", TestEngine.Member("g", i))));

        Assert.Contains(nameof(IJobsStore.FindExecutionsOfThings), _reads);
        Assert.InRange(_reads.Count(read => read is nameof(IJobsStore.FindThing) or nameof(IJobsStore.ReadExecutionsOfThing)), 0, 20);
        Assert.Equal(Things, (await _t.Job("x")).JobProcessDetails.NumberOfCanceledThings);
    }

    [Fact]
    public async Task What_was_read_together_is_what_each_thing_has_to_do()
    {
        await JobAsync("x");
        await JobAsync("y");
        await EndAsync("x", 3);
        ForgetThings();

        await TogetherAsync(i => _t.Run(new CancelJobExecution("y", TestEngine.Member("g", i))));

        for (var i = 0; i < Things; i++)
        {
            var next = await _t.StartNext(TestEngine.Member("g", i));
            Assert.Equal(i == 3 ? null : "x", next?.JobId);
        }
    }

    [Fact]
    public async Task A_long_history_is_read_thing_by_thing()
    {
        for (var job = 0; job < 6; job++)
        {
            await JobAsync($"old-{job}");
            await _t.Run(new CancelJob($"old-{job}"));
            await _t.At(100 * (job + 1));
        }
        await JobAsync("x");
        ForgetThings();

        await TogetherAsync(i => _t.Run(new CancelJobExecution("x", TestEngine.Member("g", i))));

        Assert.InRange(_reads.Count(read => read == nameof(IJobsStore.ReadExecutionsOfThing)), Things, 2 * Things);
        Assert.Equal(Things, (await _t.Job("x")).JobProcessDetails.NumberOfCanceledThings);
    }

    [Fact]
    public async Task What_cannot_be_read_together_is_read_thing_by_thing()
    {
        await JobAsync("x");
        ForgetThings();
        _store.OnRead = read => _ = read == nameof(IJobsStore.FindExecutionsOfThings) ? throw new IOException("The disk is busy.") : 0;

        await TogetherAsync(i => _t.Run(new CancelJobExecution("x", TestEngine.Member("g", i))));

        Assert.Equal(Things, (await _t.Job("x")).JobProcessDetails.NumberOfCanceledThings);
    }

    [Fact]
    public async Task A_thing_that_changes_in_the_commit_before_is_read_as_it_is_then()
    {
        await JobAsync("x");
        ForgetThings();

        var refused = 0;
        await TogetherAsync(
            async i =>
            {
                try
                {
                    await _t.Run(new CancelJobExecution("x", TestEngine.Member("g", i)));
                }
                catch (JobsException refusal) when (refusal.Error == JobsError.ResourceNotFound)
                {
                    Interlocked.Increment(ref refused);
                }
            },
            () => _t.Run(new DeleteThing(TestEngine.Member("g", 50))));

        Assert.Equal(1, refused);
        Assert.Equal(Things - 1, (await _t.Job("x")).JobProcessDetails.NumberOfCanceledThings);
    }

    private async Task JobAsync(string jobId)
    {
        if (_store.FindThing(TestEngine.Member("g", 0)) is null)
        {
            await _t.Group("g", Things);
        }
        await _t.Create(jobId, TestEngine.GroupArn("g"));
        await _t.Engine.PassTimeAsync(TestContext.Current.CancellationToken);
    }

    private async Task EndAsync(string jobId, int thing) => await _t.Device(TestEngine.Member("g", thing)).ExecuteAsync(
        new UpdateJobExecution(jobId, TestEngine.Member("g", thing)) { Status = JobExecutionStatus.SUCCEEDED }, TestContext.Current.CancellationToken);

    private void ForgetThings()
    {
        _t.Restart();
        _reads.Clear();
        _store.OnRead = _reads.Enqueue;
    }

    /// <summary>All wait while another change is being committed, so that they come to their turns together.</summary>
    private async Task TogetherAsync(Func<int, Task> run, Func<Task>? before = null)
    {
        var gate = _store.HoldCommit();
        var first = before?.Invoke() ?? _t.Run(new CreateThing("another"));
        gate.WaitUntilReached();
        var all = Enumerable.Range(0, Things).Select(run).ToList();
        gate.Open();
        await Task.WhenAll(all.Append(first));
    }
}
