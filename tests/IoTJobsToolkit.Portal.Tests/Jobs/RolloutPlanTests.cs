using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Portal.Components.Jobs;
using IoTJobsToolkit.Portal.Indexing;

namespace IoTJobsToolkit.Portal.Tests.Jobs;

public sealed class RolloutPlanTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    private static readonly JobExecutionsRolloutConfig Growing = new()
    {
        MaximumPerMinute = 1000,
        ExponentialRate = new() { BaseRatePerMinute = 50, IncrementFactor = 2, RateIncreaseCriteria = new() { NumberOfNotifiedThings = 100 } },
    };

    [Fact]
    public void A_constant_rate_makes_as_many_each_minute_and_the_rest_in_the_last()
    {
        var plan = RolloutPlan.Of(new() { MaximumPerMinute = 10 }, LimitsProfile.Aws, 25);

        Assert.Equal([(0, 10), (1, 20), (2, 25)], plan.Windows);
        Assert.Equal(2, plan.Minutes);
        Assert.Equal((10, 20, 25), (plan.At(0.9), plan.At(1), plan.At(99)));
    }

    [Fact]
    public void A_growing_rate_grows_by_what_was_made_before_each_window()
    {
        // 50, 50, then at 100 made n = 1: 100, at 200 n = 2: 200, at 400 n = 4: 800.
        var plan = RolloutPlan.Of(Growing, LimitsProfile.Aws, 1_000);

        Assert.Equal([(0, 50), (1, 100), (2, 200), (3, 400), (4, 1_000)], plan.Windows);
    }

    [Fact]
    public void What_was_made_already_counts_for_the_rate()
    {
        var plan = RolloutPlan.Of(Growing, LimitsProfile.Aws, 1_000, new(200, 2));

        Assert.Equal([(0, 400), (1, 1_000)], plan.Windows);
    }

    [Fact]
    public void Without_limits_and_a_rate_everything_is_made_at_once()
    {
        Assert.Equal([(0, 1_000_000)], RolloutPlan.Of(null, LimitsProfile.None, 1_000_000).Windows);
        Assert.Empty(RolloutPlan.Of(null, LimitsProfile.None, 0).Windows);
    }

    [Fact]
    public void However_long_it_takes_it_is_drawn_with_few_points_and_its_end_is_right()
    {
        var plan = RolloutPlan.Of(new() { MaximumPerMinute = 1 }, LimitsProfile.Aws, 1_000_000);

        Assert.InRange(plan.Windows.Count, 2, 120);
        Assert.Equal((999_999, 1_000_000), plan.Windows[^1]);
        Assert.Equal(999_999, plan.Minutes);
    }

    [Fact]
    public void The_lines_are_drawn_from_the_lower_left_to_the_upper_right()
    {
        var plan = RolloutPlan.Of(new() { MaximumPerMinute = 10 }, LimitsProfile.Aws, 20);
        var real = new ExecutionProgress(Start, TimeSpan.FromMinutes(1), [5, 10, 10], [0, 0, 4]);

        var curve = RolloutCurve.Of(plan, real, Start, Start.AddMinutes(4));

        Assert.Equal(20, curve.Most);
        Assert.Equal("0,120 0,60 100,60 100,0 400,0", curve.Planned.Trim());
        Assert.Equal("0,120 0,90 100,60 200,60 400,60", curve.Created.Trim());
        Assert.Equal("0,120 0,120 100,120 200,96 400,96", curve.Ended.Trim());
    }
}
