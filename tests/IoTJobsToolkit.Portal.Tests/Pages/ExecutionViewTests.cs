using AngleSharp.Dom;
using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Execution;
using IoTJobsToolkit.Portal.Components.Viewing;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class ExecutionViewTests : PageTest
{
    private static readonly Dictionary<string, string> Disk = new() { ["error"] = "disk full", ["free"] = "3 MB" };

    private IRenderedComponent<ExecutionAddress> Open(string jobId, long number = 1, string thing = "thing-0001", AccessRole role = AccessRole.OPERATOR)
    {
        var page = Render<ExecutionAddress>(parameters => parameters
            .Add(page => page.JobId, jobId).Add(page => page.ThingName, thing).Add(page => page.Number, number)
            .AddCascadingValue(new Viewer("somebody", role, TimeZoneInfo.Utc)));
        Eventually(page, () => page.Find(".head, [role=alert]"));
        return page;
    }

    private async Task AddAsync(string jobId, Func<CreateJob, CreateJob>? with = null)
    {
        await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync(jobId, ["thing-0001"], with);
    }

    private Task ReportAsync(string jobId, JobExecutionStatus status, IReadOnlyDictionary<string, string>? details = null) =>
        Fleet.ReportAsync(jobId, "thing-0001", status, details);

    private static IReadOnlyList<string> Steps(IRenderedComponent<ExecutionAddress> page) => TextsOf(page, ".timeline .step");

    [Fact]
    public async Task The_head_leads_to_its_job_and_thing()
    {
        await AddAsync("update");

        var page = Open("update");

        Assert.Equal(["portal/jobs", "portal/jobs/update"], page.FindAll(".crumb a").Select(link => link.GetAttribute("href")));
        Assert.Equal("portal/things/thing-0001", page.Find("h1 a").GetAttribute("href"));
        Assert.Equal("thing-0001 execution 1", TextOf(page, "h1"));
        Assert.Equal("Queued", TextOf(page, ".job-mark"));
        Assert.Equal("portal/jobs/update#document", page.FindAll("section a").Single(link => link.TextContent == "the job's document").GetAttribute("href"));
    }

    [Fact]
    public async Task The_timeline_tells_what_happened_with_the_details_that_came()
    {
        await AddAsync("update");
        var page = Open("update");
        Assert.Equal(["Queued by the job's rollout"], Steps(page));

        await ReportAsync("update", JobExecutionStatus.IN_PROGRESS);
        await ReportAsync("update", JobExecutionStatus.IN_PROGRESS, new Dictionary<string, string> { ["progress"] = "40" });
        Eventually(page, () => Assert.Equal(["Queued by the job's rollout", "Started by the device", "1 report of progress since"], Steps(page)));
        Assert.Equal("progress 40", TextsOf(page, ".details-table tr").Single());

        await ReportAsync("update", JobExecutionStatus.FAILED, Disk);
        Eventually(page, () => Assert.Equal("Failed, as the device reported", Steps(page)[^1]));
        Assert.Equal(["error disk full", "free 3 MB"], TextsOf(page, ".timeline .details-table tr"));
        Assert.Equal(["error disk full", "free 3 MB"], TextsOf(page, "[aria-labelledby=details] .details-table tr"));
        Assert.Contains("later", TextsOf(page, ".timeline li")[^1]);
    }

    [Fact]
    public async Task Retries_name_what_they_follow_and_lead_to_each_other()
    {
        await AddAsync("update", create => create with
        {
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 2 }] },
        });
        var first = Open("update");
        await ReportAsync("update", JobExecutionStatus.FAILED);
        await Fleet.Engine.SettleAsync("update", null, Xunit.TestContext.Current.CancellationToken);

        Eventually(first, () => Assert.Contains("Execution 2 followed, which is queued", TextOf(first, ".next-steps")));
        var retry = Open("update", 2);
        Assert.Equal(["Queued as retry 1 after failed"], Steps(retry));
        Assert.Contains("Retry 1", TextOf(retry, ".head-line"));
        Assert.Equal(["Execution 1 Failed", "Execution 2 Queued retry 1"], TextsOf(retry, ".attempts li"));
        Assert.Equal("portal/jobs/update/executions/thing-0001/1", retry.Find(".attempts a:not([aria-current])").GetAttribute("href"));
    }

    [Fact]
    public async Task A_queued_execution_says_what_comes_first_and_follows_it()
    {
        await AddAsync("first");
        await Fleet.AddJobAsync("second", ["thing-0001"]);
        await ReportAsync("first", JobExecutionStatus.IN_PROGRESS);
        var page = Open("second");

        Assert.StartsWith("Waits: 1 other execution of this thing comes first, in progress.", TextOf(page, ".next-steps"));
        Assert.Equal("first In progress", TextsOf(page, ".before li").Single());

        await ReportAsync("first", JobExecutionStatus.SUCCEEDED);
        Eventually(page, () => Assert.StartsWith("It is the next which the device gets", TextOf(page, ".next-steps")));
    }

    [Fact]
    public async Task The_device_that_is_not_connected_is_told_with_since_when()
    {
        await AddAsync("update");
        Assert.Contains("has never been connected", TextOf(Open("update"), ".next-steps"));

        var at = DateTimeOffset.UtcNow;
        await ConnectAsync(true, at);
        Assert.Contains("The device is connected since", TextOf(Open("update"), ".next-steps"));

        await ConnectAsync(false, at.AddSeconds(1));
        Assert.Contains($"The device is not connected since {Viewer.Anyone.Local(at.AddSeconds(1))}", TextOf(Open("update"), ".next-steps .warn"));
    }

    private Task ConnectAsync(bool connected, DateTimeOffset at) => Fleet.Engine.Broker.KeepConnectivityAsync(
        [new ConnectivityChange("thing-0001", connected, at, "client", connected ? null : Engine.Things.DisconnectReason.CONNECTION_LOST)], CancellationToken.None);

    [Fact]
    public async Task A_running_timer_counts_down()
    {
        await AddAsync("update", create => create with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 30 } });
        await ReportAsync("update", JobExecutionStatus.IN_PROGRESS);

        var page = Open("update");

        Assert.Matches("Times out in (29 min|30 min)", TextOf(page, ".next-steps"));
        Assert.Contains("has reported within the last minute", TextOf(page, ".next-steps"));
    }

    [Fact]
    public async Task Operators_cancel_here_and_viewers_only_look()
    {
        await AddAsync("update");
        await ReportAsync("update", JobExecutionStatus.IN_PROGRESS);
        Assert.Empty(Open("update", role: AccessRole.VIEWER).FindAll(".action"));

        var page = Open("update");
        await AskAsync(page, "Force cancel");
        await ConfirmAsync();

        Eventually(page, () => Assert.Equal("Canceled by ops with force", Steps(page)[^1]));
        Assert.Contains("Canceled by force", TextOf(page, ".reason"));
    }

    [Fact]
    public async Task An_execution_that_is_deleted_says_so_and_where_its_traces_are()
    {
        await AddAsync("update");
        var page = Open("update");
        await AskAsync(page, "Delete");
        await ConfirmAsync();

        Eventually(page, () => Assert.Contains("deleted while you looked at it", TextOf(page, "[role=alert]")));
        Assert.Equal("portal/activity?text=thing-0001", page.FindAll("[role=alert] a")[0].GetAttribute("href"));
    }

    [Fact]
    public async Task What_is_not_there_says_where_to_look()
    {
        await AddAsync("update");

        Assert.Contains("There is no execution 7 of job update on thing thing-0001", TextOf(Open("update", 7), "[role=alert]"));
        Assert.Contains("There is no execution", TextOf(Open("none"), "[role=alert]"));
        Assert.Contains("There is no execution", TextOf(Open("update", thing: "no such thing!"), "[role=alert]"));
    }

    [Fact]
    public async Task An_engine_which_does_not_answer_is_told_with_a_next_step()
    {
        await AddAsync("update");
        Fleet.Engine.Dispose();

        Assert.Contains("restart the server", TextOf(Open("update"), "[role=alert]"));
    }
}
