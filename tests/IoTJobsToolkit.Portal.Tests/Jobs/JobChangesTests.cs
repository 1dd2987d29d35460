using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Tests.Jobs;

public sealed class JobChangesTests
{
    private static readonly JobDetail Job = new()
    {
        JobArn = "arn:aws:iot:us-east-1:123456789012:job/update",
        JobId = "update",
        Description = "before",
        TimeoutConfig = new() { InProgressTimeoutInMinutes = 30 },
        AbortConfig = new()
        {
            CriteriaList = [new() { FailureType = JobExecutionFailureType.FAILED, Action = AbortAction.CANCEL, ThresholdPercentage = 12.5m, MinNumberOfExecutedThings = 10 }],
        },
        JobExecutionsRolloutConfig = new() { MaximumPerMinute = 50 },
    };

    [Fact]
    public void What_was_not_touched_is_not_sent() => Assert.Null(new JobChanges(Job).Operation());

    [Fact]
    public void Only_the_members_that_were_changed_are_sent_each_as_a_whole()
    {
        var update = new JobChanges(Job) { Description = " after ", Timeout = "", Grows = true, BaseRate = "10", Factor = "1.5", Notified = "100" }.Operation()!;

        Assert.Equal(("after", (long?)null), (update.Description, update.TimeoutConfig!.InProgressTimeoutInMinutes));
        Assert.Equal(
            new JobExecutionsRolloutConfig
            {
                MaximumPerMinute = 50,
                ExponentialRate = new() { BaseRatePerMinute = 10, IncrementFactor = 1.5m, RateIncreaseCriteria = new() { NumberOfNotifiedThings = 100 } },
            },
            update.JobExecutionsRolloutConfig);
        Assert.Null(update.AbortConfig);
        Assert.Null(update.PresignedUrlConfig);
    }

    [Fact]
    public void Thresholds_are_sent_when_one_of_them_was_changed()
    {
        var changes = new JobChanges(Job);
        changes.Criteria[0].Percentage = "20";
        changes.Criteria.Add(new() { Type = JobExecutionFailureType.TIMED_OUT, Percentage = "5", Minimum = "3" });

        Assert.Equal(
            [(JobExecutionFailureType.FAILED, 20m, 10), (JobExecutionFailureType.TIMED_OUT, 5m, 3)],
            changes.Operation()!.AbortConfig!.CriteriaList!.Select(c => (c.FailureType!.Value, c.ThresholdPercentage!.Value, c.MinNumberOfExecutedThings!.Value)));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("1.5")]
    public void What_is_no_number_is_refused_by_the_fields_name(string typed)
    {
        var refusal = Assert.Throws<JobsException>(() => new JobChanges(Job) { Timeout = typed }.Operation());

        Assert.Equal($"The timeout is a whole number, not {typed}.", refusal.Message);
    }

    [Fact]
    public void What_a_job_cannot_lose_is_refused_with_what_to_do()
    {
        var changes = new JobChanges(Job);
        changes.Criteria.Clear();

        Assert.Contains("Set it to 100%", Assert.Throws<JobsException>(changes.Operation).Message, StringComparison.Ordinal);
        Assert.Contains("say something in it", Assert.Throws<JobsException>(new JobChanges(Job) { Description = " " }.Operation).Message, StringComparison.Ordinal);
    }
}
