using System.Diagnostics;
using System.Globalization;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Schedules;

namespace IoTJobsToolkit.Engine.Tests.Schedules;

/// <summary>Windows which overlap or follow each other at once are one (jobs-reference 9.4).</summary>
public sealed class MergedWindowsTests
{
    private static readonly DateTimeOffset Friday = At("2026-12-04T12:00");

    [Theory]
    [InlineData("cron(0 10 * * ? *) 60; cron(30 10 * * ? *) 60", "2026-12-05T10:00 2026-12-05T11:30")] // overlapping
    [InlineData("cron(0 10 * * ? *) 60; cron(0 11 * * ? *) 60", "2026-12-05T10:00 2026-12-05T12:00")] // adjoining
    [InlineData("cron(0 10 * * ? *) 59; cron(0 11 * * ? *) 60", "2026-12-05T10:00 2026-12-05T10:59")] // a minute apart
    [InlineData("cron(0 10 * * ? *) 600; cron(30 10 * * ? *) 10", "2026-12-05T10:00 2026-12-05T20:00")] // one inside the other
    [InlineData("cron(0 10 * * ? *) 60; cron(0 10 * * ? *) 60", "2026-12-05T10:00 2026-12-05T11:00")] // the same twice
    [InlineData("cron(0/15 10-12 * * ? *) 20", "2026-12-05T10:00 2026-12-05T13:05")] // of one expression
    [InlineData("cron(0/15 10-12 * * ? *) 15", "2026-12-05T10:00 2026-12-05T13:00")] // of one expression, adjoining
    [InlineData("cron(0/15 10-12 * * ? *) 14", "2026-12-04T12:15 2026-12-04T12:29")] // of one expression, apart
    [InlineData("cron(0 1,3,5,20 * * ? *) 120", "2026-12-04T20:00 2026-12-04T22:00")] // of hours apart
    [InlineData("cron(0 1,3,5 * * ? *) 120", "2026-12-05T01:00 2026-12-05T07:00")] // of hours that join
    [InlineData("cron(0-5,30 10 * * ? *) 1", "2026-12-05T10:00 2026-12-05T10:06")] // minutes that join only in part
    [InlineData("cron(0 22 * * ? *) 120; cron(0 0 * * ? *) 30", "2026-12-04T22:00 2026-12-05T00:30")] // over midnight
    [InlineData("cron(0 10 * * ? *) 30; cron(30 10 * * ? *) 30; cron(0 11 * * ? *) 30; cron(29 11 * * ? *) 31", "2026-12-05T10:00 2026-12-05T12:00")] // each bridging the other
    [InlineData("cron(* * ? * MON-FRI *) 1", "2026-12-07T00:00 2026-12-12T00:00")] // every minute of five days
    [InlineData("cron(* * ? * MON-FRI *) 60", "2026-12-07T00:00 2026-12-12T00:59")] // every minute of five days, an hour long
    [InlineData("cron(0 0 ? * MON-FRI *) 1430", "2026-12-07T00:00 2026-12-07T23:50")] // days, but for ten minutes
    public void They_open_and_close_as_one(string windows, string interval)
    {
        var schedule = Windows(windows);
        var opens = schedule.NextOpenings(Friday, 1)[0];
        var closes = schedule.ClosesAt(opens)!.Value;
        Assert.Equal(interval, string.Create(CultureInfo.InvariantCulture, $"{opens:yyyy-MM-ddTHH:mm} {closes:yyyy-MM-ddTHH:mm}"));
        Assert.False(schedule.IsOpen(opens.AddTicks(-1)));
        Assert.False(schedule.IsOpen(closes));
    }

    [Fact]
    public void Merged_windows_count_as_one_opening()
    {
        var schedule = Windows("cron(0 10 * * ? *) 60; cron(30 10 * * ? *) 60; cron(0 18 * * ? *) 10");
        Assert.Equal(
            [At("2026-12-04T18:00"), At("2026-12-05T10:00"), At("2026-12-05T18:00"), At("2026-12-06T10:00")], schedule.NextOpenings(Friday, 4));
    }

    [Fact]
    public void Seven_weeks_of_minutes_are_seven_openings()
    {
        var openings = Windows("cron(* * ? * MON-FRI *) 1").NextOpenings(At("2026-12-04T12:00"), 7);
        Assert.Equal([.. Enumerable.Range(0, 7).Select(week => At("2026-12-07T00:00").AddDays(7 * week))], openings);
    }

    [Theory]
    [InlineData("cron(* * * * ? *) 5")]
    [InlineData("cron(0 * * * ? *) 60")]
    [InlineData("cron(0 0 * * ? *) 1430; cron(0 12 * * ? *) 1430")]
    [InlineData("cron(0/7 * * * ? *) 7; cron(3/11 * * * ? *) 9")]
    public void Windows_without_end_give_an_instant_ahead_that_is_still_open(string windows)
    {
        var schedule = Windows(windows);
        var closing = schedule.ClosesAt(Friday)!.Value;
        Assert.True(closing >= Friday.AddDays(20), $"{closing}");
        Assert.True(schedule.IsOpen(closing));
        Assert.True(schedule.ClosesAt(closing) > closing);
        Assert.Empty(schedule.NextOpenings(Friday, 7));
    }

