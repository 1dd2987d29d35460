using Bunit;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Tests.JobForm;

public sealed class DocumentSectionTests : JobFormTest
{
    private const string Download = """{"from":"${aws:iot:s3-presigned-url:https://s3.us-east-1.amazonaws.com/fw/image}","for":"${aws:iot:code-sign-signature:x}"}""";

    [Fact]
    public async Task The_first_place_that_is_no_JSON_is_named_and_JSON_can_be_formatted()
    {
        var page = Open();

        await FillAsync(page, JobPart.Document, "Job document", "{\n  \"ü\": 1,\n  \"b\" 2 }");
        Assert.Contains("Line 3, column 7", Problem(page, JobPart.Document), StringComparison.Ordinal);
        Assert.Contains("line 3, column 7", TextOf(page, ".editor-line"), StringComparison.Ordinal);

        await FillAsync(page, JobPart.Document, "Job document", """{"b":[1,2.50],"ü":"€"}""");
        Assert.Null(Problem(page, JobPart.Document));
        await PressAsync(page, JobPart.Document, "Format");
        Assert.Equal("{\n  \"b\": [\n    1,\n    2.50\n  ],\n  \"ü\": \"€\"\n}", Field(page, JobPart.Document, "Job document").GetAttribute("value"));
    }

    [Fact]
    public async Task A_document_that_is_too_long_is_refused_by_its_length()
    {
        var page = Open();

        await FillAsync(page, JobPart.Document, "Job document", $"\"{new string('x', JobDocument.MaxLength)}\"");

        Assert.Contains("32,770 of 32,768 characters", TextOf(page, ".editor-line"), StringComparison.Ordinal);
        Assert.Contains("32768", Problem(page, JobPart.Document), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Placeholders_are_explained_and_a_missing_role_is_said_in_words()
    {
        await AddFleetAsync();
        var page = Open("?target=eu");

        await FillAsync(page, JobPart.Document, "Job document", Download);

        Assert.Collection(
            TextsOf(page, ".placeholders li"),
            first => Assert.Contains("an address to download from", first, StringComparison.Ordinal),
            second => Assert.Contains("stays as it is", second, StringComparison.Ordinal));
        Assert.Contains("The role is missing", TextOf(page, ".placeholders .warn"), StringComparison.Ordinal);
        Assert.Contains("roleArn is required", Problem(page, JobPart.Document), StringComparison.Ordinal);

        await FillAsync(page, JobPart.Document, "Role that signs", "arn:aws:iam::123456789012:role/Reader");
        Assert.Empty(page.FindAll(".placeholders .warn"));
        Assert.Contains("S3:Roles:0:Arn", Problem(page, JobPart.Document), StringComparison.Ordinal); // This installation has no object store.
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_at_once()
    {
        var page = Open();
        await PressAsync(page, JobPart.Document, "From S3");

        await FillAsync(page, JobPart.Document, "Address of the document", "http://example.com/x");

        Assert.Contains("is not", Problem(page, JobPart.Document), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_managed_template_asks_for_its_parameters()
    {
        await AddFleetAsync();
        var page = Open("?template=AWS-Run-Command&target=eu");
        await FillAsync(page, JobPart.Identity, "Job id", "say");
        await CreateAsync(page);
        Eventually(page, () => Assert.Equal(["Document"], TextsOf(page, ".create .problem li")));
        Assert.Contains("ommand is missing", Problem(page, JobPart.Document), StringComparison.Ordinal);

        await FillAsync(page, JobPart.Document, "command", "echo,hi");
        Assert.Null(Problem(page, JobPart.Document));
        await CreateAsync(page);

        var job = await Fleet.JobAsync("say");
        Assert.Equal("echo,hi", job.DocumentParameters!["command"]);
        Assert.Contains("echo,hi", (await Fleet.RunAsync(new GetJobDocument("say"))).Document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_fills_the_form_and_what_it_has_is_changed_or_copied_but_not_left_out()
    {
        await AddFleetAsync();
        await Fleet.RunAsync(new CreateJobTemplate("careful", "Slow and careful")
        {
            Document = """{"slow":true}""",
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 30 },
            AbortConfig = new() { CriteriaList = [new() { FailureType = JobExecutionFailureType.ALL, Action = AbortAction.CANCEL, ThresholdPercentage = 5, MinNumberOfExecutedThings = 2 }] },
        });
        var page = Open("?template=careful&target=eu");
        Assert.Equal("30", Field(page, JobPart.Timeout, "Minutes").GetAttribute("value"));
        Assert.Contains("5 % of at least 2 ended", TextOf(page, "#part-abort .sentence"), StringComparison.Ordinal);

        await PressAsync(page, JobPart.Abort, "Remove");
        Assert.Contains("not be without it", Problem(page, JobPart.Abort), StringComparison.Ordinal);

        await PressAsync(page, JobPart.Document, "Copy its document");
        Assert.Null(Problem(page, JobPart.Abort));
        await FillAsync(page, JobPart.Identity, "Job id", "free");
        await CreateAsync(page);
        var job = await Fleet.JobAsync("free");
        Assert.Null(job.AbortConfig);
        Assert.Equal((null, 30L), (job.JobTemplateArn, job.TimeoutConfig.InProgressTimeoutInMinutes!.Value));
    }
}
