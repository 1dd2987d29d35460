using System.Globalization;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Schedules;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Tests.Schedules;

/// <summary>Which schedules are refused, and in which words (jobs-reference 9.1, example 12.1).</summary>
public sealed class ScheduleRulesTests
{
    private const string T0 = "2026-12-01T10:00Z";

    [Theory]
    [InlineData("2026-12-01T10:30", null)]
    [InlineData("2027-12-01T10:00", null)]
    [InlineData(null, "2026-12-01T10:30")]
    [InlineData("2026-12-01T11:00", "2026-12-01T11:30")]
    [InlineData(null, "2028-12-01T10:00")]
    [InlineData("2026-12-01T12:00+01:00", null)]
    [InlineData("2027-12-01T10:00", "2028-12-01T10:00")]
    [InlineData(null, null)]
    public void A_schedule_within_its_bounds_is_accepted(string? start, string? end) => Check(new() { StartTime = start, EndTime = end });

    [Theory]
    [InlineData("2026-12-01T10:29", null, "'2026-12-01T10:29' at 'schedulingConfig.startTime' failed to satisfy constraint: Member must be at least 30 minutes from now, 2026-12-01T10:30:00Z or later")]
    [InlineData("2026-12-01T10:29:59.9999999", null, "at least 30 minutes from now")]
    [InlineData("2027-12-01T10:01", null, "'2027-12-01T10:01' at 'schedulingConfig.startTime' failed to satisfy constraint: Member must be at most 1 year from now, 2027-12-01T10:00:00Z or earlier")]
    [InlineData(null, "2026-12-01T10:29", "'2026-12-01T10:29' at 'schedulingConfig.endTime' failed to satisfy constraint: Member must be at least 30 minutes from now")]
    [InlineData("2026-12-01T11:00", "2026-12-01T11:29", "'schedulingConfig.endTime' failed to satisfy constraint: Member must be at least 30 minutes after startTime, 2026-12-01T11:30:00Z or later")]
    [InlineData("2026-12-01T11:00", "2026-12-01T10:45", "at least 30 minutes after startTime")]
    [InlineData(null, "2028-12-01T10:01", "'schedulingConfig.endTime' failed to satisfy constraint: Member must be at most 2 years from now, 2028-12-01T10:00:00Z or earlier")]
    public void A_schedule_beyond_its_bounds_is_refused(string? start, string? end, string message) =>
        Refused(message, () => Check(new() { StartTime = start, EndTime = end }));

    [Theory]
    [InlineData("2028-02-29T00:00Z", "2029-02-28T00:00", null, null)]
    [InlineData("2028-02-29T00:00Z", "2029-02-28T00:01", null, "2029-02-28T00:00:00Z or earlier")]
    [InlineData("2028-02-29T00:00Z", null, "2030-02-28T00:00", null)]
    [InlineData("2028-02-29T00:00Z", null, "2030-02-28T00:01", "2030-02-28T00:00:00Z or earlier")]
    [InlineData("2027-02-28T12:00Z", "2028-02-28T12:00", null, null)]
    [InlineData("2027-02-28T12:00Z", "2028-02-28T12:01", null, "at most 1 year")]
    [InlineData("2026-02-28T12:00Z", null, "2028-02-28T12:00", null)]
    // The duration alone: two years from 29 February end on the 28th, two years from now a day later.
    [InlineData("2028-02-28T23:45Z", "2028-02-29T00:15", "2030-02-28T00:15", null)]
    [InlineData("2028-02-28T23:45Z", "2028-02-29T00:15", "2030-02-28T00:16", "at most 2 years after startTime, 2030-02-28T00:15:00Z or earlier")]
    public void A_year_is_the_same_date_of_the_next_one(string now, string? start, string? end, string? message)
    {
        var config = new SchedulingConfig { StartTime = start, EndTime = end };
        if (message is null)
        {
            Check(config, now: now);
        }
        else
        {
            Refused(message, () => Check(config, now: now));
        }
    }

    [Fact]
    public void The_bound_a_message_shows_is_accepted()
    {
        const string now = "2026-12-01T10:00:00.25Z";
        Refused("2026-12-01T10:30:01Z or later", () => Check(new() { StartTime = "2026-12-01T10:30:00" }, now: now));
        Check(new() { StartTime = "2026-12-01T10:30:01Z" }, now: now);
    }

    [Fact]
    public void An_end_behavior_needs_an_end()
    {
        Refused("'CANCEL' at 'schedulingConfig.endBehavior' failed to satisfy constraint: Member needs endTime", () => Check(new() { EndBehavior = JobEndBehavior.CANCEL }));
        Check(new() { EndBehavior = JobEndBehavior.CANCEL, EndTime = "2026-12-02T10:00" });
        Refused("enum value set: [STOP_ROLLOUT, CANCEL, FORCE_CANCEL]", () => Check(new() { EndBehavior = (JobEndBehavior)9, EndTime = "2026-12-02T10:00" }));
    }

