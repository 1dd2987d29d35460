using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Things;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>Every read has its order, its bounds and its pages.</summary>
public abstract partial class JobsStoreConformance
{
    /// <summary>In ordinal order: names which begin with each other, and the characters around the letters.</summary>
    private static readonly string[] Names = ["A", "A-", "B", "_", "a", "a-", "a-b", "a0", "a:", "a:b", "aA", "aa", "b"];

    [Fact]
    public void Things_are_read_by_name_in_pages()
    {
        Assert.Equal(Names, Names.Order(StringComparer.Ordinal));
        Commit(Names.Reverse().Aggregate(ChangesOf.Nothing, (changes, name) => changes.Put(Thing(name))));
        PagesTogetherAre([.. Names.Select(name => Thing(name))], Store.ReadThings, thing => thing.Name);
        Same([Thing("a0")], Store.ReadThings("a-c", 1));
    }

    [Fact]
    public void Members_are_read_by_name_in_pages_each_group_for_itself()
    {
        var members = Names.Select(name => new GroupMember(5, name, 100, 1)).ToList();
        Commit(members.AsEnumerable().Reverse().Aggregate(
            ChangesOf.Nothing.Put(new GroupMember(4, "z", 1, 1)).Put(new GroupMember(6, "A", 1, 1)).Put(new GroupMember(261, "A", 1, 1)),
            (changes, member) => changes.Put(member)));
        PagesTogetherAre(members, (string? after, int take) => Store.ReadMembers(5, after, take), member => member.ThingName);
        Assert.Empty(Store.ReadMembers(7, null, 10));
    }

    [Fact]
    public void Leavers_are_read_by_name_in_pages_each_target_for_itself()
    {
        var leavers = Names.Select(name => new SnapshotLeaver(5, 2, name, 100)).ToList();
        Commit(leavers.AsEnumerable().Reverse().Aggregate(
            ChangesOf.Nothing.Put(new SnapshotLeaver(5, 1, "z", 1)).Put(new SnapshotLeaver(5, 3, "A", 1)).Put(new SnapshotLeaver(6, 2, "A", 1)),
            (changes, leaver) => changes.Put(leaver)));
        PagesTogetherAre(leavers, (string? after, int take) => Store.ReadLeavers(5, 2, after, take), leaver => leaver.ThingName);
        Assert.Equal(Names.Length, Store.ReadLeavers(5, 2, null, int.MaxValue).Count);
    }

    [Fact]
    public void Executions_of_a_job_are_read_by_queue_time_thing_number_and_sequence_in_pages()
    {
        var executions = Names.Select((name, i) => Execution(50 - i, job: 2, thing: name))
            .Append(Execution(60, job: 2, thing: "b", number: 2))
            .Append(Execution(61, job: 2, thing: "b", number: 2))
            .Append(Execution(59, job: 2, thing: "b", number: 300))
            .Append(Execution(2, job: 2, thing: "A", queuedAt: Time.AddMilliseconds(1)))
            .Append(Execution(1, job: 2, thing: "A", queuedAt: Time.AddDays(400)))
            .ToList();
        Assert.Equal(executions, executions.OrderBy(execution => execution.Key));
        Commit(executions.AsEnumerable().Reverse().Aggregate(
            ChangesOf.Nothing.Put(Execution(70, job: 1, thing: "z")).Put(Execution(71, job: 3, thing: "A")),
            (changes, execution) => changes.Put(execution)));
        PagesTogetherAre(
            executions, (ExecutionKey? after, int take) => Store.ReadExecutions(2, after, take), execution => (ExecutionKey?)execution.Key);
        Assert.Empty(Store.ReadExecutions(4, null, 10));
    }

    [Fact]
    public void Executions_of_a_thing_are_read_newest_first_in_pages()
    {
        var executions = Names.Reverse()
            .Select((jobId, i) => Execution(50 - i, job: 10 + i, jobId: jobId, thingSequence: 7))
            .Prepend(Execution(61, job: 10, jobId: "b", number: 300, thingSequence: 7))
            .Prepend(Execution(60, job: 9, jobId: "A", thingSequence: 7, queuedAt: Time.AddMilliseconds(1)))
            .Append(Execution(1, job: 8, jobId: "z", thingSequence: 7, queuedAt: Time.AddMilliseconds(-1)))
            .ToList();
        Assert.Equal(executions, executions.OrderBy(execution => execution.ThingKey));
        Commit(executions.Aggregate(
            ChangesOf.Nothing.Put(Execution(70, thingSequence: 6)).Put(Execution(71, thingSequence: 8)),
            (changes, execution) => changes.Put(execution)));
        PagesTogetherAre(
            executions,
            (ThingExecutionKey? after, int take) => Store.ReadExecutionsOfThing(7, after, DateTimeOffset.MinValue, take),
            execution => (ThingExecutionKey?)execution.ThingKey);
        Same(executions[..^1], Store.ReadExecutionsOfThing(7, null, Time, 100));
        Same(executions[..1], Store.ReadExecutionsOfThing(7, null, Time.AddMilliseconds(1), 100));
        Assert.Empty(Store.ReadExecutionsOfThing(7, null, Time.AddDays(1), 100));
        Assert.Empty(Store.ReadExecutionsOfThing(9, null, DateTimeOffset.MinValue, 100));
    }

    [Fact]
    public void Executions_of_things_that_lie_together_are_found_at_once_unless_there_are_too_many()
    {
        var executions = Enumerable.Range(0, 6).Select(i => Execution(50 + i, job: 10, jobId: $"j{i}", thingSequence: 7 + i / 2)).ToList();
        Commit(executions.Aggregate(
            ChangesOf.Nothing.Put(Execution(70, thingSequence: 6)).Put(Execution(71, thingSequence: 10)), (changes, execution) => changes.Put(execution)));

        Same(executions, [.. Store.FindExecutionsOfThings(7, 9, 6)!.OrderBy(execution => execution.Sequence)]);
        Same(executions[2..4], [.. Store.FindExecutionsOfThings(8, 8, 6)!.OrderBy(execution => execution.Sequence)]);
        Assert.Null(Store.FindExecutionsOfThings(7, 9, 5));
        Assert.Empty(Store.FindExecutionsOfThings(11, 20, 5)!);
    }

    [Fact]
    public void History_is_read_oldest_first_in_pages_each_job_for_itself()
    {
        var history = new long[] { 2, 3, 200, 256, 70_000 }.Select(sequence => FullHistory(5, sequence)).ToList();
        Commit(new() { History = { FullHistory(4, 1), history[4], history[1], history[0], history[3], history[2], FullHistory(6, 1) } });
        PagesTogetherAre(history, (long after, int take) => Store.ReadHistory(5, after, take), record => record.Sequence);
    }

    [Fact]
    public void A_page_of_none_is_empty()
    {
        Commit(ChangesOf.Nothing.Put(Thing("a")).Put(Execution(1)).Put(new GroupMember(1, "a", 1, 1)));
        Assert.Empty(Store.ReadThings(null, 0));
        Assert.Empty(Store.ReadExecutions(1, null, 0));
        Assert.Empty(Store.ReadExecutionsOfThing(100, null, Time, 0));
        Assert.Empty(Store.ReadMembers(1, null, 0));
    }
}
