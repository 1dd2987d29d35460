using AngleSharp.Dom;
using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Portal.Components.JobForm;
using IoTJobsToolkit.Portal.Components.Viewing;
using IoTJobsToolkit.Portal.Tests.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Portal.Tests.JobForm;

/// <summary>The form over a fleet of five things: a group <c>eu</c> of three, and <c>berlin</c> below it with one more.</summary>
public abstract class JobFormTest : PageTest
{
    protected async Task AddFleetAsync()
    {
        var things = await Fleet.AddThingsAsync(5);
        await Fleet.RunAsync(new CreateThingGroup("eu"));
        await Fleet.RunAsync(new CreateThingGroup("berlin") { ParentGroupName = "eu" });
        foreach (var (group, thing) in new[] { ("eu", things[0]), ("eu", things[1]), ("eu", things[2]), ("berlin", things[3]) })
        {
            await Fleet.RunAsync(new AddThingToThingGroup { ThingGroupName = group, ThingName = thing });
        }
    }

    protected IRenderedComponent<CreateJobPage> Open(string query = "", AccessRole role = AccessRole.OPERATOR, string zone = "UTC")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("portal/create-job" + query);
        var page = Render<CreateJobPage>(parameters => parameters.AddCascadingValue(new Viewer("ops", role, TimeZoneInfo.FindSystemTimeZoneById(zone))));
        if (role >= AccessRole.OPERATOR)
        {
            Eventually(page, () => page.Find(".job-form"));
        }
        return page;
    }

    /// <summary>The field of a section whose label begins so.</summary>
    protected static IElement Field(IRenderedComponent<CreateJobPage> page, JobPart part, string label) =>
        page.Find($"#part-{part.ToString().ToLowerInvariant()}").QuerySelectorAll("label").First(found => found.TextContent.Trim().StartsWith(label, StringComparison.Ordinal))
            .QuerySelector("input, select, textarea")!;

    protected static Task FillAsync(IRenderedComponent<CreateJobPage> page, JobPart part, string label, string value)
    {
        Eventually(page, () => Field(page, part, label));
        return page.InvokeAsync(() => Field(page, part, label).TriggerEventAsync("onchange", new ChangeEventArgs { Value = value }));
    }

    protected static Task PressAsync(IRenderedComponent<CreateJobPage> page, JobPart part, string button) =>
        ClickAsync(page, () => page.Find($"#part-{part.ToString().ToLowerInvariant()}").QuerySelectorAll("button").First(found => found.TextContent.Trim().StartsWith(button, StringComparison.Ordinal)));

    protected static async Task AddTargetAsync(IRenderedComponent<CreateJobPage> page, string name, bool isGroup = true)
    {
        await PressAsync(page, JobPart.Targets, isGroup ? "Group" : "Thing");
        await FillAsync(page, JobPart.Targets, isGroup ? "Group's name" : "Thing's name", name);
        await page.InvokeAsync(() => page.Find("#part-targets form").TriggerEventAsync("onsubmit", EventArgs.Empty));
    }

    protected static Task CreateAsync(IRenderedComponent<CreateJobPage> page) => ClickAsync(page, () => page.Find(".create button"));

    /// <summary>Presses once it is there and may be, and waits until what that does is done.</summary>
    protected static Task ClickAsync(IRenderedComponent<CreateJobPage> page, Func<IElement> find)
    {
        Eventually(page, () => Assert.False(find().HasAttribute("disabled")));
        return page.InvokeAsync(() => find().TriggerEventAsync("onclick", new MouseEventArgs()));
    }

    protected static string? Problem(IRenderedComponent<CreateJobPage> page, JobPart part) =>
        page.Find($"#part-{part.ToString().ToLowerInvariant()}").QuerySelector("[role=alert]")?.TextContent;
}
