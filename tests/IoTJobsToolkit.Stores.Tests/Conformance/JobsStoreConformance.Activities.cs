using IoTJobsToolkit.Engine.Storage;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>What operators did.</summary>
public abstract partial class JobsStoreConformance
{
    [Fact]
    public void An_activity_comes_back_with_every_field_and_with_none_of_those_that_may_be_absent()
    {
        var bare = FullActivity(2) with { Role = null, Origin = null, Details = null };
        Commit(new() { Activities = { FullActivity(1), bare } });
        Same([bare, FullActivity(1)], Store.ReadActivities(null, 10));
        Same([FullActivity(1)], Store.ReadFirstActivities(1));
    }

    [Fact]
    public void Activities_are_read_newest_first_in_pages_before_a_sequence()
    {
        var activities = new long[] { 70_000, 256, 200, 3, 2 }.Select(FullActivity).ToList();
        Commit(new() { Activities = { activities[3], activities[4] } });
        Commit(new() { Activities = { activities[2] } });
        Commit(new() { Activities = { activities[1], activities[0] } });

        PagesTogetherAre(activities, (long? before, int take) => Store.ReadActivities(before, take), record => record.Sequence);
        Same([activities[3], activities[4]], Store.ReadActivities(200, 10));
        Same([activities[2]], Store.ReadActivities(201, 1));
        Assert.Empty(Store.ReadActivities(2, 10));
        Same([activities[4], activities[3], activities[2]], Store.ReadFirstActivities(3));
    }

    [Fact]
    public void Many_activities_of_small_and_large_commits_are_read_from_both_ends_and_from_the_middle()
    {
        var next = 0L;
        foreach (var size in new[] { 1, 1, 1, 200, 1, 0, 40, 1, 500, 3 })
        {
            var changes = new JobsChanges();
            changes.Activities.AddRange(Enumerable.Range(0, size).Select(_ => FullActivity(next += 2)));
            Commit(changes);
        }
        var newestFirst = Enumerable.Range(1, (int)next / 2).Select(i => FullActivity(2 * i)).Reverse().ToList();

        Same(newestFirst, Store.ReadActivities(null, int.MaxValue));
        Same(Enumerable.Reverse(newestFirst).Take(300).ToList(), Store.ReadFirstActivities(300));
        foreach (var before in new[] { 1, 2, 3, 8, 9, 407, 408, 500, next, next + 1, next + 2 })
        {
            foreach (var take in new[] { 1, 7, 100, 10_000 })
            {
                Same(newestFirst.Where(activity => activity.Sequence < before).Take(take).ToList(), Store.ReadActivities(before, take));
            }
        }
    }

    [Fact]
    public void Activities_are_cleared_one_by_one()
    {
        Commit(new() { Activities = { FullActivity(1), FullActivity(2), FullActivity(3) } });
        Commit(new() { ClearedActivities = { 1, 3 }, Activities = { FullActivity(4) } });
        Same([FullActivity(4), FullActivity(2)], Store.ReadActivities(null, 10));
        Same([FullActivity(2)], Store.ReadFirstActivities(1));
    }

    [Fact]
    public void Many_activities_are_cleared_from_the_oldest_on()
    {
        var changes = new JobsChanges();
        changes.Activities.AddRange(Enumerable.Range(1, 600).Select(i => FullActivity(i)));
        Commit(changes);
        for (var i = 601; i <= 640; i++)
        {
            Commit(new() { Activities = { FullActivity(i) } });
        }
        for (var cleared = 0; cleared < 630; cleared += 70)
        {
            var clearing = new JobsChanges();
            clearing.ClearedActivities.AddRange(Store.ReadFirstActivities(70).Select(activity => activity.Sequence));
            Commit(clearing);
            Same(Enumerable.Range(cleared + 71, 570 - cleared).Select(i => FullActivity(i)).Reverse().ToList(), Store.ReadActivities(null, 1_000));
        }
        Same(Enumerable.Range(631, 10).Select(i => FullActivity(i)).ToList(), Store.ReadFirstActivities(100));
    }
}
