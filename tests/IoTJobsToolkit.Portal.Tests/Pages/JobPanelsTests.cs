using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Portal.Components.Executions;
using IoTJobsToolkit.Portal.Components.Jobs;
using IoTJobsToolkit.Portal.Components.Viewing;
using IoTJobsToolkit.Portal.Indexing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>The panels around a job's executions, and their filters.</summary>
public sealed class JobPanelsTests : PageTest
{
    private static readonly Viewer Onlooker = Viewer.Anyone with { Name = "vera", Role = AccessRole.VIEWER };

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private IRenderedComponent<JobPage> Open(string jobId, string query = "")
    {
        Navigation.NavigateTo($"portal/jobs/{jobId}{query}");
        return Render<JobPage>(parameters => parameters.Add(page => page.JobId, jobId));
    }

    private static Dictionary<string, string> Because(string reason) => new() { ["reason"] = reason };

    private static IReadOnlyList<string> Shown(IRenderedComponent<JobPage> page) => TextsOf(page, ".executions td.name");

    private async Task<string[]> AddFailuresAsync()
    {
        var things = await Fleet.AddThingsAsync(6);
        await Fleet.AddJobAsync("update", things);
        await Fleet.ReportAsync("update", things[0], JobExecutionStatus.FAILED, Because("no network"));
        await Fleet.ReportAsync("update", things[1], JobExecutionStatus.FAILED, Because("disk full"));
        await Fleet.ReportAsync("update", things[2], JobExecutionStatus.REJECTED, Because("disk full"));
        await Fleet.ReportAsync("update", things[3], JobExecutionStatus.SUCCEEDED);
        return things;
    }

    [Fact]
    public async Task Failures_are_counted_by_reason_and_a_press_shows_them()
    {
        var things = await AddFailuresAsync();
        var page = Open("update");
        Eventually(page, () => Assert.Equal(["disk full 2", "no network 1"], TextsOf(page, ".reason")));

        await PressAsync(page, () => page.FindAll(".reason")[0]);
        Eventually(page, () => Assert.Equal(things[1..3], Shown(page)));
        Assert.EndsWith("?reason=disk%20full", Navigation.Uri, StringComparison.Ordinal);
        Eventually(page, () => Assert.Equal("2 of 6", TextOf(page, ".area-executions .panel-head .muted")));

        await Fleet.ReportAsync("update", things[4], JobExecutionStatus.FAILED, Because("disk full"));
        Eventually(page, () => Assert.Equal([things[1], things[2], things[4]], Shown(page)));
        Eventually(page, () => Assert.Equal("disk full 3", TextsOf(page, ".reason")[0]));

        await PressAsync(page, () => page.FindAll(".reason")[0]);
        Eventually(page, () => Assert.Equal(things, Shown(page)));
    }

    [Fact]
    public async Task Many_reasons_begin_with_the_most_frequent_and_the_rest_is_counted()
    {
        var things = await Fleet.AddThingsAsync(8);
        await Fleet.AddJobAsync("update", things);
        foreach (var thing in things)
        {
            await Fleet.ReportAsync("update", thing, JobExecutionStatus.FAILED, Because($"error {thing}"));
        }
        var page = Open("update");
        Eventually(page, () => Assert.Equal("2 more reasons, 2 failures", TextOf(page, ".area-reasons .link")));

        await PressAsync(page, () => page.Find(".area-reasons .link"));

        Eventually(page, () => Assert.Equal(8, page.FindAll(".reason").Count));
    }

    [Fact]
    public async Task A_job_without_failures_says_so()
    {
        await Fleet.AddJobAsync("update", await Fleet.AddThingsAsync(1));
        var page = Open("update");

        Eventually(page, () => Assert.Contains("None: no execution failed", TextOf(page, ".area-reasons")));
    }

