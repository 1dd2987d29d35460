using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Activity;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class ActivityFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static ListActivity Asked(string zone, params (string Name, string Value)[] address) => ActivityFilter
        .Of(name => address.FirstOrDefault(parameter => parameter.Name == name).Value)
        .ToOperation(Now, TimeZoneInfo.FindSystemTimeZoneById(zone));

    [Fact]
    public void Days_are_the_viewers_and_the_last_one_counts_whole()
    {
        var list = Asked("Europe/Amsterdam", ("from", "2026-10-24"), ("until", "2026-10-25"));

        Assert.Equal(new DateTimeOffset(2026, 10, 23, 22, 0, 0, TimeSpan.Zero), list.From);
        Assert.Equal(new DateTimeOffset(2026, 10, 25, 23, 0, 0, TimeSpan.Zero), list.Until); // Clocks were put back on that day.
    }

    [Fact]
    public void A_day_whose_midnight_is_skipped_begins_where_it_begins() =>
        Assert.Equal(new DateTimeOffset(2026, 9, 6, 4, 0, 0, TimeSpan.Zero), Asked("America/Santiago", ("from", "2026-09-06")).From);

    [Theory]
    [InlineData("hour", 1)]
    [InlineData("DAY", 24)]
    [InlineData("week", 168)]
    public void A_period_ends_now_and_goes_before_days(string last, int hours)
    {
        var list = Asked("UTC", ("last", last), ("from", "2026-01-01"), ("until", "2026-01-01"));

        Assert.Equal((Now.AddHours(-hours), null), (list.From, list.Until));
    }

    [Theory]
    [InlineData("from", "0001-01-01")]
    [InlineData("until", "9999-12-31")]
    [InlineData("from", "9999-12-31")]
    public void No_day_is_too_far_away(string name, string day)
    {
        Assert.NotNull(Asked("Asia/Tokyo", (name, day)));
        Assert.NotNull(Asked("America/Los_Angeles", (name, day)));
    }

    [Fact]
    public void Texts_are_trimmed_and_cut()
    {
        var list = Asked("UTC", ("text", "  "), ("by", $" {new string('x', 9_000)} "));

        Assert.Equal((null, 256), (list.Text, list.By!.Length));
    }
}
