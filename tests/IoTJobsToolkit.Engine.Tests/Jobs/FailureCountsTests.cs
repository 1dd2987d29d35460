using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Tests.Jobs;

public sealed class FailureCountsTests
{
    private static FailureCounts Full { get; } =
        Enumerable.Range(0, FailureCounts.MaxReasons).Aggregate(FailureCounts.None, (counts, i) => counts.Add($"reason {i}", 1));

    [Fact]
    public void A_reason_whose_last_failure_went_is_forgotten() =>
        Assert.Equal(FailureCounts.None, FailureCounts.None.Add("disk full", 1).Add("disk full", -1));

    [Fact]
    public void Reasons_beyond_the_first_are_counted_together()
    {
        var counts = Full.Add("one more", 1).Add("another", 2).Add("reason 0", 1);
        Assert.Equal((3, 2, FailureCounts.MaxReasons + 4), (counts.Others, counts.ByReason["reason 0"], counts.Total));
        Assert.DoesNotContain("one more", counts.ByReason.Keys);
    }

    [Fact]
    public void A_reason_keeps_its_place_while_others_are_counted_together()
    {
        var counts = Full.Add("one more", 1).Add("reason 0", -1).Add("another", 1);
        Assert.Equal((2, 0), (counts.Others, counts.ByReason["reason 0"]));
        Assert.Equal(FailureCounts.MaxReasons - 1, counts.Add("one more", -1).Add("another", -1).Total);
    }

    [Fact]
    public void What_goes_is_taken_from_where_it_was_counted() =>
        Assert.Equal(Full, Full.Add("one more", 1).Add("one more", -1));

    [Fact]
    public void Counts_are_the_same_by_what_they_count()
    {
        Assert.Equal(FailureCounts.None.Add("a", 1).Add("b", 2), FailureCounts.None.Add("b", 2).Add("a", 1));
        Assert.NotEqual(FailureCounts.None.Add("a", 1), FailureCounts.None.Add("a", 2));
    }
}
