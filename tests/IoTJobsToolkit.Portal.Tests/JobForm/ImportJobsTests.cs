using Bunit;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.JobImport;
using IoTJobsToolkit.Portal.Tests.Pages;
using IoTJobsToolkit.Wire.Definitions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Web;

namespace IoTJobsToolkit.Portal.Tests.JobForm;

/// <summary>Jobs from JSON: differences first, then what was shown is done.</summary>
public sealed class ImportJobsTests : PageTest
{
    private static string Json(string jobId, Func<CreateJob, CreateJob>? with = null)
    {
        var job = new CreateJob(jobId, ["arn:aws:iot:eu-west-1:999999999999:thing/thing-0001"]) { Document = """{"a":1}""", Description = "first" };
        return DefinedJob.Write(with?.Invoke(job) ?? job);
    }

    private static Task PressAsync(IRenderedComponent<DefinitionsPanel> page, string button) =>
        page.InvokeAsync(() => page.FindAll("button").Single(found => found.TextContent.Trim() == button).TriggerEventAsync("onclick", new MouseEventArgs()));

    private static async Task PasteAsync(IRenderedComponent<DefinitionsPanel> page, string text)
    {
        await page.InvokeAsync(() => page.Find("textarea").TriggerEventAsync("onchange", new ChangeEventArgs { Value = text }));
        await PressAsync(page, "Show the differences");
    }

    [Fact]
    public async Task What_is_missing_is_created_for_the_things_here_and_what_differs_is_changed()
    {
        await Fleet.AddThingsAsync(1);
        var page = Render<DefinitionsPanel>();
        await PasteAsync(page, Json("fw"));
        Eventually(page, () => Assert.Equal("fw is created for 1 target", TextOf(page, ".plans li p")));
        await PressAsync(page, "Create 1 job");
        Eventually(page, () => Assert.Equal("fw is as it is defined", TextOf(page, ".plans li p")));
        Assert.Equal(Fleet.ThingArn("thing-0001"), Assert.Single((await Fleet.JobAsync("fw")).Targets));

        await PasteAsync(page, $"[{Json("fw", job => job with { Description = "second" })},{Json("next")}]");
        Eventually(page, () => Assert.Equal(["description: \"first\" -> \"second\""], TextsOf(page, ".plans ul li")));
        await PressAsync(page, "Create 1 job, change 1");
        Eventually(page, () => Assert.Contains("Everything is as it is defined.", page.Markup, StringComparison.Ordinal));
        Assert.Equal("second", (await Fleet.JobAsync("fw")).Description);
        Assert.NotNull(await Fleet.JobAsync("next"));
    }

    [Fact]
    public async Task A_file_is_read_and_what_cannot_be_done_says_why_beside_what_can()
    {
        await Fleet.AddThingsAsync(1);
        var page = Render<DefinitionsPanel>();
        await PasteAsync(page, Json("fw"));
        await PressAsync(page, "Create 1 job");
        var (other, lost) = (Json("fw", job => job with { Document = """{"a":2}""" }), Json("lost", job => job with { Targets = [Fleet.ThingArn("nobody")] }));

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText($"[{other},{lost}]", "jobs.json"));

        Eventually(page, () => Assert.Contains("fw is there with another document", TextOf(page, ".plans .problem"), StringComparison.Ordinal));
        await PressAsync(page, "Create 1 job");
        Eventually(page, () => Assert.Contains(TextsOf(page, ".plans .problem"), problem => problem.Contains("nobody", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{\"jobId\":\"fw\"}")]
    public async Task What_is_no_definition_is_refused(string text)
    {
        var page = Render<DefinitionsPanel>();

        await PasteAsync(page, text);

        Eventually(page, () => Assert.Contains("This is no definition of a job", TextOf(page, ".refusal"), StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".plans"));
    }
}
