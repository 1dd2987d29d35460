using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Engine;
using IoTJobsToolkit.Portal.Vitals;

namespace IoTJobsToolkit.Portal.Tests.Vitals;

public sealed class StoppedEngineTests : PulseTest
{
    private readonly HookedStore _store;

    public StoppedEngineTests()
        : this(new())
    {
    }

    private StoppedEngineTests(HookedStore store)
        : base(store: store) => _store = store;

    [Fact]
    public async Task An_engine_which_has_stopped_comes_before_all()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("fw", things);
        await SeeAsync(seen => seen.RunningCount == 1);
        Pass(31);
        _store.OnCommit = _ => throw new StoreFailedException("disk full", new IOException());
        await Assert.ThrowsAsync<JobsException>(() => Fleet.AddThingsAsync(1, "more-"));
        Pass(0.1);

        var snapshot = await SeeAsync(seen => seen.NeedPerson == 2);

        Assert.Equal([TroubleKind.EngineStopped, TroubleKind.Stuck], snapshot.Troubles.Select(trouble => trouble.Kind));
        Assert.Contains("disk full", snapshot.Troubles[0].Detail, StringComparison.Ordinal);
    }
}

public sealed class DeletionBacklogTests() : PulseTest(new JobsSettings { DeletionPaused = true })
{
    [Theory]
    [InlineData(4, null, 0)]
    [InlineData(5, TroubleKind.DeletionsMany, 0)]
    [InlineData(10, TroubleKind.DeletionsFull, 1)]
    public async Task Deletions_are_told_when_they_are_many_and_need_somebody_when_no_more_are_taken(int count, TroubleKind? kind, int needPerson)
    {
        var things = await Fleet.AddThingsAsync(1);
        for (var i = 0; i < count; i++)
        {
            await Fleet.AddJobAsync($"job-{i}", things);
            await Fleet.RunAsync(new DeleteJob($"job-{i}") { Force = true });
        }

        var snapshot = await SeeAsync(seen => seen.HasJobs && seen.Running.Count == 0 && seen.Troubles.Count == (kind is null ? 0 : 1) && seen.NeedPerson == needPerson);

        Assert.Equal(kind, snapshot.Troubles.Select(trouble => (TroubleKind?)trouble.Kind).SingleOrDefault());
    }
}
