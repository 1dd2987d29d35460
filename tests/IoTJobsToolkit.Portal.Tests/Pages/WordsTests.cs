using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Actions;
using IoTJobsToolkit.Portal.Components.Refusals;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Components.Times;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class WordsTests : BunitContext
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static JobDetail Job(JobStatus status, long queued, long inProgress, bool isConcurrent = false) => new()
    {
        JobId = "j",
        JobArn = "arn",
        Status = status,
        IsConcurrent = isConcurrent,
        JobProcessDetails = new() { NumberOfQueuedThings = queued, NumberOfInProgressThings = inProgress },
    };

    [Fact]
    public void All_eight_statuses_have_a_segment_and_stand_in_the_bars_words()
    {
        var bar = Render<ProgressBar>(parameters => parameters.Add(b => b.Counts, new(1, 2, 3, 4, 5, 6, 7, 8)));

        Assert.Equal(8, bar.FindAll(".seg").Count);
        Assert.Equal(
            "3 succeeded, 4 failed, 5 timed out, 6 rejected, 2 in progress, 1 queued, 8 canceled, 7 removed",
            bar.Find("[role=img]").GetAttribute("aria-label"));
        Assert.Equal("flex-grow:4", bar.Find(".st-failed").GetAttribute("style"));
    }

    [Theory]
    [InlineData(4, "just now")]
    [InlineData(59, "59 s ago")]
    [InlineData(3599, "59 min ago")]
    [InlineData(7200, "2 h ago")]
    [InlineData(3 * 86400, "3 d ago")]
    [InlineData(40 * 86400, "2026-03-22")]
    [InlineData(-10, "just now")]
    public void Times_are_told_in_one_unit(int secondsAgo, string text) =>
        Assert.Equal(text, RelativeTime.Text(Noon.AddSeconds(-secondsAgo), Noon, TimeZoneInfo.Utc));

    [Fact]
    public void A_day_long_ago_is_the_viewers() => Assert.Equal(
        "2026-03-02",
        RelativeTime.Text(new(2026, 3, 1, 20, 0, 0, TimeSpan.Zero), Noon, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")));

    [Fact]
    public void The_exact_time_is_in_the_tooltip()
    {
        var ago = Render<Ago>(parameters => parameters.Add(a => a.At, Noon.AddHours(-1)).Add(a => a.Now, Noon));

        Assert.Equal("2026-05-01 11:00:00 UTC", ago.Find("time").GetAttribute("title"));
        Assert.Equal("2026-05-01T11:00:00.000Z", ago.Find("time").GetAttribute("datetime"));
    }

    [Theory]
    [InlineData(812, 37, false, "Cancels 812 queued; 37 in progress go on.", "Cancel 812 executions")]
    [InlineData(1, 1, false, "Cancels 1 queued; 1 in progress goes on.", "Cancel 1 execution")]
    [InlineData(12345, 0, false, "Cancels 12,345 queued; none is in progress.", "Cancel 12,345 executions")]
    [InlineData(0, 3, false, "Cancels 0 queued; 3 in progress go on.", "Cancel the job")]
    [InlineData(812, 37, true, "Cancels 812 queued and 37 in progress, whose devices can no longer report.", "Cancel 849 executions")]
    public void Cancel_says_its_numbers(long queued, long inProgress, bool force, string sentence, string confirm) =>
        Assert.Equal(new(sentence, confirm), CancelJobAction.Effect(Job(JobStatus.IN_PROGRESS, queued, inProgress), force));

    [Fact]
    public void Cancel_tells_that_a_rollout_ends() =>
        Assert.Equal(
            "Cancels 5 queued; none is in progress. No more executions are created.",
            CancelJobAction.Effect(Job(JobStatus.IN_PROGRESS, 5, 0, isConcurrent: true), force: false).Sentence);

    [Fact]
    public void A_canceled_job_can_only_be_canceled_by_force_while_something_runs()
    {
        Assert.True(CancelJobAction.IsPossible(Job(JobStatus.CANCELED, 0, 2), force: true));
        Assert.False(CancelJobAction.IsPossible(Job(JobStatus.CANCELED, 0, 2), force: false));
        Assert.False(CancelJobAction.IsPossible(Job(JobStatus.CANCELED, 0, 0), force: true));
        Assert.False(CancelJobAction.IsPossible(Job(JobStatus.CANCELED, 0, 2) with { ForceCanceled = true }, force: true));
    }

    [Theory]
    [InlineData(JobStatus.IN_PROGRESS, true)]
    [InlineData(JobStatus.SCHEDULED, true)]
    [InlineData(JobStatus.COMPLETED, false)]
    [InlineData(JobStatus.CANCELED, false)]
    public void Delete_needs_force_until_the_job_has_ended(JobStatus status, bool force)
    {
        Assert.True(DeleteJobAction.IsPossible(Job(status, 1, 1), force));
        Assert.False(DeleteJobAction.IsPossible(Job(status, 1, 1), !force));
    }

    [Fact]
    public void A_job_being_deleted_is_not_deleted_again() =>
        Assert.Equal(new("The job is being deleted already.", null), DeleteJobAction.Effect(Job(JobStatus.DELETION_IN_PROGRESS, 1, 0), true));

    [Fact]
    public void Every_refusal_has_a_title_and_a_next_step() => Assert.All(Enum.GetValues<JobsError>(), error =>
    {
        var refusal = Refusal.Of(new(error, "why"));
        Assert.Equal("why", refusal.Message);
        Assert.NotEmpty(refusal.Title);
        Assert.NotEmpty(refusal.NextStep);
    });

    [Fact]
    public void Every_status_has_words() => Assert.Equal(8, Enum.GetValues<JobExecutionStatus>().Select(status => status.Words()).Distinct().Count());
}