    [Fact]
    public void The_search_stays_short_whatever_the_windows()
    {
        string[] all =
        [
            "cron(* * * * ? *) 1",
            "cron(* * * * ? *) 1430",
            string.Join("; ", Enumerable.Range(0, 20).Select(i => $"cron({i * 3},{(i * 3 + 20) % 60} * * * ? *) 4")),
            string.Join("; ", Enumerable.Range(0, 20).Select(i => $"cron(0/59 {i} 29 2 ? *) 1")),
            string.Join("; ", Enumerable.Repeat("cron(0 0 31 2,4,6,9,11 ? *) 1430", 19).Append("cron(* * * * ? *) 1")),
        ];
        foreach (var windows in all)
        {
            var schedule = Windows(windows);
            var times = Enumerable.Range(0, 21).Select(_ =>
            {
                var watch = Stopwatch.StartNew();
                Assert.NotNull(schedule.ClosesAt(schedule.OpensAt(Friday)!.Value));
                return watch.Elapsed;
            }).Order().ToList();
            // The best of many tells the work from a machine that is busy; the bound leaves room for a slow one.
            Assert.True(times[0] < TimeSpan.FromMilliseconds(5), $"{windows}: {times[0].TotalMilliseconds} ms");
        }
    }

    [Fact]
    public void They_agree_with_a_count_of_minutes()
    {
        var random = new Random(9);
        for (var i = 0; i < 300; i++)
        {
            var windows = string.Join("; ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Window(random)));
            var schedule = Windows(windows);
            const int minutes = 6 * 1440;
            var fired = windows.Split("; ").Select(Read).SelectMany(window => Openings(window, minutes)).ToList();
            var open = new bool[minutes];
            foreach (var (minute, duration) in fired)
            {
                open.AsSpan()[Math.Clamp(minute, 0, minutes)..Math.Clamp(minute + duration, 0, minutes)].Fill(true);
            }
            for (var probe = 0; probe < 60; probe++)
            {
                var minute = random.Next(1440);
                var at = Friday.AddMinutes(minute);
                var here = open.AsSpan(minute);
                Assert.True(here[0] == schedule.IsOpen(at), $"{windows} at {at}");
                var change = here[0] ? here.IndexOf(false) : here.IndexOf(true);
                if (change >= 0)
                {
                    Assert.Equal((windows, at.AddMinutes(change)), (windows, (here[0] ? schedule.ClosesAt(at) : schedule.OpensAt(at))!.Value));
                }
            }
        }
    }

    private static string Window(Random random)
    {
        var minutes = random.Next(4) switch { 0 => "*", 1 => $"{random.Next(60)}/{random.Next(1, 60)}", 2 => $"{random.Next(30)}-{random.Next(30, 60)}", _ => $"{random.Next(60)}" };
        var hours = random.Next(4) switch { 0 => "*", 1 => $"{random.Next(24)}/{random.Next(1, 24)}", 2 => $"{random.Next(24)}-{random.Next(24)}", _ => $"{random.Next(24)},{random.Next(24)}" };
        var days = random.Next(3) switch { 0 => "* * ?", 1 => $"? * {random.Next(1, 8)}-{random.Next(1, 8)}", _ => "5-31 * ?" };
        return $"cron({minutes} {hours} {days} *) {random.Next(3) switch { 0 => random.Next(1, 20), 1 => random.Next(20, 200), _ => random.Next(1, 1431) }}";
    }

    /// <summary>Every opening that matters from Friday on, one firing after the other, in minutes from Friday.</summary>
    private static IEnumerable<(int Minute, int Duration)> Openings(MaintenanceWindow window, int minutes)
    {
        var (cron, duration) = (CronExpression.Parse(window.StartTime!), window.DurationInMinutes!.Value);
        for (var next = cron.NextAtOrAfter(Friday.AddMinutes(-duration)); next < Friday.AddMinutes(minutes); next = cron.NextAtOrAfter(next.Value.AddMinutes(1)))
        {
            yield return ((int)(next.Value - Friday).TotalMinutes, duration);
        }
    }

    private static JobSchedule Windows(string windows) =>
        JobSchedule.Of(new() { MaintenanceWindows = [.. windows.Split("; ").Select(Read)] })!;

    private static MaintenanceWindow Read(string window)
    {
        var end = window.IndexOf(')', StringComparison.Ordinal) + 1;
        return new() { StartTime = window[..end], DurationInMinutes = int.Parse(window[end..], CultureInfo.InvariantCulture) };
    }

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
