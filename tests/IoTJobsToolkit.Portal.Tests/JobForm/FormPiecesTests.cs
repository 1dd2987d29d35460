using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Schedules;
using IoTJobsToolkit.Portal.Components.JobForm;

namespace IoTJobsToolkit.Portal.Tests.JobForm;

public sealed class FormPiecesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("fw-7", "fw-8")]
    [InlineData("fw-09", "fw-10")]
    [InlineData("update", "update-2")]
    [InlineData("backup-20260501", "backup-20260501-2")]
    public void The_next_id_counts_on(string id, string next) => Assert.Equal(next, SuggestedId.Next(id));

    [Fact]
    public void The_next_id_is_never_too_long() => Assert.Equal(new string('x', 63) + "2", SuggestedId.Next(new string('x', 64)));

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{", 1, 2)]
    [InlineData("{\"üü🚀\":x}", 1, 8)]
    [InlineData("[1,\r\n 2,\r\n x]", 3, 2)]
    public void The_place_of_an_error_counts_characters(string text, int line, int column)
    {
        var place = JsonPlace.Find(text)!;

        Assert.Equal((line, column), (place.Line, place.Column));
        Assert.DoesNotContain("LineNumber", place.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_growing_rollout_follows_the_engines_rule_minute_by_minute()
    {
        var config = new JobExecutionsRolloutConfig
        {
            MaximumPerMinute = 100, ExponentialRate = new() { BaseRatePerMinute = 10, IncrementFactor = 2, RateIncreaseCriteria = new() { NumberOfNotifiedThings = 20 } },
        };

        var plan = RolloutPlan.Of(config, null, 200, Noon, LimitsProfile.Aws)!;

        // 10, 10, 20 (20 notified), 40 (40 notified), 100 (80 notified), and the 20 that are left.
        Assert.Equal([0, 10, 20, 40, 80, 180, 200], plan.Points.Select(point => point.Executions));
        Assert.Equal(Noon.AddMinutes(5), plan.FinishedAt);
    }

    [Fact]
    public void A_rollout_waits_outside_its_windows_and_stops_at_the_end()
    {
        var schedule = JobSchedule.Of(new()
        {
            EndTime = "2026-05-03T00:00:00Z", MaintenanceWindows = [new() { StartTime = "cron(0 22 * * ? *)", DurationInMinutes = 2 }],
        });
        var config = new JobExecutionsRolloutConfig { MaximumPerMinute = 10 };

        var plan = RolloutPlan.Of(config, schedule, 30, Noon, LimitsProfile.Aws)!;
        var cut = RolloutPlan.Of(config, schedule, 100, Noon, LimitsProfile.Aws)!;

        Assert.Equal(new(2026, 5, 2, 22, 0, 0, TimeSpan.Zero), plan.FinishedAt);
        Assert.Equal(((DateTimeOffset?)null, 40L), (cut.FinishedAt, cut.Created));
    }

    [Fact]
    public void A_rollout_without_limits_is_one_point_and_a_long_one_stays_drawable()
    {
        Assert.Equal(Noon, RolloutPlan.Of(null, null, 1_000_000, Noon, LimitsProfile.None)!.FinishedAt);
        var slow = RolloutPlan.Of(new() { MaximumPerMinute = 1 }, null, 50_000, Noon, LimitsProfile.Aws)!;
        Assert.True(slow.Points.Count <= 130);
        Assert.Equal(((DateTimeOffset?)Noon.AddMinutes(49_999), 50_000L), (slow.FinishedAt, slow.Points[^1].Executions));
        Assert.Null(RolloutPlan.Of(new() { MaximumPerMinute = 1 }, null, 10_000_000, Noon, LimitsProfile.Aws)!.FinishedAt);
    }

    [Theory]
    [InlineData("1 validation error detected: Value '0' at 'jobExecutionsRolloutConfig.maximumPerMinute' failed to satisfy constraint: Member must have value greater than or equal to 1", "Maximum per minute must have value greater than or equal to 1; it is '0'.")]
    [InlineData("1 validation error detected: Value null at 'abortConfig.criteriaList.2.member.thresholdPercentage' failed to satisfy constraint: Member must not be null", "Rule 2: threshold percentage is missing.")]
    [InlineData("1 validation error detected: Value '' at 'jobId' failed to satisfy constraint: Member must have length greater than or equal to 1", "Job id is missing.")]
    [InlineData("The job id x is in use; choose another.", "The job id x is in use; choose another.")]
    public void Refusals_are_said_in_the_forms_words(string message, string words) =>
        Assert.Equal(words, FieldWords.Of(new JobsException(JobsError.InvalidRequest, message)));
}
