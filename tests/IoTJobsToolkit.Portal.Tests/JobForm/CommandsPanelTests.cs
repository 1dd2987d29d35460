using Bunit;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Tests.JobForm;

public sealed class CommandsPanelTests : JobFormTest
{
    [Fact]
    public async Task The_commands_follow_the_form()
    {
        await AddFleetAsync();
        var page = Open("?target=eu&target=thing-0001");
        await FillAsync(page, JobPart.Identity, "Job id", "fw-8");
        await FillAsync(page, JobPart.Document, "Job document", """{"say":"it's"}""");
        await FillAsync(page, JobPart.Timeout, "Minutes", "60");

        Assert.Equal(
            """
            New-IoTJob -JobId 'fw-8' `
              -Thing 'thing-0001' `
              -Group 'eu' `
              -TargetSelection SNAPSHOT `
              -Document '{"say":"it''s"}' `
              -TimeoutConfig_InProgressTimeoutInMinute 60
            """,
            page.Find("#powershell-command").TextContent,
            ignoreLineEndingDifferences: true);
        Assert.StartsWith("aws iot create-job --endpoint-url 'http://localhost' --region 'us-east-1'", page.Find("#aws-command").TextContent, StringComparison.Ordinal);
        Assert.Equal(["#powershell-command", "#aws-command"], page.FindAll("[data-copy]").Select(button => button.GetAttribute("data-copy")));
    }

    [Fact]
    public async Task What_stands_in_the_form_is_saved_as_a_template()
    {
        var page = Open();
        await FillAsync(page, JobPart.Document, "Job document", "{}");
        await FillAsync(page, JobPart.Timeout, "Minutes", "60");
        await ChangeAsync(page, () => page.FindAll(".job-form-aside .more input")[0], "hourly");
        await ChangeAsync(page, () => page.FindAll(".job-form-aside .more input")[1], "An hour");
        await ClickAsync(page, () => page.Find(".job-form-aside .more button"));

        Eventually(page, () => Assert.Equal("Saved as hourly.", TextOf(page, ".job-form-aside [role=status]")));
        var template = await Fleet.RunAsync(new DescribeJobTemplate("hourly"));
        Assert.Equal(("An hour", 60L), (template.Description, template.TimeoutConfig!.InProgressTimeoutInMinutes!.Value));
    }
}
