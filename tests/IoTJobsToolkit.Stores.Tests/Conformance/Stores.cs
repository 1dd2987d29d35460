using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.LiteDb;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

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

    [Fact]
    public void A_document_of_20_MB_leaves_nothing_behind() => FailsWith(changes => changes.Documents[5] = new('x', 20_000_000));

    [Fact]
    public void An_execution_of_20_MB_leaves_nothing_behind() => FailsWith(changes => changes.Put(
        Execution(98) with { StatusDetails = new Dictionary<string, string> { ["d"] = new('x', 20_000_000) } }));

    [Fact]
    public void A_name_longer_than_a_key_leaves_nothing_behind() => FailsWith(changes => changes.Put(Thing(new('n', 5000))));

    [Fact]
    public void A_name_longer_than_a_key_of_two_parts_leaves_nothing_behind() =>
        FailsWith(changes => changes.Put(new GroupMember(2, new('n', 5000), 1, 1)));

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
