using IoTJobsToolkit.Engine.Jobs;
using static IoTJobsToolkit.Engine.Jobs.JobStatus;

namespace IoTJobsToolkit.Engine.Tests.Jobs;

/// <summary>Every cell of the job life-cycle tables (jobs-reference 2, 14, 15.1).</summary>
public sealed class JobLifecycleTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(IN_PROGRESS, null, false, true)]
    [InlineData(IN_PROGRESS, null, true, true)]
    [InlineData(SCHEDULED, null, false, true)]
    [InlineData(SCHEDULED, null, true, true)]
    [InlineData(CANCELED, false, false, false)]
    [InlineData(CANCELED, false, true, true)]
    [InlineData(CANCELED, true, false, false)]
    [InlineData(CANCELED, true, true, false)]
    [InlineData(COMPLETED, null, false, false)]
    [InlineData(COMPLETED, null, true, false)]
    [InlineData(DELETION_IN_PROGRESS, null, false, false)]
    [InlineData(DELETION_IN_PROGRESS, null, true, false)]
    public void Cancel_follows_the_table(JobStatus from, bool? forcedBefore, bool force, bool allowed)
    {
        var canceled = Job(from, forcedBefore).Cancel(force, "WHY", "because", Now);
        Assert.Equal(allowed, canceled is not null);
        if (canceled is not null)
        {
            Assert.Equal((CANCELED, force, "WHY", "because", Now, null), (canceled.Status, canceled.ForceCanceled, canceled.ReasonCode, canceled.Comment, canceled.LastUpdatedAt, canceled.CompletedAt));
        }
    }

    [Theory]
    [InlineData(COMPLETED, false, true)]
    [InlineData(COMPLETED, true, true)]
    [InlineData(CANCELED, false, true)]
    [InlineData(CANCELED, true, true)]
    [InlineData(IN_PROGRESS, false, false)]
    [InlineData(IN_PROGRESS, true, true)]
    [InlineData(SCHEDULED, false, false)]
    [InlineData(SCHEDULED, true, true)]
    [InlineData(DELETION_IN_PROGRESS, false, false)]
    [InlineData(DELETION_IN_PROGRESS, true, false)]
    public void Delete_follows_the_table(JobStatus from, bool force, bool allowed) =>
        Assert.Equal(allowed ? DELETION_IN_PROGRESS : null, Job(from).Delete(force, Now)?.Status);

    [Theory]
    [InlineData(IN_PROGRESS, true)]
    [InlineData(SCHEDULED, false)]
    [InlineData(COMPLETED, false)]
    [InlineData(CANCELED, false)]
    [InlineData(DELETION_IN_PROGRESS, false)]
    public void Only_a_running_job_completes(JobStatus from, bool allowed)
    {
        var completed = Job(from).Complete(Now);
        Assert.Equal(allowed, completed is not null);
        Assert.Equal(allowed ? Now : null, completed?.CompletedAt);
    }

    [Theory]
    [InlineData(SCHEDULED, true, false, false)]
    [InlineData(IN_PROGRESS, true, false, true)]
    [InlineData(IN_PROGRESS, false, false, false)]
    [InlineData(CANCELED, false, true, true)]
    [InlineData(CANCELED, false, false, false)]
    [InlineData(COMPLETED, false, false, false)]
    [InlineData(DELETION_IN_PROGRESS, false, true, false)]
    public void A_job_is_concurrent_while_it_is_rolled_out_or_canceled(JobStatus status, bool rollingOut, bool sweeping, bool concurrent)
    {
        var progress = new JobProgress(1)
        {
            Rollout = rollingOut ? new(Now) : null,
            Sweep = sweeping ? new(SweepKind.Cancel, Now, "admin") : null,
        };
        Assert.Equal(concurrent, Job(status).IsConcurrent(progress));
    }

    [Fact]
    public void A_canceled_job_which_retention_takes_is_concurrent_no_more() =>
        Assert.False(Job(CANCELED).IsConcurrent(new(1) { Sweep = new(SweepKind.Purge, Now, "system") }));

    private static Job Job(JobStatus status, bool? forceCanceled = null) => new()
    {
        Sequence = 1,
        JobId = "j",
        Targets = [],
        CreatedAt = Now,
        LastUpdatedAt = Now,
        Status = status,
        ForceCanceled = forceCanceled,
    };
}
