using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Jobs;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class OverviewTests : PageTest
{
    private static IReadOnlyList<string> Ids(IRenderedComponent<JobsPage> page) => TextsOf(page, "td.job a");

    private void Open(string address) => Services.GetRequiredService<NavigationManager>().NavigateTo(address);

    [Fact]
    public void Without_jobs_it_shows_the_command_that_creates_the_first()
    {
        var page = Render<JobsPage>();

        Eventually(page, () => Assert.Contains("No jobs yet", page.Markup));
        Assert.Contains("New-IoTJob first-job -Target arn:aws:iot:us-east-1:123456789012:thing/pump-1", page.Markup);
        Assert.Contains("aws iot create-job --endpoint-url http://localhost", page.Markup);
    }

    [Fact]
    public async Task A_row_shows_status_targets_and_the_engines_counters()
    {
        var things = await Fleet.AddThingsAsync(5);
        await Fleet.AddJobAsync("update", things, create => create with { Description = "New firmware" });
        await Fleet.ReportAsync("update", things[0], JobExecutionStatus.SUCCEEDED);
        await Fleet.ReportAsync("update", things[1], JobExecutionStatus.FAILED);
        await Fleet.ReportAsync("update", things[2], JobExecutionStatus.IN_PROGRESS);

        var page = Render<JobsPage>();

        Eventually(page, () => Assert.Equal(["update"], Ids(page)));
        Assert.Contains("New firmware", TextOf(page, "td.job"));
        Assert.Equal("In progress", TextOf(page, "td.status"));
        Assert.Equal("Targets 5 things", TextOf(page, "td.targets"));
        Assert.Equal(["1 succeeded", "1 failed", "1 in progress", "2 queued"], TextsOf(page, ".counts-line > span"));
        Assert.Equal(4, page.FindAll(".bar .seg").Count);
    }

    [Fact]
    public async Task The_status_in_the_address_narrows_the_rows()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("running", things);
        await Fleet.AddJobAsync("stopped", things);
        await Fleet.RunAsync(new CancelJob("stopped"));

        Open("/?status=CANCELED");
        var page = Render<JobsPage>();

        Eventually(page, () => Assert.Equal(["stopped"], Ids(page)));
        Assert.Equal("Canceled", TextOf(page, ".pill[aria-pressed=true]"));
        await PressAsync(page, () => page.FindAll(".pill").Single(pill => pill.TextContent == "In progress"));
        Assert.EndsWith("?status=IN_PROGRESS", Services.GetRequiredService<NavigationManager>().Uri);
    }

    [Theory]
    [InlineData("WAVE-1", "fw-wave-1")]
    [InlineData("nightly", "inventory")]
    [InlineData("thing-0002", "reboot")]
    public async Task Text_finds_ids_descriptions_and_targets(string text, string found)
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("fw-wave-1", [things[0]]);
        await Fleet.AddJobAsync("inventory", [things[0]], create => create with { Description = "Runs Nightly" });
        await Fleet.AddJobAsync("reboot", [things[1]]);

        Open($"/?text={text}");

        var page = Render<JobsPage>();

        Eventually(page, () => Assert.Equal([found], Ids(page)));
    }

    [Fact]
    public async Task A_filter_which_nothing_matches_offers_all_jobs()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("a", things);

        Open("/?text=zzz");

        var page = Render<JobsPage>();

        Eventually(page, () => Assert.Contains("No job matches", page.Markup));
    }

    [Fact]
    public async Task A_devices_report_moves_the_counters_of_an_open_page()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("update", things);
        var page = Render<JobsPage>();
        Eventually(page, () => Assert.Equal(["2 queued"], TextsOf(page, ".counts-line > span")));

        await Fleet.ReportAsync("update", things[0], JobExecutionStatus.FAILED);

        Eventually(page, () => Assert.Equal(["1 failed", "1 queued"], TextsOf(page, ".counts-line > span")));
    }

    [Fact]
    public async Task Jobs_come_move_and_go_on_an_open_page()
    {
        var things = await Fleet.AddThingsAsync(1);
        var page = Render<JobsPage>();
        Eventually(page, () => Assert.Contains("No jobs yet", page.Markup));
        await Fleet.AddJobAsync("b-first", things);
        await Fleet.AddJobAsync("a-second", things);
        Eventually(page, () => Assert.Equal(["a-second", "b-first"], Ids(page)));

        await Fleet.RunAsync(new CancelJob("a-second"));
        Eventually(page, () => Assert.Equal(["b-first", "a-second"], Ids(page)));

        await Fleet.RunAsync(new DeleteJob("a-second"));
        Eventually(page, () => Assert.Equal(["b-first"], Ids(page)));
    }

    [Fact]
    public async Task A_rollout_is_told_beside_the_status()
    {
        var things = await Fleet.AddThingsAsync(3);
        await Fleet.AddJobAsync("slow", things, create => create with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });

        var page = Render<JobsPage>();

        Eventually(page, () => Assert.Equal("In progress rolling out", TextOf(page, "td.status")));
        Assert.NotNull(page.Find(".seg.growing"));
    }

    [Fact]
    public async Task A_job_close_to_its_abort_criterion_says_so()
    {
        var things = await Fleet.AddThingsAsync(10);
        await Fleet.AddJobAsync("risky", things, create => create with
        {
            AbortConfig = new()
            {
                CriteriaList =
                [
                    new()
                    {
                        FailureType = JobExecutionFailureType.FAILED, Action = AbortAction.CANCEL, ThresholdPercentage = 50, MinNumberOfExecutedThings = 5,
                    },
                ],
            },
        });
        await Fleet.ReportAsync("risky", things[0], JobExecutionStatus.FAILED);
        await Fleet.ReportAsync("risky", things[1], JobExecutionStatus.SUCCEEDED);
        await Fleet.ReportAsync("risky", things[2], JobExecutionStatus.SUCCEEDED);
        await Fleet.ReportAsync("risky", things[4], JobExecutionStatus.SUCCEEDED);
        var page = Render<JobsPage>();
        Eventually(page, () => Assert.Equal(["risky"], Ids(page)));
        Assert.DoesNotContain("Abort is near", page.Markup);

        await Fleet.ReportAsync("risky", things[3], JobExecutionStatus.FAILED);

        Eventually(page, () => Assert.Contains("Abort is near: 40% of 50%", page.Markup));
    }
}

public sealed class OverviewRefusalTests : PageTest
{
    [Fact]
    public async Task An_engine_which_does_not_answer_is_told_with_a_next_step_and_tried_again()
    {
        Fleet.Engine.Dispose();

        var page = Render<JobsPage>();

        Eventually(page, () => Assert.Contains("restart the server", TextOf(page, "[role=alert]")));
        await PressAsync(page, () => page.Find("[role=alert] button"));
        Eventually(page, () => Assert.Contains("does not answer", TextOf(page, ".refusal-title")));
    }
}
