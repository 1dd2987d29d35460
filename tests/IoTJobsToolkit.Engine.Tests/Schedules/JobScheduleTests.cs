using System.Globalization;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Schedules;

namespace IoTJobsToolkit.Engine.Tests.Schedules;

/// <summary>When a job is open, opens and closes (jobs-reference 9.2, 9.4, 9.6, example 11).</summary>
public sealed class JobScheduleTests
{
    private static readonly JobSchedule Weekdays = Windows(("cron(0 10 ? * MON-FRI *)", 3));

    [Fact]
    public void No_configuration_is_no_schedule() => Assert.Null(JobSchedule.Of(null));

    [Fact]
    public void A_configuration_is_read_once()
    {
        var config = new SchedulingConfig { StartTime = "2026-12-01T10:30" };
        Assert.Same(JobSchedule.Of(config), JobSchedule.Of(config));
    }

    [Fact]
    public void An_unchecked_configuration_is_no_schedule()
    {
        Assert.Throws<FormatException>(() => JobSchedule.Of(new() { StartTime = "soon" }));
        Assert.Throws<FormatException>(() => Windows(("cron(0 10 ? * MON-FRI)", 3)));
    }

    [Fact]
    public void Its_members_are_those_of_the_configuration()
    {
        var full = JobSchedule.Of(new()
        {
            StartTime = "2026-12-01T12:00+01:00",
            EndTime = "2026-12-02 09:15:30.5",
            EndBehavior = JobEndBehavior.FORCE_CANCEL,
            MaintenanceWindows = [],
        })!;
        Assert.Equal((At("2026-12-01T11:00"), At("2026-12-02T09:15:30.5"), JobEndBehavior.FORCE_CANCEL, false), (full.Start!.Value, full.End!.Value, full.EndBehavior, full.HasWindows));
        Assert.Equal(TimeSpan.Zero, full.Start.Value.Offset);

        var empty = JobSchedule.Of(new())!;
        Assert.Equal((null, null, JobEndBehavior.STOP_ROLLOUT, false), (empty.Start, empty.End, empty.EndBehavior, empty.HasWindows));
        Assert.True(Weekdays.HasWindows);
    }

    [Fact]
    public void Without_windows_a_job_is_open_from_its_start_on()
    {
        var schedule = JobSchedule.Of(new() { StartTime = "2026-12-01T10:30", EndTime = "2026-12-01T12:00" })!;
        Assert.False(schedule.IsOpen(At("2026-12-01T10:29:59.9999999")));
        Assert.True(schedule.IsOpen(At("2026-12-01T10:30")));
        Assert.True(schedule.IsOpen(At("2026-12-03T00:00")));
        Assert.Equal(At("2026-12-01T10:30"), schedule.OpensAt(At("2026-12-01T10:00")));
        Assert.Equal(At("2026-12-01T11:11"), schedule.OpensAt(At("2026-12-01T11:11")));
        Assert.Null(schedule.ClosesAt(At("2026-12-01T11:00")));
        Assert.Empty(schedule.NextOpenings(At("2026-12-01T10:00"), 7));
    }

    [Fact]
    public void Without_a_start_a_job_is_open_at_once()
    {
        var schedule = JobSchedule.Of(new() { EndTime = "2026-12-01T12:00" })!;
        Assert.True(schedule.IsOpen(DateTimeOffset.MinValue));
        Assert.Equal(DateTimeOffset.MinValue, schedule.OpensAt(DateTimeOffset.MinValue));
    }

    [Theory]
    [InlineData("2026-12-07T09:59:59.9999999", false)]
    [InlineData("2026-12-07T10:00:00", true)]
    [InlineData("2026-12-07T10:02:59.9999999", true)]
    [InlineData("2026-12-07T10:03:00", false)]
    [InlineData("2026-12-05T10:00:00", false)]
    public void A_window_holds_its_opening_and_not_its_end(string at, bool open) => Assert.Equal(open, Weekdays.IsOpen(At(at)));

    [Fact]
    public void The_reference_s_window_opens_and_closes_as_it_says()
    {
        var friday = At("2026-12-04T12:00");
        Assert.False(Weekdays.IsOpen(friday));
        Assert.Equal(At("2026-12-07T10:00"), Weekdays.OpensAt(friday));
        Assert.Equal(
            ["2026-12-07T10:00:00Z", "2026-12-08T10:00:00Z", "2026-12-09T10:00:00Z", "2026-12-10T10:00:00Z", "2026-12-11T10:00:00Z", "2026-12-14T10:00:00Z", "2026-12-15T10:00:00Z"],
            Weekdays.NextOpenings(friday, 7).Select(JobSchedule.Text));
        Assert.Equal(At("2026-12-07T10:03"), Weekdays.ClosesAt(At("2026-12-07T10:00")));
        Assert.Equal(At("2026-12-07T10:03"), Weekdays.ClosesAt(At("2026-12-07T10:02:59.9")));
        Assert.Equal(At("2026-12-08T10:00"), Weekdays.OpensAt(At("2026-12-07T10:03")));
        Assert.Equal(At("2026-12-08T10:00"), Weekdays.NextOpenings(At("2026-12-07T10:03"), 7)[0]);
    }

