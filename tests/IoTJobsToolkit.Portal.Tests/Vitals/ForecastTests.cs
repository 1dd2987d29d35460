using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Portal.Vitals;

namespace IoTJobsToolkit.Portal.Tests.Vitals;

public sealed class ForecastTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 3, 0, 0, TimeSpan.Zero);

    private static Job A(int things = 0, int groups = 0) => new()
    {
        Sequence = 1,
        JobId = "fw",
        CreatedAt = Now,
        LastUpdatedAt = Now,
        Targets =
        [
            .. Enumerable.Range(0, things).Select(i => new JobTarget($"arn:{i}", TargetKind.Thing, $"{i}", i)),
            .. Enumerable.Range(0, groups).Select(i => new JobTarget($"arn:group-{i}", TargetKind.ThingGroup, $"group-{i}", i)),
        ],
    };

    private static JobProgress With(long queued, long inProgress = 0, long succeeded = 0, Rollout? rollout = null) =>
        new(1) { Counts = new ExecutionCounts { Queued = queued, InProgress = inProgress, Succeeded = succeeded }, Rollout = rollout };

    private static Forecast Of(Job job, JobProgress progress, double perMinute) => Forecast.Of(job, progress, perMinute, LimitsProfile.Aws, Now);

    [Fact]
    public void What_is_left_at_the_present_pace() => Assert.Equal(Now.AddMinutes(12), Of(A(things: 100), With(100, inProgress: 20), 10).At);

    [Fact]
    public void Nothing_can_be_told_while_nothing_moves() => Assert.Equal(new(null, "unknown"), Of(A(things: 10), With(10), 0));

    [Fact]
    public void Nobody_can_tell_when_a_paused_job_goes_on() =>
        Assert.Equal(new(null, "paused"), Of(A(things: 10), With(10) with { Pause = new(Now, "ops", null) }, 5));

    [Fact]
    public void Executions_still_to_be_created_count() =>
        Assert.Equal(Now.AddMinutes(20), Of(A(things: 100), With(10, rollout: new(Now, Notified: 50)), 3).At);

    [Fact]
    public void A_slow_rollout_holds_up_fast_devices()
    {
        var job = A(things: 100) with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 2 } };

        Assert.Equal(Now.AddMinutes(45), Of(job, With(0, inProgress: 1, rollout: new(Now, Notified: 10)), 1000).At);
    }

    [Fact]
    public void A_growing_rollout_is_followed_window_by_window()
    {
        var job = A(things: 100) with
        {
            JobExecutionsRolloutConfig = new()
            {
                MaximumPerMinute = 1000,
                ExponentialRate = new() { BaseRatePerMinute = 10, IncrementFactor = 2, RateIncreaseCriteria = new() { NumberOfNotifiedThings = 10 } },
            },
        };

        // 10, 20, 70 in three windows.
        Assert.Equal(Now.AddMinutes(3), Of(job, With(0, rollout: new(Now)), 1000).At);
    }

    [Fact]
    public void A_rollout_to_groups_hides_how_much_is_left() =>
        Assert.Equal(new(null, "after its rollout"), Of(A(groups: 1), With(10, rollout: new(Now)), 5));

    [Fact]
    public void A_continuous_job_never_finishes() =>
        Assert.Equal(new(null, "continuous"), Of(A(groups: 1) with { TargetSelection = TargetSelection.CONTINUOUS }, With(10), 5));

    [Theory]
    [InlineData(JobEndBehavior.CANCEL, 60)]
    [InlineData(JobEndBehavior.FORCE_CANCEL, 60)]
    [InlineData(JobEndBehavior.STOP_ROLLOUT, 100)]
    public void An_end_time_which_cancels_is_the_finish_at_the_latest(JobEndBehavior behavior, int minutes)
    {
        var job = A(things: 100) with { SchedulingConfig = new() { EndTime = "2026-11-30T04:00:00Z", EndBehavior = behavior } };

        Assert.Equal(Now.AddMinutes(minutes), Of(job, With(100), 1).At);
    }

    [Fact]
    public void What_takes_more_than_a_year_is_not_foretold() => Assert.Equal(new(null, "in over a year"), Of(A(things: 10), With(1_000_000), 0.2));
}
