using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Engine;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>jobs-reference 16.3: ended jobs go with all that belongs to them, and nobody is told (OPEN-31).</summary>
public sealed class RetentionBesideOthersTests : IDisposable
{
    private const int Days90 = 90 * 24 * 3600;

    private readonly HookedStore _store = new();
    private readonly TestEngine _t;

    public RetentionBesideOthersTests()
    {
        _store.Commit(new() { EventConfigurations = new() { Enabled = [EventType.JOB, EventType.JOB_EXECUTION] } });
        _t = new(new() { SliceSize = 1 }, store: _store);
    }

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_canceled_job_is_gone_ninety_days_later_to_the_millisecond_with_executions_and_history()
    {
        await _t.Group("g", 5);
        await _t.Create("j", GroupArn("g"));
        await _t.StartNext("g-0000");
        await _t.At(10);
        await _t.Run(new CancelJob("j"));
        await _t.At(10);
        var sequence = Assert.Single(_store.Load().Jobs).Sequence;
        Assert.NotEmpty(_store.ReadHistory(sequence, 0, 100));
        await _t.At(10 + Days90 - 0.001);
        Assert.Equal("0 1 0 0 0 0 0 4", await _t.Counts("j"));
        using var feed = _t.Engine.Subscribe(100_000);
        _t.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Refused(_t.Job("j"), JobsError.ResourceNotFound);
        Assert.Null(await _t.StartNext("g-0000"));
        Assert.Empty((await _t.Run(new ListJobExecutionsForThing("g-0000"))).ExecutionSummaries);
        await _t.At(10 + Days90 + 1);
        _t.Engine.Dispose();
        var contents = _store.Load();
        Assert.Empty(contents.Jobs);
        Assert.Empty(contents.Progress);
        Assert.Empty(_store.ReadHistory(sequence, 0, 100));
        var told = new List<JobsEvent>();
        while (feed.Batches.TryRead(out var batch))
        {
            told.AddRange(batch.Events);
        }
        Assert.Equal("j", Assert.IsType<JobChanged>(Assert.Single(told)).JobId);
    }

    [Fact]
    public async Task A_new_job_with_the_id_of_one_which_is_being_purged_has_its_own_events()
    {
        await _t.Group("g", 5);
        await _t.Create("j", GroupArn("g"));
        await _t.At(0);
        await _t.Run(new CancelJob("j"));
        await _t.At(10);
        using var feed = _t.Engine.Subscribe(100_000);
        var gate = _store.HoldCommit();
        var cleared = _t.Run(new ClearJobHistory(T0.AddSeconds(10)));
        gate.WaitUntilReached();
        var created = _t.Create("j", GroupArn("g"));
        gate.Open();
        Assert.Equal(1, (await cleared).Jobs);
        await created;
        await _t.At(11);
        _t.Engine.Dispose();
        var told = new List<bool>();
        while (feed.Batches.TryRead(out var batch))
        {
            told.AddRange(batch.Events.OfType<JobChanged>().Select(changed => changed.Job is { PurgedAt: null }));
        }
        Assert.False(told[0]);
        Assert.All(told.Skip(1), Assert.True);
        Assert.Equal(JobStatus.IN_PROGRESS, Assert.Single(_store.Load().Jobs).Status);
    }
}