    [Fact]
    public void The_opening_of_now_is_not_a_next_one() =>
        Assert.Equal([At("2026-12-08T10:00")], Weekdays.NextOpenings(At("2026-12-07T10:00"), 1));

    [Fact]
    public void Openings_at_or_after_the_end_are_left_out()
    {
        var schedule = Windows(("cron(0 10 * * ? *)", 60), end: "2026-12-07T10:00");
        Assert.Equal([At("2026-12-05T10:00"), At("2026-12-06T10:00")], schedule.NextOpenings(At("2026-12-04T12:00"), 7));
        Assert.Empty(schedule.NextOpenings(At("2026-12-08T12:00"), 7));
    }

    [Fact]
    public void A_start_inside_a_window_is_the_opening()
    {
        var schedule = Windows(("cron(0 10 * * ? *)", 60), start: "2026-12-05T10:20");
        Assert.False(schedule.IsOpen(At("2026-12-04T10:30")));
        Assert.Null(schedule.ClosesAt(At("2026-12-04T10:30")));
        Assert.False(schedule.IsOpen(At("2026-12-05T10:19")));
        Assert.True(schedule.IsOpen(At("2026-12-05T10:20")));
        Assert.Equal(At("2026-12-05T10:20"), schedule.OpensAt(At("2026-12-04T10:30")));
        Assert.Equal(At("2026-12-05T11:00"), schedule.ClosesAt(At("2026-12-05T10:20")));
        Assert.Equal([At("2026-12-05T10:20"), At("2026-12-06T10:00")], schedule.NextOpenings(At("2026-12-04T10:30"), 2));
    }

    [Fact]
    public void A_start_outside_every_window_waits_for_the_next_opening()
    {
        var schedule = Windows(("cron(0 10 * * ? *)", 60), start: "2026-12-05T11:00");
        Assert.Equal(At("2026-12-06T10:00"), schedule.OpensAt(At("2026-12-04T10:30")));
        Assert.Equal([At("2026-12-06T10:00")], schedule.NextOpenings(At("2026-12-04T10:30"), 1));
    }

    [Fact]
    public void A_window_may_go_over_midnight_and_the_year()
    {
        var schedule = Windows(("cron(30 23 31 12 ? *)", 1430));
        Assert.True(schedule.IsOpen(At("2027-01-01T23:19:59")));
        Assert.Equal(At("2027-01-01T23:20"), schedule.ClosesAt(At("2027-01-01T00:00")));
        Assert.False(schedule.IsOpen(At("2027-01-01T23:20")));
    }

    [Fact]
    public void The_last_window_of_all_closes()
    {
        var schedule = Windows(("cron(59 23 31 12 ? 2199)", 1430));
        Assert.Equal(At("2199-12-31T23:59"), schedule.OpensAt(At("2026-12-01T10:00")));
        Assert.Equal(At("2200-01-01T23:49"), schedule.ClosesAt(At("2199-12-31T23:59")));
        Assert.Null(schedule.OpensAt(At("2200-01-01T23:49")));
        Assert.False(schedule.IsOpen(DateTimeOffset.MaxValue));
        Assert.False(schedule.IsOpen(DateTimeOffset.MinValue));
    }

    [Fact]
    public void Windows_that_never_open_are_never_open()
    {
        var schedule = Windows(("cron(0 0 31 FEB ? *)", 10), ("cron(0 0 1 1 ? 2020)", 10));
        Assert.False(schedule.IsOpen(At("2026-12-01T10:00")));
        Assert.Null(schedule.OpensAt(At("2026-12-01T10:00")));
        Assert.Null(schedule.ClosesAt(At("2026-12-01T10:00")));
        Assert.Empty(schedule.NextOpenings(At("2026-12-01T10:00"), 7));
    }

    [Theory]
    [InlineData("2026-12-07T10:02:59.999", "2026-12-07T10:02:59Z")]
    [InlineData("2026-12-07T10:00", "2026-12-07T10:00:00Z")]
    [InlineData("2026-12-07T01:00+02:00", "2026-12-06T23:00:00Z")]
    public void An_instant_is_shown_in_whole_seconds_of_UTC(string at, string text) => Assert.Equal(text, JobSchedule.Text(At(at)));

    private static JobSchedule Windows((string, int) window, string? start = null, string? end = null) =>
        JobSchedule.Of(Config(window) with { StartTime = start, EndTime = end })!;

    private static JobSchedule Windows(params (string, int)[] windows) => JobSchedule.Of(Config(windows))!;

    private static SchedulingConfig Config(params (string Cron, int Minutes)[] windows) => new()
    {
        MaintenanceWindows = [.. windows.Select(window => new MaintenanceWindow { StartTime = window.Cron, DurationInMinutes = window.Minutes })],
    };

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
