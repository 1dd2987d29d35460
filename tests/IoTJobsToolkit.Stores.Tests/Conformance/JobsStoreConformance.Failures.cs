using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>A commit that fails has not happened, and the store goes on.</summary>
public abstract partial class JobsStoreConformance
{
    [Fact]
    public void A_change_of_what_is_not_there_leaves_nothing_behind() =>
        FailsWith(changes => changes.Put(Execution(99, thing: "none"), Execution(99, thing: "none")));

    [Fact]
    public void A_deletion_of_what_is_not_there_leaves_nothing_behind() => FailsWith(changes => changes.Drop(Job(99)));

    [Fact]
    public void An_insertion_of_what_is_there_leaves_nothing_behind() => FailsWith(changes => changes.Put(Execution(1)));

    private protected void FailsWith(Action<JobsChanges> fault)
    {
        Commit(Everything());
        var before = Snapshot();

        var next = Everything(offset: 1000);
        fault(next);
        Assert.ThrowsAny<Exception>(() => Store.Commit(next));
        Same<object?>(before, Snapshot());

        Commit(Everything(offset: 1000));
        Assert.Equal(2, Store.Load().Jobs.Count);
        Assert.NotNull(Store.FindThing("thing-1000"));
    }

    private static JobsChanges Everything(long offset = 0)
    {
        var thing = $"thing-{offset}";
        var changes = new JobsChanges
        {
            NextSequence = 500 + offset,
            Documents = { [1 + offset] = "{}" },
            DeletedNumbers = { [(1 + offset, 1)] = new(4, 40) },
            History = { FullHistory(1 + offset, 1) },
            Activities = { FullActivity(1 + offset) },
        };
        return changes.Put(Job(1 + offset)).Put(FullProgress(1 + offset)).Put(FullGroup(2 + offset)).Put(FullThing(thing)).Put(FullTemplate(3 + offset))
            .Put(Running(Execution(1 + offset), Time.AddHours(offset)))
            .Put(new GroupMember(2, thing, 1, 1)).Put(new SnapshotLeaver(1, 0, thing, 1));
    }

    private object?[] Snapshot() =>
    [
        Store.Load(), Store.ReadThings(null, 100), Store.ReadExecutions(1, null, 100),
        Store.ReadExecutionsOfThing(100, null, DateTimeOffset.MinValue, 100), Store.ReadTimers(DateTimeOffset.MaxValue, 100),
        Store.ReadMembers(2, null, 100), Store.ReadLeavers(1, 0, null, 100), Store.FindDocument(1001), Store.FindDocument(5),
        Store.FindDeletedNumber(1001, 1), Store.ReadHistory(1001, 0, 100), Store.ReadActivities(1002, 1),
    ];
}
