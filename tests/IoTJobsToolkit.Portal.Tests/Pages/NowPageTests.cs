using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Portal.Components.Layout;
using IoTJobsToolkit.Portal.Components.Viewing;
using IoTJobsToolkit.Portal.Components.Watch;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class NowPageTests : WatchTest
{
    [Fact]
    public async Task Without_jobs_it_leads_to_the_first()
    {
        var page = await OpenAsync(seen => !seen.IsCounting);

        Assert.Contains("No jobs yet", page.Markup, StringComparison.Ordinal);
        Assert.Equal("portal/create-job", page.Find(".now-next a").GetAttribute("href"));
        Assert.Empty(page.FindAll(".now-areas"));
    }

    [Fact]
    public async Task A_viewer_is_not_led_to_what_he_may_not_do()
    {
        await SeeAsync(seen => !seen.IsCounting);

        var page = Render<NowPage>(parameters => parameters.AddCascadingValue(new Viewer("eve", AccessRole.VIEWER, TimeZoneInfo.Utc)));

        Assert.Empty(page.FindAll("a[href='portal/create-job']"));
    }

    [Fact]
    public async Task With_nothing_running_it_leads_to_all_jobs()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("fw", things);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.SUCCEEDED);

        var page = await OpenAsync(seen => seen is { IsCounting: false, HasJobs: true, RunningCount: 0 });

        Assert.Contains("No job is running.", TextOf(page, ".running"), StringComparison.Ordinal);
        Assert.Equal("None.", TextOf(page, ".now-side .muted"));
    }

    [Fact]
    public async Task A_running_job_shows_progress_failures_pace_finish_and_last_move()
    {
        var things = await Fleet.AddThingsAsync(30);
        await Fleet.AddJobAsync("fw", things);
        Pass(10);
        foreach (var thing in things[..8])
        {
            await Fleet.ReportAsync("fw", thing, JobExecutionStatus.SUCCEEDED);
        }
        await Fleet.ReportAsync("fw", things[8], JobExecutionStatus.FAILED);
        await Fleet.ReportAsync("fw", things[9], JobExecutionStatus.REJECTED);
        await Fleet.ReportAsync("fw", things[10], JobExecutionStatus.IN_PROGRESS);
        await SeeAsync(seen => seen.Running is [{ Counts: { Completed: 10, InProgress: 1 } }]);

        var page = Render<NowPage>(parameters => parameters.AddCascadingValue(
            new Viewer("ops", AccessRole.OPERATOR, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"))));

        Assert.Equal(
            ["fw", "10 of 30 ended, 1 in progress", "Failures 2", "Per minute 2.5", "Finishes 04:18", "Moved just now"], TextsOf(page, ".running tbody td"));
        Assert.Equal(5, page.FindAll(".running .bar .seg").Count);
    }

    [Fact]
    public async Task More_running_jobs_than_fit_are_behind_a_link()
    {
        var things = await Fleet.AddThingsAsync(1);
        for (var i = 0; i < 13; i++)
        {
            await Fleet.AddJobAsync($"fw-{i}", things);
        }

        var page = await OpenAsync(seen => seen.RunningCount == 13);

        Assert.Equal(11, page.FindAll(".running tbody tr").Count);
        Assert.Equal("2 more running jobs", TextOf(page, ".running .more"));
    }

    [Fact]
    public async Task Failures_of_the_hour_stand_by_job_and_by_reason()
    {
        var things = await Fleet.AddThingsAsync(6);
        await Fleet.AddJobAsync("fw", things);
        foreach (var (thing, reason) in things[..3].Zip(["disk full", "battery low", "disk full"]))
        {
            await Fleet.ReportAsync("fw", thing, JobExecutionStatus.FAILED, new Dictionary<string, string> { ["reason"] = reason });
        }

        var page = await OpenAsync(seen => seen.FailuresByJob is [{ Count: 3 }]);

        Assert.Equal(["fw 3", "disk full 2", "battery low 1"], TextsOf(page, ".tally li"));
        Assert.Equal(["portal/jobs/fw?status=FAILED,TIMED_OUT,REJECTED"], page.FindAll(".tally a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task The_hours_lines_are_a_sentence_for_who_cannot_see_them()
    {
        var things = await Fleet.AddThingsAsync(3);
        await Fleet.AddJobAsync("fw", things);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS);
        await Fleet.ReportAsync("fw", things[1], JobExecutionStatus.SUCCEEDED);
        await Fleet.ReportAsync("fw", things[2], JobExecutionStatus.FAILED);
        await SeeAsync(seen => seen.Running is [{ Counts.Completed: 2 }]);
        Pass(1);

        var page = await OpenAsync(seen => seen.LastHour.Failed.Sum() == 1);

        Assert.Equal(
            "Executions of the last hour: 3 queued, 1 started, 1 succeeded, 1 failed, rejected or timed out; at most 1 in a minute.",
            page.Find("svg[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task A_report_and_a_connection_show_on_an_open_page()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("fw", things);
        var page = await OpenAsync(seen => seen.RunningCount == 1);

        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.FAILED);
        await Fleet.Engine.Broker.KeepConnectivityAsync([new(things[1], true, Clock.GetUtcNow(), "client")], Xunit.TestContext.Current.CancellationToken);

        await PaintsAsync(page, () => TextOf(page, ".connected") == "1 device connected over MQTT" && TextOf(page, ".running td.failing") == "Failures 1");
    }

    [Fact]
    public async Task The_wall_shows_the_same_with_a_clock()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("fw", things);
        await SeeAsync(seen => seen.RunningCount == 1);

        var page = Render<WallPage>(parameters => parameters.AddCascadingValue(
            new Viewer("ops", AccessRole.VIEWER, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"))));

        Assert.Equal("04:00", TextOf(page, ".wall-clock"));
        Assert.Equal("fw", TextOf(page, ".running td.job"));
        Assert.Empty(page.FindAll("a[href='portal/wall']"));
    }

    [Fact]
    public async Task The_tab_is_told_of_trouble_when_it_changes_and_not_else()
    {
        var things = await Fleet.AddThingsAsync(1); // Of two, the one that is queued would be stuck as well, in the end.
        await Fleet.AddJobAsync("fw", things);
        await SeeAsync(seen => seen.RunningCount == 1);
        var tab = Render<TabTrouble>();
        await PaintsAsync(tab, () => Told().Count == 1);

        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.IN_PROGRESS);
        Pass(17);
        await PaintsAsync(tab, () => Told().Count == 2);
        await Fleet.ReportAsync("fw", things[0], JobExecutionStatus.SUCCEEDED);
        await PaintsAsync(tab, () => Told().Count == 3);

        Assert.Equal([0, 1, 0], Told());
    }

    [Fact]
    public async Task A_tab_that_did_not_answer_is_told_again_though_nothing_changed()
    {
        JSInterop.SetupVoid("portalTab.show", _ => true).SetCanceled();

        var tab = Render<TabTrouble>();

        await PaintsAsync(tab, () => Told().Count >= 2);
        Assert.All(Told(), told => Assert.Equal(0, told));
    }

    private List<object?> Told() => [.. JSInterop.Invocations["portalTab.show"].Select(call => call.Arguments[0])];
}