    [Fact]
    public void Windows_are_for_continuous_jobs()
    {
        var config = Windows("cron(0 10 * * ? *)", 60);
        Check(config);
        Refused("'[1 items]' at 'schedulingConfig.maintenanceWindows' failed to satisfy constraint: Member needs targetSelection CONTINUOUS", () => Check(config, TargetSelection.SNAPSHOT));
        Check(new() { MaintenanceWindows = [] }, TargetSelection.SNAPSHOT);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1430)]
    public void A_duration_at_its_edge_is_accepted(int minutes) => Check(Windows("cron(0 10 * * ? *)", minutes));

    [Theory]
    [InlineData("cron(0 10 * * ? *)", 0, "member.durationInMinutes' failed to satisfy constraint: Member must have value greater than or equal to 1")]
    [InlineData("cron(0 10 * * ? *)", 1431, "less than or equal to 1430")]
    [InlineData("cron(0 10 * * ? *)", null, "'schedulingConfig.maintenanceWindows.1.member.durationInMinutes' failed to satisfy constraint: Member must not be null")]
    [InlineData(null, 10, "'schedulingConfig.maintenanceWindows.1.member.startTime' failed to satisfy constraint: Member must not be null")]
    [InlineData("", 10, "member.startTime' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("cron(60 10 * * ? *)", 10, "'cron(60 10 * * ? *)' at 'schedulingConfig.maintenanceWindows.1.member.startTime' failed to satisfy constraint: Member must be a cron expression in AWS's six fields. Minutes '60': it must be a number from 0 to 59")]
    public void A_window_is_checked_member_by_member(string? cron, int? minutes, string message) => Refused(message, () => Check(Windows(cron, minutes)));

    [Fact]
    public void A_cron_expression_has_at_most_256_characters()
    {
        Check(Windows($"cron(0 10 * * ? *{new string(' ', 238)})", 10));
        Refused("length less than or equal to 256", () => Check(Windows($"cron(0 10 * * ? *{new string(' ', 239)})", 10)));
    }

    [Fact]
    public void A_job_has_at_most_20_windows()
    {
        var window = Windows("cron(0 10 * * ? *)", 60).MaintenanceWindows![0];
        Check(new() { MaintenanceWindows = [.. Enumerable.Repeat(window, 20)] });
        Refused("'[21 items]' at 'schedulingConfig.maintenanceWindows'", () => Check(new() { MaintenanceWindows = [.. Enumerable.Repeat(window, 21)] }));
        Refused("'schedulingConfig.maintenanceWindows.2.member' failed to satisfy constraint: Member must not be null", () => Check(new() { MaintenanceWindows = [window, null!] }));
    }

    [Fact]
    public void A_template_s_windows_are_checked_under_their_own_name() => Refused(
        "'maintenanceWindows.1.member.durationInMinutes'", () => new Check(new()).MaintenanceWindows("maintenanceWindows", [new() { StartTime = "cron(0 10 * * ? *)" }]));

    [Theory]
    [InlineData("", "length greater than or equal to 1")]
    [InlineData("2026-12-01T10:30:00.0000000000000000000000000000000000000000000000", "length less than or equal to 64")]
    [InlineData("2026/12/01 10:30", "'2026/12/01 10:30' at 'schedulingConfig.{0}' failed to satisfy constraint: Member must be a date and time such as")]
    public void A_time_must_be_readable(string text, string message)
    {
        Refused(message.Replace("{0}", "startTime", StringComparison.Ordinal), () => Check(new() { StartTime = text }));
        Refused(message.Replace("{0}", "endTime", StringComparison.Ordinal), () => Check(new() { EndTime = text }));
    }

    [Fact]
    public void No_schedule_has_nothing_to_check() => new Check(new()).SchedulingConfig(null);

    private static void Check(SchedulingConfig config, TargetSelection selection = TargetSelection.CONTINUOUS, string now = T0)
    {
        new Check(new()).SchedulingConfig(config);
        ScheduleRules.Check(config, selection, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
    }

    private static void Refused(string message, Action check)
    {
        var refusal = Assert.Throws<JobsException>(check);
        Assert.Equal(JobsError.InvalidRequest, refusal.Error);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    private static SchedulingConfig Windows(string? cron, int? minutes) =>
        new() { MaintenanceWindows = [new() { StartTime = cron, DurationInMinutes = minutes }] };
}
