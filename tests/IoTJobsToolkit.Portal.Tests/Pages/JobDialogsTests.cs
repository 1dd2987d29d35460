using Bunit;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class JobDialogsTests : PageTest
{
    private async Task<IRenderedComponent<JobPage>> OpenAsync(string label, Func<CreateJob, CreateJob>? with = null)
    {
        await Fleet.AddThingsAsync(3);
        await Fleet.AddJobAsync("update", ["thing-0001"], with);
        var page = Render<JobPage>(parameters => parameters.Add(page => page.JobId, "update"));
        await PressAsync(page, () => page.FindAll(".quick button").Single(button => button.TextContent.Trim() == label));
        Eventually(Dialogs, () => Dialogs.Find(".form"));
        return page;
    }

    private Task PressPrimaryAsync() => PressAsync(Dialogs, () => Dialogs.Find(".mud-dialog-actions .mud-button-filled-primary"));

    private static CreateJob Continuous(CreateJob create) => create with { TargetSelection = TargetSelection.CONTINUOUS };

    [Fact]
    public async Task Update_changes_what_was_typed_and_the_page_shows_it()
    {
        var page = await OpenAsync("Update");

        await Dialogs.InvokeAsync(() => Dialogs.Find("textarea").Change("New words"));
        await PressAsync(Dialogs, () => Dialogs.FindAll("fieldset button").Single(button => button.TextContent == "Add a threshold"));
        await Dialogs.InvokeAsync(() => Dialogs.FindAll(".criterion input")[0].Change("20"));
        await Dialogs.InvokeAsync(() => Dialogs.FindAll(".criterion input")[1].Change("5"));
        await PressPrimaryAsync();

        Eventually(page, () => Assert.Equal("New words", TextOf(page, ".description")));
        Eventually(page, () => Assert.Contains("Cancels at 20%, once 5 have ended.", TextOf(page, ".gauges")));
        Eventually(Dialogs, () => Assert.Empty(Dialogs.FindAll(".form")));
    }

    [Fact]
    public async Task A_refused_update_stays_open_and_says_what_to_correct()
    {
        var page = await OpenAsync("Update");

        await Dialogs.InvokeAsync(() => Dialogs.Find(".check input").Change(true));
        await Dialogs.InvokeAsync(() => Dialogs.FindAll(".fields input")[0].Change("9999"));
        await PressPrimaryAsync();

        Eventually(Dialogs, () => Assert.Contains("baseRatePerMinute", TextOf(Dialogs, "[role=alert]")));
        Assert.Null((await Fleet.JobAsync("update")).JobExecutionsRolloutConfig.ExponentialRate);
        await PressAsync(Dialogs, () => Dialogs.FindAll(".mud-dialog-actions button")[0]);
        Eventually(Dialogs, () => Assert.Empty(Dialogs.FindAll(".form")));
        Assert.Empty(page.FindAll(".description"));
    }

    [Fact]
    public async Task Targets_are_looked_up_as_they_are_typed_and_added()
    {
        var page = await OpenAsync("Add targets", Continuous);
        await Fleet.RunAsync(new CreateThingGroup("eu"));
        await Fleet.RunAsync(new AddThingToThingGroup { ThingGroupName = "eu", ThingName = "thing-0003" });

        await Dialogs.InvokeAsync(() => Dialogs.FindAll("textarea")[0].Input("thing-0001 thing-0002\nnobody"));
        Eventually(Dialogs, () => Assert.Equal(
            ["✓ thing-0001 is a target already", "✓ thing-0002 is there", "✗ There is no thing nobody."], TextsOf(Dialogs, ".checked li")));
        Assert.True(Dialogs.Find(".mud-button-filled-primary").HasAttribute("disabled"));

        await Dialogs.InvokeAsync(() => Dialogs.FindAll("textarea")[0].Input("thing-0002"));
        await Dialogs.InvokeAsync(() => Dialogs.FindAll("textarea")[1].Input("eu"));
        Eventually(Dialogs, () => Assert.Equal("Add 2 targets", TextOf(Dialogs, ".mud-button-filled-primary")));
        await PressPrimaryAsync();

        Eventually(page, () => Assert.Equal(["thing-0001", "thing-0002", "thing-0003"], TextsOf(page, ".executions td.name")));
        Eventually(Dialogs, () => Assert.Empty(Dialogs.FindAll(".form")));
    }

    [Fact]
    public async Task Targets_are_added_to_continuous_jobs_only_and_every_job_may_be_cloned()
    {
        await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("update", ["thing-0001"]);
        var page = Render<JobPage>(parameters => parameters.Add(page => page.JobId, "update"));

        Eventually(page, () => Assert.Equal(["Update", "Clone", "Save as a template"], TextsOf(page, ".quick button, .quick a")));
        Assert.Equal("portal/create-job?clone=update", page.Find(".quick a").GetAttribute("href"));
        await Fleet.RunAsync(new CancelJob("update"));
        Eventually(page, () => Assert.Equal(["Clone", "Save as a template"], TextsOf(page, ".quick button, .quick a")));
    }
}
