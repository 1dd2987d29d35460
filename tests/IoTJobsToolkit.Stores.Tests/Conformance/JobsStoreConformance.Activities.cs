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
        Commit(new() { Activities = { activities[1], activities[4], activities[2] } });
        Commit(new() { Activities = { activities[3] } });
        Commit(new() { Activities = { activities[0] } });

        PagesTogetherAre(activities, (long? before, int take) => Store.ReadActivities(before, take), record => record.Sequence);
        Same([activities[3], activities[4]], Store.ReadActivities(200, 10));
        Same([activities[2]], Store.ReadActivities(201, 1));
        Assert.Empty(Store.ReadActivities(2, 10));
        Same([activities[4], activities[3], activities[2]], Store.ReadFirstActivities(3));
    }

    [Fact]
    public void Activities_are_cleared_one_by_one()
    {
        Commit(new() { Activities = { FullActivity(1), FullActivity(2), FullActivity(3) } });
        Commit(new() { ClearedActivities = { 1, 3 }, Activities = { FullActivity(4) } });
        Same([FullActivity(4), FullActivity(2)], Store.ReadActivities(null, 10));
        Same([FullActivity(2)], Store.ReadFirstActivities(1));
    }
}