    [Fact]
    public async Task Statuses_are_chosen_together_and_stand_in_the_address()
    {
        var things = await AddFailuresAsync();
        var page = Open("update", "?status=FAILED,SUCCEEDED");
        Eventually(page, () => Assert.Equal([things[0], things[1], things[3]], Shown(page)));

        await PressAsync(page, () => page.FindAll(".counter").Single(counter => counter.TextContent.Contains("Failed", StringComparison.Ordinal)));
        Eventually(page, () => Assert.Equal([things[3]], Shown(page)));
        Assert.EndsWith("?status=SUCCEEDED", Navigation.Uri, StringComparison.Ordinal);

        await PressAsync(page, () => page.FindAll(".counter")[0]);
        Eventually(page, () => Assert.Equal(things, Shown(page)));
        Assert.EndsWith("/update", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_is_its_things_and_those_of_its_descendants()
    {
        var things = await AddFailuresAsync();
        await Fleet.RunAsync(new CreateThingGroup("world"));
        await Fleet.RunAsync(new CreateThingGroup("eu") { ParentGroupName = "world" });
        await Fleet.RunAsync(new AddThingToThingGroup { ThingGroupName = "world", ThingName = things[0] });
        await Fleet.RunAsync(new AddThingToThingGroup { ThingGroupName = "eu", ThingName = things[5] });
        var page = Open("update");

        await ChangeAsync(page, () => page.FindAll(".narrow input")[0], "world");

        Eventually(page, () => Assert.Equal([things[0], things[5]], Shown(page)));
        Assert.EndsWith("?group=world", Navigation.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?group=nowhere", "There is no thing group nowhere.")]
    [InlineData("?attribute=firmware", "An attribute is asked for with its value, such as firmware=7.")]
    public async Task A_filter_that_cannot_be_followed_says_why_and_leads_out(string query, string problem)
    {
        var things = await AddFailuresAsync();
        var page = Open("update", query);
        Eventually(page, () => Assert.Contains(problem, TextOf(page, ".area-executions [role=alert]")));

        await PressAsync(page, () => page.Find(".area-executions [role=alert] .link"));

        Eventually(page, () => Assert.Equal(things, Shown(page)));
    }

    [Fact]
    public async Task An_attribute_of_the_thing_narrows_them()
    {
        await Fleet.AddThingsAsync(2);
        await Fleet.RunAsync(new CreateThing("old") { AttributePayload = new() { Attributes = new Dictionary<string, string> { ["firmware"] = "7" } } });
        await Fleet.AddJobAsync("update", ["old", "thing-0001", "thing-0002"]);

        var page = Open("update", "?attribute=firmware%3D7");

        Eventually(page, () => Assert.Equal(["old"], Shown(page)));
    }

    [Fact]
    public async Task A_version_and_an_order_narrow_and_sort_them()
    {
        var things = await AddFailuresAsync();
        await Fleet.ReportAsync("update", things[5], JobExecutionStatus.IN_PROGRESS);
        await Fleet.ReportAsync("update", things[5], JobExecutionStatus.SUCCEEDED);
        var page = Open("update", "?version=3");
        Eventually(page, () => Assert.Equal([things[5]], Shown(page)));

        await page.InvokeAsync(() => page.FindAll(".narrow input")[2].Change(""));
        Eventually(page, () => Assert.Equal(things, Shown(page)));
        await page.InvokeAsync(() => page.Find(".narrow select").Change("Updated"));

        var executions = (await Fleet.RunAsync(new ListJobExecutionsForJob("update"))).ExecutionSummaries;
        var latestFirst = executions.OrderByDescending(execution => execution.JobExecutionSummary.LastUpdatedAt).Select(execution => execution.ThingName);
        Eventually(page, () => Assert.Equal(latestFirst, Shown(page)));
        Assert.EndsWith("?sort=updated", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_without_a_match_leads_out()
    {
        var things = await AddFailuresAsync();
        var page = Open("update", "?status=TIMED_OUT&version=9");
        Eventually(page, () => Assert.Contains("No executions timed out, at version 9 at the moment.", TextOf(page, ".area-executions .nothing")));

        await PressAsync(page, () => page.Find(".area-executions .nothing .link"));

        Eventually(page, () => Assert.Equal(things, Shown(page)));
    }

    [Fact]
    public async Task A_job_without_executions_says_what_it_waits_for()
    {
        await Fleet.RunAsync(new CreateThingGroup("empty"));
        await Fleet.RunAsync(new CreateJob("later", [Fleet.Engine.Settings.ThingGroupArn("empty")]) { Document = "{}", TargetSelection = TargetSelection.CONTINUOUS });
        var page = Open("later");

        Eventually(page, () => Assert.Contains("No executions yet. They appear here as they are created.", TextOf(page, ".area-executions")));
    }

    [Fact]
    public async Task More_than_memory_is_meant_for_is_listed_page_by_page()
    {
        using var indexes = new JobIndexes(Fleet.Engine, Fleet.Clock, NullLogger<JobIndexes>.Instance, most: 50);
        var things = await Fleet.AddThingsAsync(60);
        await Fleet.AddJobAsync("update", things);
        await Fleet.ReportAsync("update", things[59], JobExecutionStatus.FAILED);
        using var changed = new SemaphoreSlim(0);
        using var look = indexes.Look("update", () => changed.Release());
        await ChangesUntilAsync(changed, () => look.Index.State == IndexState.TooLarge);
        var panel = Render<JobExecutions>(parameters => parameters
            .Add(panel => panel.Index, look.Index).Add(panel => panel.Query, new()).Add(panel => panel.Now, Fleet.Clock.GetUtcNow()));
        Eventually(panel, () => Assert.Equal(50, panel.FindAll("td.name").Count));
        Assert.Contains("listed page by page", panel.Markup, StringComparison.Ordinal);
        await PressAsync(panel, () => panel.FindAll(".pager button")[1]);
        Eventually(panel, () => Assert.Equal(things[50..], TextsOf(panel, "td.name")));

        panel.Render(parameters => parameters.Add(panel => panel.Query, new(StatusSet.Of(JobExecutionStatus.FAILED))));

        Eventually(panel, () => Assert.Equal([things[59]], TextsOf(panel, "td.name")));
    }

    [Fact]
    public async Task Executions_that_cannot_be_read_say_why()
    {
        using var indexes = new JobIndexes(Fleet.Engine, Fleet.Clock, NullLogger<JobIndexes>.Instance);
        Fleet.Engine.Dispose();
        using var changed = new SemaphoreSlim(0);
        using var look = indexes.Look("update", () => changed.Release());
        await ChangesUntilAsync(changed, () => look.Index.State == IndexState.Failed);
        var first = look.Index.Failure;

        var panel = Render<JobExecutions>(parameters => parameters
            .Add(panel => panel.Index, look.Index).Add(panel => panel.Query, new()).Add(panel => panel.Now, Fleet.Clock.GetUtcNow()));

        Eventually(panel, () => Assert.Contains("The jobs engine does not answer", TextOf(panel, "[role=alert]")));
        await PressAsync(panel, () => panel.Find("[role=alert] button"));
        await ChangesUntilAsync(changed, () => look.Index.Failure is { } again && again != first);
    }

    /// <summary>Waits for a change of the index after which it holds.</summary>
    private static async Task ChangesUntilAsync(SemaphoreSlim changed, Func<bool> holds)
    {
        while (!holds())
        {
            Assert.True(await changed.WaitAsync(Deadline, Xunit.TestContext.Current.CancellationToken), "Nothing changes any more.");
        }
    }

    [Fact]
    public async Task Abort_thresholds_are_gauges_with_their_distance_in_words()
    {
        var things = await Fleet.AddThingsAsync(8);
        await Fleet.AddJobAsync("update", things, create => create with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            AbortConfig = new()
            {
                CriteriaList = [new() { FailureType = JobExecutionFailureType.ALL, Action = AbortAction.CANCEL, ThresholdPercentage = 50, MinNumberOfExecutedThings = 4 }],
            },
        });
        var page = Open("update");
        Eventually(page, () => Assert.Contains("4 failures more, one after the other, cancel the job.", TextOf(page, ".gauges")));

        await Fleet.ReportAsync("update", things[0], JobExecutionStatus.SUCCEEDED);
        await Fleet.ReportAsync("update", things[1], JobExecutionStatus.FAILED);
        await Fleet.ReportAsync("update", things[2], JobExecutionStatus.REJECTED);

        Eventually(page, () => Assert.Contains("1 failure more cancels the job.", TextOf(page, ".gauges")));
        Assert.Contains("66.7% now, 2 of 3 ended. Cancels at 50%, once 4 have ended.", TextOf(page, ".gauges"));
        Assert.Equal("66.67", page.Find(".gauge").GetAttribute("aria-valuenow"));
    }

    [Fact]
    public async Task A_rollout_is_drawn_as_planned_and_as_it_is_with_its_end()
    {
        await Fleet.AddJobAsync("update", await Fleet.AddThingsAsync(5), create => create with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 2 } });

        var page = Open("update");

        Eventually(page, () => Assert.Contains("2 of 5 created, 2 planned by now; 0 ended.", TextOf(page, ".area-rollout")));
        Assert.Contains("Finishes at about", TextOf(page, ".area-rollout"));
        Assert.Equal("2 of 5 created, 2 planned by now; 0 ended.", page.Find(".curve svg").GetAttribute("aria-label"));

        await Fleet.RunAsync(new PauseJob("update"));
        Eventually(page, () => Assert.EndsWith("The rollout is held.", page.Find(".curve svg").GetAttribute("aria-label")));
        Assert.Equal(3, page.FindAll(".curve polyline").Count);
    }

    [Fact]
    public async Task A_job_without_a_rate_has_no_curve()
    {
        await Fleet.AddJobAsync("update", await Fleet.AddThingsAsync(5));

        var page = Open("update");
        Eventually(page, () => Assert.Equal(5, Shown(page).Count));
        var rollout = page.FindComponent<RolloutPanel>();

        await page.InvokeAsync(() => rollout.Instance.SetParametersAsync(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(RolloutPanel.Job)] = rollout.Instance.Job, [nameof(RolloutPanel.Index)] = rollout.Instance.Index, [nameof(RolloutPanel.Now)] = rollout.Instance.Now.AddMinutes(1),
        }))); // Until it has looked for one.

        Assert.Empty(page.FindAll(".area-rollout"));
    }

