using System.Globalization;
using IoTJobsToolkit.Engine.Schedules;

namespace IoTJobsToolkit.Engine.Tests.Schedules;

/// <summary>When an expression fires (jobs-reference 9.5, example 11).</summary>
public sealed class CronExpressionTests
{
    [Theory]
    [InlineData("cron(0 10 * * ? *)", "2026-12-04T12:00", "2026-12-05T10:00 2026-12-06T10:00")]
    [InlineData("cron(15 12 * * ? *)", "2026-12-04T12:00", "2026-12-04T12:15 2026-12-05T12:15")]
    [InlineData("cron(0 8 1 * ? *)", "2026-12-04T12:00", "2027-01-01T08:00 2027-02-01T08:00")]
    [InlineData("cron(0 18 ? * 3#2 *)", "2027-01-01T00:00", "2027-01-12T18:00 2027-02-09T18:00 2027-03-09T18:00")]
    [InlineData("cron(0 0 L * ? *)", "2028-01-01T00:00", "2028-01-31T00:00 2028-02-29T00:00 2028-03-31T00:00 2028-04-30T00:00")]
    [InlineData("cron(0 9 15W * ? *)", "2026-08-01T00:00", "2026-08-14T09:00")]
    [InlineData("cron(0 9 1W * ? *)", "2026-11-01T00:00", "2026-11-02T09:00")]
    [InlineData("cron(1/10 * * * ? *)", "2026-12-04T12:00", "2026-12-04T12:01 2026-12-04T12:11 2026-12-04T12:21 2026-12-04T12:31 2026-12-04T12:41 2026-12-04T12:51 2026-12-04T13:01")]
    [InlineData("cron(0 10 ? * MON-FRI *)", "2026-12-04T12:00", "2026-12-07T10:00 2026-12-08T10:00 2026-12-09T10:00 2026-12-10T10:00 2026-12-11T10:00 2026-12-14T10:00 2026-12-15T10:00")]
    public void The_reference_s_samples_fire_as_it_says(string expression, string from, string firings) =>
        Assert.Equal(firings, Firings(expression, from, firings.Split(' ').Length));

    [Theory]
    // Lists, ranges, steps.
    [InlineData("cron(5,7,59 0 1 1 ? 2027)", "2026-01-01T00:00", "2027-01-01T00:05 2027-01-01T00:07 2027-01-01T00:59 none")]
    [InlineData("cron(58-59 23 31 12 ? 2199)", "2026-01-01T00:00", "2199-12-31T23:58 2199-12-31T23:59 none")]
    [InlineData("cron(*/25 4 1 1 ? 2027)", "2026-01-01T00:00", "2027-01-01T04:00 2027-01-01T04:25 2027-01-01T04:50 none")]
    [InlineData("cron(10-30/15,40/15 4 1 1 ? 2027)", "2026-01-01T00:00", "2027-01-01T04:10 2027-01-01T04:25 2027-01-01T04:40 2027-01-01T04:55 none")]
    [InlineData("cron(0 */11 1 1 ? 2027)", "2026-01-01T00:00", "2027-01-01T00:00 2027-01-01T11:00 2027-01-01T22:00 none")]
    [InlineData("cron(0 0 */15 FEB,mar ? 2027)", "2026-01-01T00:00", "2027-02-01T00:00 2027-02-16T00:00 2027-03-01T00:00 2027-03-16T00:00 2027-03-31T00:00 none")]
    [InlineData("cron(0 0 29/1 2-3 ? 2028)", "2026-01-01T00:00", "2028-02-29T00:00 2028-03-29T00:00 2028-03-30T00:00 2028-03-31T00:00 none")]
    [InlineData("cron(0 0 1 1/6 ? 2026/100)", "2026-01-01T00:01", "2026-07-01T00:00 2126-01-01T00:00 2126-07-01T00:00 none")]
    [InlineData("cron(0 0 1 Jan ? 2030-2032,2040)", "2026-01-01T00:00", "2030-01-01T00:00 2031-01-01T00:00 2032-01-01T00:00 2040-01-01T00:00 none")]
    [InlineData("cron(07 08 09 09 ? 2027)", "2026-01-01T00:00", "2027-09-09T08:07 none")]
    // A range that runs backwards goes around.
    [InlineData("cron(0 0 ? 12 FRI-MON 2026)", "2026-12-01T00:00", "2026-12-04T00:00 2026-12-05T00:00 2026-12-06T00:00 2026-12-07T00:00 2026-12-11T00:00")]
    [InlineData("cron(0 22-2/2 1 1 ? 2027)", "2026-01-01T00:00", "2027-01-01T00:00 2027-01-01T02:00 2027-01-01T22:00 none")]
    [InlineData("cron(0 0 1 NOV-FEB ? 2027)", "2026-01-01T00:00", "2027-01-01T00:00 2027-02-01T00:00 2027-11-01T00:00 2027-12-01T00:00 none")]
    [InlineData("cron(0 0 30-2 2 ? 2027)", "2026-01-01T00:00", "2027-02-01T00:00 2027-02-02T00:00 none")]
    [InlineData("cron(50-10/10 0 1 1 ? 2027)", "2026-01-01T00:00", "2027-01-01T00:00 2027-01-01T00:10 2027-01-01T00:50 none")]
    // L and W.
    [InlineData("cron(0 0 l 2 ? 2027,2028)", "2026-01-01T00:00", "2027-02-28T00:00 2028-02-29T00:00 none")]
    [InlineData("cron(0 0 1,L 4 ? 2027)", "2026-01-01T00:00", "2027-04-01T00:00 2027-04-30T00:00 none")]
    [InlineData("cron(0 0 LW * ? 2027)", "2027-01-01T00:00", "2027-01-29T00:00 2027-02-26T00:00 2027-03-31T00:00 2027-04-30T00:00 2027-05-31T00:00")]
    [InlineData("cron(0 0 1w 5 ? 2027)", "2026-01-01T00:00", "2027-05-03T00:00 none")]
    [InlineData("cron(0 0 31W 1 ? 2027)", "2026-01-01T00:00", "2027-01-29T00:00 none")]
    [InlineData("cron(0 0 30W 5 ? 2027)", "2026-01-01T00:00", "2027-05-31T00:00 none")]
    [InlineData("cron(0 0 31W 10 ? 2027)", "2026-01-01T00:00", "2027-10-29T00:00 none")]
    [InlineData("cron(0 0 31W * ? 2027)", "2027-02-01T00:00", "2027-03-31T00:00 2027-05-31T00:00")]
    [InlineData("cron(0 0 3W,15W 8 ? 2026)", "2026-01-01T00:00", "2026-08-03T00:00 2026-08-14T00:00 none")]
    // Days of the week.
    [InlineData("cron(0 0 ? 12 1 2026)", "2026-12-01T00:00", "2026-12-06T00:00 2026-12-13T00:00")]
    [InlineData("cron(0 0 ? 12 7 2026)", "2026-12-01T00:00", "2026-12-05T00:00 2026-12-12T00:00")]
    [InlineData("cron(0 0 ? 12 L 2026)", "2026-12-01T00:00", "2026-12-05T00:00 2026-12-12T00:00")]
    [InlineData("cron(0 0 ? * 6L 2027)", "2027-01-01T00:00", "2027-01-29T00:00 2027-02-26T00:00 2027-03-26T00:00 2027-04-30T00:00")]
    [InlineData("cron(0 0 ? 2 FriL,mon 2027)", "2027-01-01T00:00", "2027-02-01T00:00 2027-02-08T00:00 2027-02-15T00:00 2027-02-22T00:00 2027-02-26T00:00 none")]
    [InlineData("cron(0 0 ? * SUN#5 2027)", "2027-01-01T00:00", "2027-01-31T00:00 2027-05-30T00:00 2027-08-29T00:00 2027-10-31T00:00 none")]
    [InlineData("cron(0 0 ? 2 2#1 2027)", "2027-01-01T00:00", "2027-02-01T00:00 none")]
    [InlineData("cron(0 0 ? 1 * 2027)", "2027-01-30T12:00", "2027-01-31T00:00 none")]
    public void Every_wildcard_fires_as_it_is_meant(string expression, string from, string firings) =>
        Assert.Equal(firings, Firings(expression, from, firings.Split(' ').Length));

