using Bunit;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>A job that is held back: what it stands at, and what can be done.</summary>
public sealed class ControlTests : PageTest
{
    private string[] _things = [];

    private async Task<IRenderedComponent<JobPage>> OpenAsync(Func<CreateControlledJob, CreateControlledJob> with)
    {
        var things = _things = await Fleet.AddThingsAsync(3);
        await Fleet.RunAsync(new CreateJob("first", [Fleet.ThingArn(things[0])]) { Document = "{}" });
        await Fleet.RunAsync(with(new(new("update", [.. things.Select(Fleet.ThingArn)]) { Document = "{}" })));
        await Fleet.Engine.PassTimeAsync(Xunit.TestContext.Current.CancellationToken);
        return Render<JobPage>(parameters => parameters.Add(page => page.JobId, "update"));
    }

    [Fact]
    public async Task A_rollout_is_advanced_past_its_stage()
    {
        var page = await OpenAsync(control => control with { Stages = [new(1) { SuccessPercentage = 90 }, new(1)], MaxInFlight = 5 });
        Eventually(page, () => Assert.Equal("The rollout stands at stage 1.", TextOf(page, ".area-controls .warn")));
        Assert.Contains("1 thing, goes on at 90 % succeeded — now", TextOf(page, ".area-controls"), StringComparison.Ordinal);
        Assert.Contains("1 of at most 5", TextOf(page, ".area-controls"), StringComparison.Ordinal);
        Assert.Contains("Advance Passes stage 1 of 2: 1 more thing gets the job.", TextsOf(page, ".area-actions .action"));

        await AskAsync(page, "Advance");
        await ChangeAsync(Dialogs, () => Dialogs.Find("textarea"), "looks good");
        await ConfirmAsync();
        await Fleet.Engine.PassTimeAsync(Xunit.TestContext.Current.CancellationToken);

        Eventually(page, () => Assert.Equal("The rollout stands at stage 2.", TextOf(page, ".area-controls .warn")));
        Assert.Contains("— passed", TextOf(page, ".area-controls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_waits_for_another_says_so_and_begins_when_that_is_done()
    {
        var page = await OpenAsync(control => control with { DependsOn = ["first"], Priority = 3 });
        Eventually(page, () => Assert.Equal("Begins when first is completed.", TextOf(page, ".area-controls .warn")));
        Assert.Contains("Advance Does not wait for first any more.", TextsOf(page, ".area-actions .action"));

        await Fleet.ReportAsync("first", _things[0], JobExecutionStatus.SUCCEEDED);

        Eventually(page, () => Assert.Empty(page.FindAll(".area-controls .warn")));
        Assert.Contains("first, done", TextOf(page, ".area-controls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_without_controls_has_no_word_of_them()
    {
        var page = await OpenAsync(control => control);

        Eventually(page, () => Assert.NotEmpty(page.FindAll(".area-configuration")));
        Assert.Empty(page.FindAll(".area-controls"));
    }
}
