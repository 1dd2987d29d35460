using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Jobs;
using IoTJobsToolkit.Portal.Components.Viewing;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class JobPageTests : PageTest
{
    private IRenderedComponent<JobPage> Open(string jobId) => Render<JobPage>(parameters => parameters.Add(page => page.JobId, jobId));

    private static Task ShowStatusAsync(IRenderedComponent<JobPage> page, string words) =>
        PressAsync(page, () => page.FindAll(".counter").Single(counter => counter.TextContent.Contains(words, StringComparison.Ordinal)));

    [Fact]
    public async Task It_shows_description_configuration_and_the_document_as_text()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("update", things, create => create with
        {
            Description = "New firmware",
            Document = """{"note":"<b>ümläut</b>","n":1}""",
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 30 },
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = 3 }] },
            JobExecutionsRolloutConfig = new()
            {
                MaximumPerMinute = 100,
                ExponentialRate = new()
                {
                    BaseRatePerMinute = 10, IncrementFactor = 1.5m, RateIncreaseCriteria = new() { NumberOfSucceededThings = 50 },
                },
            },
        });

        var page = Open("update");

        Eventually(page, () => Assert.Equal("New firmware", TextOf(page, ".description")));
        var facts = TextOf(page, ".area-configuration");
        Assert.Contains("30 minutes in progress", facts);
        Assert.Contains("3 after failed or timed out", facts);
        Assert.Contains("from 10 a minute, times 1.5 for every 50 succeeded; at most 100 a minute", facts);
        Assert.Contains("arn:aws:iot:us-east-1:123456789012:job/update", facts);
        Eventually(page, () => Assert.Equal("{\n  \"note\": \"<b>ümläut</b>\",\n  \"n\": 1\n}", page.Find(".area-document pre").TextContent.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task It_says_when_a_scheduled_job_runs()
    {
        var now = Fleet.Clock.GetUtcNow();
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("nightly", things, create => create with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            SchedulingConfig = new()
            {
                EndTime = now.AddDays(9).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture),
                EndBehavior = JobEndBehavior.CANCEL,
                MaintenanceWindows = [new() { StartTime = $"cron(5 {now.AddHours(3).Hour} * * ? *)", DurationInMinutes = 20 }],
            },
        });

        var page = Render<JobPage>(parameters => parameters
            .Add(page => page.JobId, "nightly")
            .AddCascadingValue(new Viewer("me", AccessRole.VIEWER, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"))));

        Eventually(page, () => Assert.Contains("The next maintenance window opens at", TextOf(page, ".head")));
        var (utc, local) = (Hour(now.AddHours(3)), Hour(now.AddHours(3 + 9)));
        Assert.EndsWith($"{local}:05", page.Find(".head p time").TextContent, StringComparison.Ordinal);
        Assert.EndsWith($"{utc}:05:00 UTC", page.Find(".head p time").GetAttribute("title"), StringComparison.Ordinal);
        Eventually(page, () => Assert.EndsWith($"{local}:05", page.Find(".nothing time").TextContent, StringComparison.Ordinal));
        Assert.All(page.FindAll(".area-configuration time"), time => Assert.EndsWith("UTC", time.GetAttribute("title"), StringComparison.Ordinal));
        Assert.DoesNotContain("UTC", string.Concat(page.FindAll(".area-configuration time").Select(time => time.TextContent)), StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll(".area-configuration time"));
        var facts = TextOf(page, ".area-configuration");
        Assert.Contains("for 20 minutes", facts);
        Assert.Contains("what is queued is canceled, what is in progress goes on", facts);
        Assert.Contains("continuous", facts);
    }

    private static string Hour(DateTimeOffset time) => time.ToString("HH", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_counters_are_the_engines_and_show_their_executions()
    {
        var things = await Fleet.AddThingsAsync(4);
        await Fleet.AddJobAsync("update", things);
        await Fleet.ReportAsync("update", things[1], JobExecutionStatus.FAILED);
        var page = Open("update");
        Eventually(page, () => Assert.Equal(4, page.FindAll(".executions td.name").Count));
        Assert.Equal(["4All", "0Succeeded", "1Failed", "0Timed out", "0Rejected", "0In progress", "3Queued", "0Canceled", "0Removed"],
            page.FindAll(".counter").Select(counter => counter.TextContent.Replace("\n", "", StringComparison.Ordinal).Replace("  ", "", StringComparison.Ordinal)));

        await ShowStatusAsync(page, "Failed");

        Eventually(page, () => Assert.Equal([things[1]], TextsOf(page, ".executions td.name")));
    }

    [Fact]
    public async Task A_devices_report_changes_counters_and_row_of_an_open_page()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("update", things);
        var page = Open("update");
        Eventually(page, () => Assert.Equal(["Queued", "Queued"], TextsOf(page, ".executions .mark")));

        await Fleet.ReportAsync("update", things[1], JobExecutionStatus.REJECTED);

        Eventually(page, () => Assert.Equal(["Queued", "Rejected"], TextsOf(page, ".executions .mark")));
        Eventually(page, () => Assert.Contains("1 rejected", page.Find(".bar").GetAttribute("title")));
    }

    [Fact]
    public async Task Executions_enter_and_leave_a_filtered_grid_while_it_is_open()
    {
        var things = await Fleet.AddThingsAsync(3);
        await Fleet.AddJobAsync("update", things);
        var page = Open("update");
        await ShowStatusAsync(page, "In progress");
        Eventually(page, () => Assert.Contains("No executions in progress", page.Markup));

        await Fleet.ReportAsync("update", things[2], JobExecutionStatus.IN_PROGRESS);
        Eventually(page, () => Assert.Equal([things[2]], TextsOf(page, ".executions td.name")));

        await Fleet.ReportAsync("update", things[2], JobExecutionStatus.SUCCEEDED);
        Eventually(page, () => Assert.Contains("No executions in progress", page.Markup));
    }

    [Fact]
    public async Task A_large_rollout_and_its_cancel_reach_counters_and_visible_rows()
    {
        var things = await Fleet.AddThingsAsync(1500);
        await Fleet.AddJobAsync("big", things);
        var page = Open("big");
        Eventually(page, () => Assert.Equal("1,500", TextOf(page, ".area-executions .panel-head .muted")));

        await Fleet.RunAsync(new CancelJob("big"));

        Eventually(page, () =>
        {
            Assert.Contains("1,500 canceled", page.Find(".bar").GetAttribute("title"));
            Assert.All(TextsOf(page, ".executions .mark"), mark => Assert.Equal("Canceled", mark));
            Assert.Equal("Canceled", TextOf(page, ".head-line .job-mark"));
        });
    }

    [Fact]
    public void An_unknown_job_is_told_with_a_next_step()
    {
        var page = Open("nope");

        Eventually(page, () => Assert.Contains("There is no job nope", TextOf(page, "[role=alert]")));
        Assert.Contains("Look among the jobs", TextOf(page, "[role=alert]"));
    }

    [Fact]
    public async Task A_job_which_appears_under_an_open_address_is_shown()
    {
        var things = await Fleet.AddThingsAsync(1);
        var page = Open("later");
        Eventually(page, () => Assert.Contains("There is no job later", TextOf(page, "[role=alert]")));

        await Fleet.AddJobAsync("later", things);

        Eventually(page, () => Assert.Equal("In progress", TextOf(page, ".head-line .job-mark")));
    }

    [Fact]
    public async Task A_job_deleted_while_it_is_looked_at_says_so()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("doomed", things);
        var page = Open("doomed");
        Eventually(page, () => Assert.Equal("In progress", TextOf(page, ".head-line .job-mark")));

        await Fleet.RunAsync(new DeleteJob("doomed") { Force = true });

        Eventually(page, () => Assert.Contains("This job was deleted while you looked at it", page.Markup));
    }

    [Fact]
    public async Task Details_show_what_the_device_reported()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("update", things);
        await Fleet.ReportAsync("update", things[0], JobExecutionStatus.IN_PROGRESS, new Dictionary<string, string> { ["percent"] = "40" });
        var page = Open("update");

        await PressAsync(page, () => page.Find(".opener"));
        Eventually(page, () => Assert.Contains("percent 40", TextOf(page, ".details dl")));

        await Fleet.ReportAsync("update", things[0], JobExecutionStatus.IN_PROGRESS, new Dictionary<string, string> { ["percent"] = "80" });
        Eventually(page, () => Assert.Contains("percent 80", TextOf(page, ".details dl")));
    }
}
