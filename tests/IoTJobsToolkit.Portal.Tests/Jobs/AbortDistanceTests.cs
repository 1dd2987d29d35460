using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Tests.Jobs;

public sealed class AbortDistanceTests
{
    private static AbortCriteria Criterion(decimal threshold, int minimum) => new()
    {
        FailureType = JobExecutionFailureType.FAILED, Action = AbortAction.CANCEL, ThresholdPercentage = threshold, MinNumberOfExecutedThings = minimum,
    };

    [Theory]
    [InlineData(20, 10, 0, 0, "10 failures more, one after the other, cancel the job.")]
    [InlineData(20, 10, 1, 9, "1 failure more cancels the job.")]
    [InlineData(20, 10, 3, 40, "7 failures more, one after the other, cancel the job.")]
    [InlineData(100, 1, 0, 0, "1 failure more cancels the job.")]
    [InlineData(100, 5, 1, 2, "It cannot be reached any more.")]
    public void The_distance_is_said_in_failures(int threshold, int minimum, long failures, long completed, string words) =>
        Assert.Equal(words, AbortDistance.Of(new(Criterion(threshold, minimum), failures, completed), left: null).Words);

    [Fact]
    public void A_threshold_that_takes_more_than_are_left_is_out_of_reach()
    {
        var distance = AbortDistance.Of(new(Criterion(20, 10), 3, 40), left: 2);

        Assert.True(distance.IsOutOfReach);
        Assert.Equal("It cannot be reached any more: it takes 7 failures, 2 executions are left.", distance.Words);
        Assert.False(AbortDistance.Of(new(Criterion(20, 10), 3, 40), left: 7).IsOutOfReach);
    }

    [Fact]
    public void The_distance_is_the_least_that_meets_the_engines_rule()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var criterion = Criterion(random.Next(1, 10_001) / 100m, random.Next(1, 50));
            var completed = random.Next(0, 200);
            var failures = random.Next(0, completed + 1);
            var missing = AbortDistance.Of(new(criterion, failures, completed), left: null).Missing;

            var least = Enumerable.Range(1, 200_000).Cast<int?>().FirstOrDefault(more =>
                AbortRule.Met(new() { CriteriaList = [criterion] }, default(ExecutionCounts) with { Failed = failures + more!.Value, Succeeded = completed - failures }) is not null);
            if (least is not null || missing is null)
            {
                Assert.Equal(least, missing);
            }
        }
    }
}
