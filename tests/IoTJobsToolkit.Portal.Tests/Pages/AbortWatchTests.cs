using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class AbortWatchTests
{
    [Theory]
    [InlineData(10, 1, 9, 100, 2)]
    [InlineData(10, 1, 0, 0, 1)]
    [InlineData(10, 50, 4, 40, 10)]
    [InlineData(33.34, 1, 1, 4, 1)]
    [InlineData(100, 5, 3, 3, 2)]
    [InlineData(100, 5, 6, 6, 1)]
    public void The_failures_left_are_those_that_cancel_and_no_fewer(decimal threshold, int minimum, int failures, int completed, int left)
    {
        Assert.Equal(left, Watch(threshold, minimum, failures, completed).FailuresLeft);

        Assert.NotNull(Met(threshold, minimum, failures + left, completed + left));
        Assert.True(left == 1 || Met(threshold, minimum, failures + left - 1, completed + left - 1) is null);
    }

    [Fact]
    public void One_success_keeps_a_job_that_only_aborts_when_all_fail() => Assert.Null(Watch(100, 5, 3, 4).FailuresLeft);

    [Fact]
    public void The_nearest_criterion_is_one_of_which_enough_have_ended_before_one_with_a_higher_share_of_too_few()
    {
        var config = new AbortConfig { CriteriaList = [Criterion(10, 1_000), Criterion(15, 100)] };

        var nearest = AbortWatch.Nearest(JobStatus.IN_PROGRESS, config, new ExecutionCounts { Failed = 12, Succeeded = 88 });

        Assert.Equal((15, true, 4), (nearest!.Criterion.ThresholdPercentage, nearest.IsNear, nearest.FailuresLeft));
    }

    private static AbortCriteria Criterion(decimal threshold, int minimum) => new()
    {
        FailureType = JobExecutionFailureType.FAILED, Action = AbortAction.CANCEL, ThresholdPercentage = threshold, MinNumberOfExecutedThings = minimum,
    };

    private static AbortWatch Watch(decimal threshold, int minimum, int failures, int completed) => new(Criterion(threshold, minimum), failures, completed);

    /// <summary>The engine's own rule.</summary>
    private static string? Met(decimal threshold, int minimum, int failures, int completed) => AbortRule.Met(
        new() { CriteriaList = [Criterion(threshold, minimum)] }, new ExecutionCounts { Failed = failures, Succeeded = completed - failures });
}
