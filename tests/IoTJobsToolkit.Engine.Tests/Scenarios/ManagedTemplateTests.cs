using System.Text.Json.Nodes;
using IoTJobsToolkit.Engine.Operations.Control;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>Worked example 17: a job from a managed template.</summary>
public class ManagedTemplateTests : IDisposable
{
    private const string DownloadFile = "arn:aws:iot:us-east-1::jobtemplate/AWS-Download-File:1.0";

    private static readonly CreateJob Create = new("new-managed-template-job", [ThingArn("thingOne")])
    {
        JobTemplateArn = DownloadFile,
        DocumentParameters = new Dictionary<string, string> { ["downloadUrl"] = "https://example.com/index.html", ["filePath"] = "path/to/file" },
    };

    private readonly TestEngine _t;

    public ManagedTemplateTests()
        : this(isCut: false)
    {
    }

    protected ManagedTemplateTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task The_answer_has_the_description_of_the_template()
    {
        await _t.Things("thingOne");

        var answer = await _t.Run(Create);

        Assert.Equal("arn:aws:iot:us-east-1:123456789012:job/new-managed-template-job", answer.JobArn);
        Assert.Equal("new-managed-template-job", answer.JobId);
        Assert.Equal((await _t.Run(new DescribeManagedJobTemplate("AWS-Download-File"))).Description, answer.Description);
        Assert.NotEmpty(answer.Description!);
    }

    [Fact]
    public async Task The_document_has_the_parameters_filled_in_and_the_missing_ones_empty()
    {
        await _t.Things("thingOne");
        await _t.Run(Create);

        var document = (await _t.Run(new GetJobDocument(Create.JobId))).Document;
        Same("""
            {
              "version": "1.0",
              "steps": [
                {
                  "action": {
                    "name": "Download-File",
                    "type": "runHandler",
                    "input": { "handler": "download-file.sh", "args": ["https://example.com/index.html", "path/to/file"], "path": "" },
                    "runAsUser": ""
                  }
                }
              ]
            }
            """, document);
        Assert.Equal(document, (await _t.Run(new GetJobDocument(Create.JobId) { BeforeSubstitution = false })).Document);
        Assert.Equal(document, (await _t.StartNext("thingOne"))!.JobDocument);
    }

    [Fact]
    public async Task Before_substitution_the_document_is_the_templates()
    {
        await _t.Things("thingOne");
        await _t.Run(Create);

        var document = (await _t.Run(new GetJobDocument(Create.JobId) { BeforeSubstitution = true })).Document;
        Assert.Equal((await _t.Run(new DescribeManagedJobTemplate("AWS-Download-File"))).Document, document);
        Same("""
            {
              "version": "1.0",
              "steps": [
                {
                  "action": {
                    "name": "Download-File",
                    "type": "runHandler",
                    "input": {
                      "handler": "download-file.sh",
                      "args": ["${aws:iot:parameter:downloadUrl}", "${aws:iot:parameter:filePath}"],
                      "path": "${aws:iot:parameter:pathToHandler}"
                    },
                    "runAsUser": "${aws:iot:parameter:runAsUser}"
                  }
                }
              ]
            }
            """, document);
    }

    [Fact]
    public async Task The_job_shows_its_template_and_the_parameters_as_supplied_also_after_a_restart()
    {
        await _t.Things("thingOne");
        await _t.Run(Create);
        _t.Restart();

        var job = await _t.Job(Create.JobId);
        Assert.Equal(DownloadFile, job.JobTemplateArn);
        Assert.Equal(Create.DocumentParameters, job.DocumentParameters);
        Assert.NotEqual(
            (await _t.Run(new GetJobDocument(Create.JobId))).Document,
            (await _t.Run(new GetJobDocument(Create.JobId) { BeforeSubstitution = true })).Document);
    }

