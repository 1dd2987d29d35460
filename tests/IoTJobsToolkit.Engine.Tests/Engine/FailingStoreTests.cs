using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Engine;

/// <summary>What callers and background work see of a store that fails, for a moment or for good.</summary>
public sealed class FailingStoreTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HookedStore _store = new();
    private readonly List<Exception> _faults = [];
    private readonly TestEngine _t;

    public FailingStoreTests() => _t = new(store: _store, services: new() { OnFault = fault => { lock (_faults) { _faults.Add(fault); } } });

    public void Dispose()
    {
        _store.OnCommit = null;
        _store.OnRead = null;
        _t.Dispose();
    }

    [Fact]
    public async Task A_store_that_breaks_in_a_read_leaves_nobody_waiting()
    {
        await _t.Things("a");
        var gate = _store.HoldCommit();
        var first = _t.Run(new CreateThing("x"));
        gate.WaitUntilReached();
        var inGroup = _t.Run(new CreateThing("y"));
        var broken = _t.Run(new UpdateThing("cold"));
        var calls = 0;
        _store.OnRead = _ =>
        {
            if (++calls == 2)
            {
                throw new StoreFailedException("broken");
            }
        };
        gate.Open();
        await first;
        await Refused(inGroup.WaitAsync(Patience, TestContext.Current.CancellationToken), JobsError.ServiceUnavailable);
        await Refused(broken.WaitAsync(Patience, TestContext.Current.CancellationToken), JobsError.ServiceUnavailable);
        Assert.IsType<StoreFailedException>(_t.Engine.Failure);
        await Refused(_t.Run(new CreateThing("z")), JobsError.ServiceUnavailable);
    }

    [Fact]
    public async Task A_fault_in_the_first_slice_refuses_the_call_that_asked_for_it()
    {
        await _t.Group("g", 3);
        _store.OnRead = name =>
        {
            if (name == nameof(IJobsStore.ReadMembers))
            {
                throw new InvalidOperationException("unreadable");
            }
        };
        await Refused(_t.Create("j", GroupArn("g")).WaitAsync(Patience, TestContext.Current.CancellationToken), JobsError.ServiceUnavailable);
        _store.OnRead = null;
        await Refused(_t.Job("j"), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task A_slice_that_cannot_be_stored_is_tried_again_and_reported()
    {
        await _t.Group("g", 2);
        await _t.Create("j", GroupArn("g"), OneAMinute);
        var failed = new TaskCompletionSource();
        _store.OnCommit = _ =>
        {
            failed.TrySetResult();
            throw new InvalidOperationException("the disk is full");
        };
        _t.Clock.Advance(TimeSpan.FromMinutes(1));
        await failed.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        _store.OnCommit = null;
        await _t.Things("in-between");
        Assert.Null(_t.Engine.Failure);
        await _t.At(120);
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("j"));
        Assert.Contains(_faults, fault => fault.Message == "the disk is full");
    }

    [Fact]
    public async Task What_cannot_be_stored_has_not_happened()
    {
        var store = new HookedStore();
        using var engine = new JobsEngine(store, _t.Clock);
        var jobs = engine.As(Caller.Operator("admin"));
        await jobs.ExecuteAsync(new CreateThing("a"), TestContext.Current.CancellationToken);
        store.OnCommit = _ => throw new InvalidOperationException("the disk is full");
        var refusal = await Refused(jobs.ExecuteAsync(new CreateThing("b"), TestContext.Current.CancellationToken), JobsError.ServiceUnavailable);
        Assert.Contains("disk is full", refusal.Message, StringComparison.Ordinal);
        store.OnCommit = null;
        await Refused(jobs.ExecuteAsync(new DescribeThing("b"), TestContext.Current.CancellationToken), JobsError.ResourceNotFound);
        await jobs.ExecuteAsync(new CreateThing("b"), TestContext.Current.CancellationToken);
        Assert.Equal(2, (await jobs.ExecuteAsync(new ListThings(), TestContext.Current.CancellationToken)).Things.Count);
    }

    private static CreateJob OneAMinute(CreateJob job) => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } };
}
