using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.LiteDb;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

public sealed class InMemoryConformance : JobsStoreConformance
{
    protected override IJobsStore Store { get; } = new InMemoryJobsStore();

    protected override void Dispose(bool disposing) => Store.Dispose();
}

public class LiteDbConformance : JobsStoreConformance
{
    private readonly TemporaryFolder _folder = new();
    private LiteDbJobsStore _store;

    public LiteDbConformance() => _store = Open();

    protected override IJobsStore Store => _store;

    protected void Reopen()
    {
        _store.Dispose();
        _store = Open();
    }

    protected override void Dispose(bool disposing)
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private LiteDbJobsStore Open() => LiteDbJobsStore.Open(_folder.Database, TimeProvider.System);
}

/// <summary>The same, with a close and a reopen after every commit.</summary>
public sealed class LiteDbReopenedConformance : LiteDbConformance
{
    protected override void Commit(JobsChanges changes)
    {
        base.Commit(changes);
        Reopen();
    }
}