    [Fact]
    public async Task The_history_says_who_did_what_newest_first_and_follows()
    {
        await Fleet.AddJobAsync("update", await Fleet.AddThingsAsync(1));
        var page = Open("update");
        Eventually(page, () => Assert.EndsWith("Created by ops", TextsOf(page, ".history li")[^1], StringComparison.Ordinal));

        await Fleet.RunAsync(new CancelJob("update") { ReasonCode = "NIGHT" });

        Eventually(page, () => Assert.Contains(TextsOf(page, ".history li"), line => line.Contains("Canceled in progress → canceled", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_document_with_placeholders_is_shown_marked_and_as_a_device_gets_it()
    {
        await Fleet.AddJobAsync("update", await Fleet.AddThingsAsync(2), create => create with { Document = """{"sign":"${aws:iot:code-sign-signature:s3://r.b/k@1}","n":1}""" });
        var page = Open("update");
        Eventually(page, () => Assert.Equal(["${aws:iot:code-sign-signature:s3://r.b/k@1}"], TextsOf(page, ".area-document mark")));
        Assert.Contains("1 placeholder is marked", TextOf(page, ".area-document"));
        Eventually(page, () => Assert.Equal(2, Shown(page).Count)); // Its first thing is the one for which it is filled in.

        await PressAsync(page, () => page.FindAll(".area-document .pill")[1]);
        Eventually(page, () => Assert.Contains("\"n\": 1", page.Find(".area-document pre").TextContent, StringComparison.Ordinal));
        Assert.Equal("thing-0001", page.Find(".area-document input").GetAttribute("value"));

        await page.InvokeAsync(() => page.Find(".area-document input").Change("nobody"));
        Eventually(page, () => Assert.Contains("nobody", TextOf(page, ".area-document [role=alert]")));
    }

    [Fact]
    public async Task A_viewer_sees_everything_and_no_action()
    {
        await AddFailuresAsync();
        var page = Render<CascadingValue<Viewer>>(parameters => parameters
            .Add(cascade => cascade.Value, Onlooker)
            .AddChildContent<JobPage>(child => child.Add(job => job.JobId, "update")));

        Eventually(page, () => Assert.Equal(6, page.FindAll(".executions td.name").Count));

        Assert.Empty(page.FindAll(".area-actions"));
    }

    [Fact]
    public async Task Details_open_beside_the_list_and_close_again()
    {
        var things = await AddFailuresAsync();
        var page = Open("update");
        Eventually(page, () => Assert.Equal(things, Shown(page)));

        await PressAsync(page, () => page.FindAll(".opener")[1]);
        Eventually(page, () => Assert.Contains("reason disk full", TextOf(page, ".details dl")));
        Assert.Equal("true", page.FindAll(".opener")[1].GetAttribute("aria-expanded"));
        Assert.Equal("portal/jobs/update/executions/thing-0002/1", page.Find(".details h3 a").GetAttribute("href"));

        await PressAsync(page, () => page.Find(".details-head .plain"));
        Eventually(page, () => Assert.Empty(page.FindAll(".details")));
    }
}
