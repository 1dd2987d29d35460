using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Templates;
using IoTJobsToolkit.Portal.Components.Viewing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class TemplatesPageTests : PageTest
{
    private static readonly Viewer Looker = new("eve", AccessRole.VIEWER, TimeZoneInfo.Utc);

    private Task<CreateJobTemplateResponse> AddAsync(string id, string description) => Fleet.RunAsync(new CreateJobTemplate(id, description)
    {
        Document = """{"a":1}""",
        Tags = [new() { Key = "team", Value = "ops" }],
        JobExecutionsRolloutConfig = new() { MaximumPerMinute = 50 },
        AbortConfig = new() { CriteriaList = [new() { FailureType = JobExecutionFailureType.FAILED, Action = AbortAction.CANCEL, ThresholdPercentage = 20, MinNumberOfExecutedThings = 100 }] },
        MaintenanceWindows = [new() { StartTime = "cron(0 22 * * ? *)", DurationInMinutes = 60 }],
    });

    [Fact]
    public void Without_templates_of_ones_own_it_says_how_to_make_one()
    {
        var page = Render<TemplatesPage>();

        Eventually(page, () => Assert.Contains("save it as a template there", TextOf(page, ".nothing"), StringComparison.Ordinal));
        Assert.Contains("AWS-Reboot", TextsOf(page, "td.name"));
    }

    [Fact]
    public async Task Own_and_managed_ones_stand_apart_and_are_searched_together()
    {
        await AddAsync("nightly", "Restarts the pumps");
        await AddAsync("firmware", "New firmware");
        var page = Render<TemplatesPage>();
        Eventually(page, () => Assert.Equal(2, page.FindAll("section[aria-labelledby=custom] td.name").Count));

        await page.InvokeAsync(() => page.Find("input[type=search]").Change("RESTART"));

        Assert.Equal(["nightly"], TextsOf(page, "section[aria-labelledby=custom] td.name"));
        Assert.Equal(["AWS-Reboot", "AWS-Restart-Application"], TextsOf(page, "section[aria-labelledby=managed] td.name"));
    }

    [Fact]
    public async Task A_templates_page_says_what_its_jobs_will_do()
    {
        await AddAsync("nightly", "Restarts the pumps");
        var page = Render<TemplatePage>(parameters => parameters.Add(shown => shown.TemplateId, "nightly"));

        Eventually(page, () => Assert.Contains("at most 50 a minute", TextOf(page, ".facts"), StringComparison.Ordinal));
        Assert.Contains("Cancels the job when 20 % of at least 100 ended executions FAILED.", TextOf(page, ".facts"), StringComparison.Ordinal);
        Assert.Contains("cron(0 22 * * ? *) in UTC, for 60 minutes", TextOf(page, ".facts"), StringComparison.Ordinal);
        Assert.Contains("Tag team ops", TextOf(page, ".facts"), StringComparison.Ordinal);
        Assert.Contains("\"a\": 1", page.Find("pre").TextContent, StringComparison.Ordinal);
        Assert.Equal("portal/create-job?template=nightly", page.Find("a.mud-button-root").GetAttribute("href"));
    }

    [Fact]
    public async Task A_template_is_deleted_after_one_question()
    {
        await AddAsync("nightly", "Restarts the pumps");
        var page = Render<TemplatePage>(parameters => parameters.Add(shown => shown.TemplateId, "nightly"));
        await AskAsync(page, "Delete");
        Assert.Equal("Deletes 1 template. Jobs made from it stay as they are. This cannot be undone.", TextOf(Dialogs, ".effect"));
        await ConfirmAsync();

        Eventually(page, () => Assert.EndsWith("portal/templates", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        Assert.Empty((await Fleet.RunAsync(new ListJobTemplates())).JobTemplates);
    }

    [Fact]
    public void A_managed_template_shows_its_parameters_and_cannot_be_deleted()
    {
        var page = Render<TemplatePage>(parameters => parameters.Add(shown => shown.TemplateId, "AWS-Run-Command"));

        Eventually(page, () => Assert.Contains("command", TextsOf(page, ".facts dt")));
        Assert.DoesNotContain("Delete", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_template_says_where_to_look()
    {
        var page = Render<TemplatePage>(parameters => parameters.Add(shown => shown.TemplateId, "gone"));

        Eventually(page, () => Assert.Contains("There is no template gone.", TextOf(page, "[role=alert]"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_viewer_sees_templates_and_changes_nothing()
    {
        await AddAsync("nightly", "Restarts the pumps");
        var page = Render<TemplatePage>(parameters => parameters.Add(shown => shown.TemplateId, "nightly").AddCascadingValue(Looker));
        Eventually(page, () => page.Find(".facts"));
        Assert.Empty(page.FindAll(".action"));

        var form = Render<CreateTemplatePage>(parameters => parameters.AddCascadingValue(Looker));
        Assert.Contains("Saving templates is for operators", TextOf(form, "[role=alert]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_is_saved_as_a_template_and_a_refusal_keeps_what_was_entered()
    {
        await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("fw-7", ["thing-0001"], create => create with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 5 } });
        Services.GetRequiredService<NavigationManager>().NavigateTo("portal/create-template?job=fw-7");
        var page = Render<CreateTemplatePage>();
        await page.InvokeAsync(() => page.FindAll("input")[0].Change("no spaces"));
        await page.InvokeAsync(() => page.FindAll("input")[1].Change("Firmware"));
        await PressAsync(page, () => page.Find("button"));
        Eventually(page, () => Assert.Contains("Job template id must satisfy", TextOf(page, "[role=alert]"), StringComparison.Ordinal));
        Assert.Equal("Firmware", page.FindAll("input")[1].GetAttribute("value"));

        await page.InvokeAsync(() => page.FindAll("input")[0].Change("firmware"));
        await PressAsync(page, () => page.Find("button"));

        Eventually(page, () => Assert.Equal("Saved as firmware.", TextOf(page, "[role=status]")));
        Assert.Equal(5, (await Fleet.RunAsync(new DescribeJobTemplate("firmware"))).TimeoutConfig!.InProgressTimeoutInMinutes);
    }
}