    [Theory]
    [InlineData("without filePath", "documentParameters.filePath", "must be given for AWS-Download-File")]
    [InlineData("an extra parameter", "documentParameters.foo", "must be a parameter of AWS-Download-File: [downloadUrl, filePath, runAsUser, pathToHandler]")]
    [InlineData("a user of 257 characters", "documentParameters.runAsUser", "(.){0,256}")]
    [InlineData("a custom template", "documentParameters", "jobTemplateArn arn:aws:iot:us-east-1:123456789012:jobtemplate/custom names none")]
    [InlineData("a document", "documentParameters", "jobTemplateArn is not given")]
    [InlineData("a template and a document", "Exactly one of", "document and jobTemplateArn")]
    [InlineData("an empty value", "documentParameters.filePath", "length greater than or equal to 1")]
    [InlineData("a value of 30721", "documentParameters.filePath", "length less than or equal to 30720")]
    [InlineData("a line break", "documentParameters.filePath", @"[^\p{C}]+")]
    [InlineData("no value", "documentParameters.filePath", "must not be null")]
    [InlineData("a key with a blank", "documentParameters.key", "[a-zA-Z0-9_-]+")]
    [InlineData("a key of 129", "documentParameters.key", "length less than or equal to 128")]
    [InlineData("a document too long", "documentParameters", "at most 32768")]
    public async Task Parameters_that_do_not_fit_are_refused(string kind, string field, string rule)
    {
        await _t.Things("thingOne");
        await _t.Run(new CreateJobTemplate("custom", "d") { Document = "{}" });

        var refusal = await Refused(_t.Run(Bad(kind)), JobsError.InvalidRequest);

        Assert.Contains(field, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(rule, refusal.Message, StringComparison.Ordinal);
        Assert.Empty((await _t.Run(new ListJobs())).Jobs);
    }

    [Theory]
    [InlineData("arn:aws:iot:us-east-1::jobtemplate/AWS-Download-File:9.9")]
    [InlineData("arn:aws:iot:us-east-1::jobtemplate/AWS-Download-File")]
    [InlineData("arn:aws:iot:us-east-1::jobtemplate/AWS-Nothing:1.0")]
    [InlineData("arn:aws:iot:eu-west-1::jobtemplate/AWS-Download-File:1.0")]
    [InlineData("arn:aws:iot:us-east-1::jobtemplate/custom")]
    public async Task A_managed_template_that_is_not_there_is_not_found(string arn)
    {
        await _t.Things("thingOne");
        await _t.Run(new CreateJobTemplate("custom", "d") { Document = "{}" });

        var refusal = await Refused(_t.Run(Create with { JobTemplateArn = arn }), JobsError.ResourceNotFound);
        Assert.Contains(arn, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eight_managed_templates_are_listed_first_the_download()
    {
        var templates = (await _t.Run(new ListManagedJobTemplates())).ManagedJobTemplates;

        Assert.Equal(8, templates.Count);
        Assert.Equal(("AWS-Download-File", DownloadFile), (templates[0].TemplateName, templates[0].TemplateArn));
    }

    [Fact]
    public async Task A_value_is_escaped_for_JSON_and_taken_literally()
    {
        const string Path = """C:\temp "${aws:iot:parameter:downloadUrl}" ü""";
        await _t.Things("thingOne");
        await _t.Run(Create with { DocumentParameters = new Dictionary<string, string>(Create.DocumentParameters!) { ["filePath"] = Path, ["runAsUser"] = "$1" } });

        var action = JsonNode.Parse((await _t.Run(new GetJobDocument(Create.JobId))).Document)!["steps"]![0]!["action"]!;
        Assert.Equal(Path, (string?)action["input"]!["args"]![1]);
        Assert.Equal("$1", (string?)action["runAsUser"]);
    }

    [Fact]
    public async Task A_request_may_give_its_own_description_and_configurations()
    {
        await _t.Things("thingOne");
        var answer = await _t.Run(Create with { Description = "own", TimeoutConfig = new() { InProgressTimeoutInMinutes = 5 } });

        Assert.Equal("own", answer.Description);
        Assert.Equal(5, (await _t.Job(Create.JobId)).TimeoutConfig.InProgressTimeoutInMinutes);
    }

    [Fact]
    public async Task A_template_without_required_parameters_needs_none()
    {
        await _t.Things("thingOne");
        await _t.Run(Create with { JobTemplateArn = "arn:aws:iot:us-east-1::jobtemplate/AWS-Reboot:1.0", DocumentParameters = null });

        Same(
            """{"version":"1.0","steps":[{"action":{"name":"Reboot","type":"runHandler","input":{"handler":"reboot.sh","path":""},"runAsUser":""}}]}""",
            (await _t.Run(new GetJobDocument(Create.JobId))).Document);
        Assert.Null((await _t.Job(Create.JobId)).DocumentParameters);
    }

    private static CreateJob Bad(string kind) => kind switch
    {
        "without filePath" => Create with { DocumentParameters = new Dictionary<string, string> { ["downloadUrl"] = "https://example.com" } },
        "an extra parameter" => With("foo", "1"),
        "a user of 257 characters" => With("runAsUser", new('u', 257)),
        "a custom template" => Create with { JobTemplateArn = "arn:aws:iot:us-east-1:123456789012:jobtemplate/custom" },
        "a document" => Create with { JobTemplateArn = null, Document = "{}" },
        "a template and a document" => Create with { Document = "{}" },
        "an empty value" => With("filePath", ""),
        "a value of 30721" => With("filePath", new('x', 30721)),
        "a line break" => With("filePath", "a\nb"),
        "no value" => With("filePath", null!),
        "a key with a blank" => With("file path", "x"),
        "a key of 129" => With(new('k', 129), "x"),
        "a document too long" => Create with
        {
            DocumentParameters = new Dictionary<string, string> { ["downloadUrl"] = new('x', 20000), ["filePath"] = new('x', 20000) },
        },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown"),
    };

    private static CreateJob With(string key, string value) =>
        Create with { DocumentParameters = new Dictionary<string, string>(Create.DocumentParameters!) { [key] = value } };

    private static void Same(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);
}