    [Theory]
    [InlineData("2026-12-05T10:00:00Z", "2026-12-05T10:00")]
    [InlineData("2026-12-05T10:00:00.0000001Z", "2026-12-06T10:00")]
    [InlineData("2026-12-05T09:59:00.0000001Z", "2026-12-05T10:00")]
    [InlineData("2026-12-05T11:30:00+02:00", "2026-12-05T10:00")]
    [InlineData("0001-01-01T00:00:00Z", "1970-01-01T10:00")]
    [InlineData("2199-12-31T10:00:00Z", "2199-12-31T10:00")]
    [InlineData("2199-12-31T10:00:01Z", "none")]
    [InlineData("2199-12-31T23:59:59.9999999Z", "none")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "none")]
    public void The_next_firing_is_at_the_time_or_after_it(string time, string firing) =>
        Assert.Equal(firing, Text(CronExpression.Parse("cron(0 10 * * ? *)").NextAtOrAfter(Time(time))));

    [Theory]
    [InlineData("cron(0 0 31 FEB ? *)")]
    [InlineData("cron(0 0 30 2 ? *)")]
    [InlineData("cron(0 0 31W 4,6,9,11 ? *)")]
    [InlineData("cron(* * 29 2 ? 2100,2001-2003)")]
    [InlineData("cron(* * * * ? 1999)")]
    public void A_date_that_never_comes_is_read_and_never_fires(string expression)
    {
        var cron = CronExpression.Parse(expression);
        for (var i = 0; i < 2000; i++)
        {
            Assert.Null(cron.NextAtOrAfter(new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)));
        }
    }

    [Fact]
    public void Every_29_February_up_to_2199_is_found()
    {
        var (cron, count) = (CronExpression.Parse("cron(0 0 29 2 ? *)"), 0);
        for (var next = cron.NextAtOrAfter(DateTimeOffset.MinValue); next is { } at; next = cron.NextAtOrAfter(at.AddTicks(1)))
        {
            Assert.Equal((2, 29), (at.Month, at.Day));
            count++;
        }
        Assert.Equal(56, count); // 1972 to 2196, without 2100.
    }

    [Fact]
    public void White_space_is_blanks_and_tabs_of_any_number() =>
        Assert.Equal("2026-12-05T10:00", Firings("cron( 0\t10  * * ?   * )", "2026-12-05T00:00", 1));

    [Fact]
    public void It_shows_the_text_it_was_read_from() => Assert.Equal("cron(0 10 * * ? *)", CronExpression.Parse("cron(0 10 * * ? *)").ToString());

    private static string Firings(string expression, string from, int count)
    {
        var (cron, texts) = (CronExpression.Parse(expression), new List<string>());
        DateTimeOffset? time = Time(from + "Z");
        while (texts.Count < count && time is not null)
        {
            var firing = cron.NextAtOrAfter(time.Value);
            texts.Add(Text(firing));
            time = firing?.AddMinutes(1);
        }
        return string.Join(' ', texts);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset? time) => time?.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture) ?? "none";
}
