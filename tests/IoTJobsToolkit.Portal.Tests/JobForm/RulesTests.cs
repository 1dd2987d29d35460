using Bunit;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Tests.JobForm;

/// <summary>Rollout, abort, timeout, retries and schedule: each is judged at once, said in a sentence, and becomes the job's.</summary>
public sealed class RulesTests : JobFormTest
{
    private async Task<IRenderedComponent<Components.JobForm.CreateJobPage>> OpenAsync(string zone = "UTC")
    {
        await AddFleetAsync();
        var page = Open("?target=eu", zone: zone);
        await FillAsync(page, JobPart.Identity, "Job id", "job");
        await FillAsync(page, JobPart.Document, "Job document", "{}");
        Eventually(page, () => Assert.Equal("4 things", TextOf(page, ".counted b")));
        return page;
    }

    [Fact]
    public async Task A_constant_rate_is_drawn_with_its_end()
    {
        var page = await OpenAsync();
        await PressAsync(page, JobPart.Rollout, "Constant");
        await FillAsync(page, JobPart.Rollout, "At most", "2");
        Eventually(page, () => Assert.StartsWith("All 4 executions are created after 1 min on", TextOf(page, ".plan"), StringComparison.Ordinal));

        await FillAsync(page, JobPart.Rollout, "At most", "0");
        Assert.Contains("Maximum per minute must have value greater than or equal to 1; it is '0'.", Problem(page, JobPart.Rollout), StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".plan"));

        await FillAsync(page, JobPart.Rollout, "At most", "1");
        Assert.Equal("All 4 executions are created after 3 min", page.Find("svg.curve").GetAttribute("aria-label"));
        await CreateAsync(page);
        Assert.Equal(1, (await Fleet.JobAsync("job")).JobExecutionsRolloutConfig.MaximumPerMinute);
    }

    [Fact]
    public async Task A_growing_rate_needs_a_criterion()
    {
        var page = await OpenAsync();
        await PressAsync(page, JobPart.Rollout, "Growing");
        await FillAsync(page, JobPart.Rollout, "for every", "");
        Assert.Contains("numberOfNotifiedThings", Problem(page, JobPart.Rollout), StringComparison.Ordinal);

        await FillAsync(page, JobPart.Rollout, "or every", "2");
        Assert.Null(Problem(page, JobPart.Rollout));
        Assert.Contains("as if every thing succeeded", TextOf(page, "#part-rollout"), StringComparison.Ordinal);
        await CreateAsync(page);
        Assert.Equal(2, (await Fleet.JobAsync("job")).JobExecutionsRolloutConfig.ExponentialRate!.RateIncreaseCriteria!.NumberOfSucceededThings);
    }

    [Fact]
    public async Task Abort_rules_are_said_in_sentences()
    {
        var page = await OpenAsync();
        await PressAsync(page, JobPart.Abort, "Add a rule");
        Assert.Equal("Cancels the job when 20 % of at least 100 ended executions FAILED.", TextOf(page, "#part-abort .sentence"));
        await FillAsync(page, JobPart.Abort, "Percent", "101");
        Assert.Contains("Rule 1: threshold percentage", Problem(page, JobPart.Abort), StringComparison.Ordinal);

        await FillAsync(page, JobPart.Abort, "Percent", "12.5");
        await FillAsync(page, JobPart.Abort, "Rule 1", "TIMED_OUT");
        await CreateAsync(page);
        var rule = Assert.Single((await Fleet.JobAsync("job")).AbortConfig!.CriteriaList!);
        Assert.Equal((JobExecutionFailureType.TIMED_OUT, 12.5m, 100), (rule.FailureType, rule.ThresholdPercentage, rule.MinNumberOfExecutedThings));
    }

    [Fact]
    public async Task Timeout_and_retries_become_the_jobs()
    {
        var page = await OpenAsync();
        await FillAsync(page, JobPart.Timeout, "Minutes", "90");
        Assert.Equal("A device has 1 h 30 min from when it starts on the job.", TextOf(page, "#part-timeout .sentence"));
        await PressAsync(page, JobPart.Retries, "Add a rule");
        await PressAsync(page, JobPart.Retries, "Add a rule");
        Assert.Equal(
            ["A thing whose execution FAILED gets it again, up to 3 more times.", "A thing whose execution TIMED OUT gets it again, up to 3 more times."],
            TextsOf(page, "#part-retries .sentence"));
        await FillAsync(page, JobPart.Retries, "Retries", "9");
        Assert.Contains("together must be at most 10", Problem(page, JobPart.Retries), StringComparison.Ordinal);

        await PressAsync(page, JobPart.Retries, "Remove");
        await CreateAsync(page);
        var job = await Fleet.JobAsync("job");
        Assert.Equal(90, job.TimeoutConfig.InProgressTimeoutInMinutes);
        Assert.Equal(RetryableFailureType.TIMED_OUT, Assert.Single(job.JobExecutionsRetryConfig!.CriteriaList!).FailureType);
    }

    [Fact]
    public async Task Times_are_the_viewers_and_are_sent_in_UTC()
    {
        var page = await OpenAsync("Asia/Tokyo");
        var day = Fleet.Clock.GetUtcNow().AddDays(10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await FillAsync(page, JobPart.Schedule, "Start", $"{day}T09:30:00");
        Assert.Contains($"sent as {day} 00:30:00 UTC", TextOf(page, "#part-schedule"), StringComparison.Ordinal);
        await FillAsync(page, JobPart.Schedule, "End", $"{day}T09:45:00");
        Assert.Contains("at least 30 minutes after startTime", Problem(page, JobPart.Schedule), StringComparison.Ordinal);

        await FillAsync(page, JobPart.Schedule, "End", $"{day}T12:00:00");
        await FillAsync(page, JobPart.Schedule, "At the end", "CANCEL");
        await CreateAsync(page);
        var schedule = (await Fleet.JobAsync("job")).SchedulingConfig!;
        Assert.Equal(($"{day}T00:30:00Z", $"{day}T03:00:00Z", JobEndBehavior.CANCEL), (schedule.StartTime, schedule.EndTime, schedule.EndBehavior));
    }

    [Fact]
    public async Task The_next_five_windows_are_the_engines()
    {
        var page = await OpenAsync();
        await PressAsync(page, JobPart.Schedule, "Add a window");
        Assert.Contains("CONTINUOUS", Problem(page, JobPart.Schedule), StringComparison.Ordinal);
        await PressAsync(page, JobPart.Targets, "Also those who join later");
        Assert.Null(Problem(page, JobPart.Schedule));
        await FillAsync(page, JobPart.Schedule, "Window 1", "cron(30 1 ? * SAT *)");

        var windows = TextsOf(page, ".windows li");
        Assert.Equal(5, windows.Count);
        Assert.All(windows, window => Assert.Matches(@"^Sat \d{4}-\d\d-\d\d 01:30 to 03:30$", window));
        await FillAsync(page, JobPart.Schedule, "Window 1", "cron(30 1)");
        Assert.Contains("Window 1: start time", Problem(page, JobPart.Schedule), StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".windows li"));
    }
}
