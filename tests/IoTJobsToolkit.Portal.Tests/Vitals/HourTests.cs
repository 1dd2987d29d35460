using IoTJobsToolkit.Portal.Vitals;

namespace IoTJobsToolkit.Portal.Tests.Vitals;

public sealed class HourTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Minutes_leave_the_hour_one_by_one()
    {
        var ring = new MinuteRing();
        ring.Add(Now.AddMinutes(-59));
        ring.Add(Now);
        ring.Add(Now.AddMinutes(-30)); // Out of order, as old changes are read.
        ring.Add(Now.AddMinutes(-60)); // Too old.

        Assert.Equal((3, 1), (ring.Sum(Now), ring.Sum(Now, 5)));
        Assert.Equal((1, 1, 1), (ring.At(Now, 0), ring.At(Now, 29), ring.At(Now, 59)));
        Assert.Equal(2, ring.Sum(Now.AddMinutes(1)));
        Assert.Equal(0, ring.Sum(Now.AddDays(2)));
    }

    [Fact]
    public void Names_leave_the_tally_with_their_last_minute()
    {
        var tally = new HourTally(10);
        tally.Add("disk full", Now.AddMinutes(-59));
        tally.Add("disk full", Now.AddMinutes(-10));
        tally.Add("no power", Now.AddMinutes(-59));
        tally.Add("too old", Now.AddMinutes(-60));

        Assert.Equal([new("disk full", 2), new("no power", 1)], tally.Top(Now, 5));
        Assert.Equal([new("disk full", 2)], tally.Top(Now, 1));
        Assert.Equal([new("disk full", 1)], tally.Top(Now.AddMinutes(1), 5));
        Assert.Empty(tally.Top(Now.AddHours(5), 5));
    }

    [Fact]
    public void Endless_names_are_counted_together()
    {
        var tally = new HourTally(2);
        foreach (var name in new[] { "a", "b", "c", "d", "a" })
        {
            tally.Add(name, Now);
        }

        Assert.Equal([new("a", 2), new(HourTally.Others, 2), new("b", 1)], tally.Top(Now, 5));
        Assert.Empty(tally.Top(Now.AddHours(1), 5));
    }
}
