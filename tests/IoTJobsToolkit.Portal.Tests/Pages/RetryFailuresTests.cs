using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Jobs;
using IoTJobsToolkit.Portal.Components.Viewing;
using Microsoft.AspNetCore.Components;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>One button beside the reasons: try again where it failed.</summary>
public sealed class RetryFailuresTests : PageTest
{
    private async Task<string[]> AddFailuresAsync()
    {
        var things = await Fleet.AddThingsAsync(4);
        await Fleet.AddJobAsync("update", things);
        await ReportAsync(things[0], "disk full");
        await ReportAsync(things[1], "disk full");
        await ReportAsync(things[2], "no network");
        return things;
    }

    private Task ReportAsync(string thing, string reason) =>
        Fleet.ReportAsync("update", thing, JobExecutionStatus.FAILED, new Dictionary<string, string> { ["reason"] = reason });

    private IRenderedComponent<JobPage> Open(string jobId) => Render<JobPage>(parameters => parameters.Add(page => page.JobId, jobId));

    [Fact]
    public async Task While_the_job_runs_the_things_of_a_chosen_reason_get_another_attempt()
    {
        await AddFailuresAsync();
        var page = Open("update");
        Eventually(page, () => Assert.Equal(["disk full 2", "no network 1"], TextsOf(page, ".reason")));
        await PressAsync(page, () => page.FindAll(".reason")[0]);
        Eventually(page, () => Assert.Equal(
            "Try again Another attempt for each thing whose last attempt ended with “disk full”.", TextOf(page, ".area-reasons .action")));

        await AskAsync(page, "Try again");
        await ConfirmAsync();

        Eventually(Dialogs, () => Assert.Empty(Dialogs.FindAll(".effect")));
        var counts = (await Fleet.JobAsync("update")).JobProcessDetails;
        Assert.Equal((3L, 3L), (counts.NumberOfQueuedThings, counts.NumberOfFailedThings));
    }

    [Fact]
    public async Task Of_an_ended_job_a_new_one_is_made_and_each_page_leads_to_the_other()
    {
        await AddFailuresAsync();
        await Fleet.RunAsync(new CancelJob("update"));
        var page = Open("update");
        Eventually(page, () => Assert.StartsWith("Try again The job has ended: a new one is made of it", TextOf(page, ".area-reasons .action"), StringComparison.Ordinal));

        await AskAsync(page, "Try again");
        await ChangeAsync(Dialogs, () => Dialogs.Find("textarea"), "more disk");
        await ConfirmAsync();

        Eventually(page, () => Assert.Equal("portal/jobs/update-retry-1", page.FindAll(".head a").Single(link => link.TextContent == "update-retry-1").GetAttribute("href")));
        Assert.Equal(3, (await Fleet.JobAsync("update-retry-1")).Targets.Count);
        var restart = Open("update-retry-1");
        Eventually(restart, () => Assert.Contains("Tries update once more.", TextOf(restart, ".head"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_only_look_gets_no_button()
    {
        await AddFailuresAsync();
        var page = Render<CascadingValue<Viewer>>(parameters => parameters
            .Add(cascade => cascade.Value, Viewer.Anyone with { Name = "vera", Role = AccessRole.VIEWER })
            .AddChildContent<JobPage>(page => page.Add(p => p.JobId, "update")));

        Eventually(page, () => Assert.Equal(2, page.FindAll(".reason").Count));
        Assert.Empty(page.FindAll(".area-reasons .action"));
    }
}
