using System.Text.Json.Nodes;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Templates;

/// <summary>The managed templates, held against the table of jobs-reference 12.2.</summary>
public sealed class ManagedJobTemplatesTests : IDisposable
{
    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    [Theory]
    [InlineData("AWS-Download-File", "Download-File", "download-file.sh", "downloadUrl filePath")]
    [InlineData("AWS-Install-Application", "Install-Application", "install-packages.sh", "packages")]
    [InlineData("AWS-Reboot", "Reboot", "reboot.sh", "")]
    [InlineData("AWS-Remove-Application", "Remove-Application", "remove-packages.sh", "packages")]
    [InlineData("AWS-Restart-Application", "Restart-Application", "restart-services.sh", "services")]
    [InlineData("AWS-Start-Application", "Start-Application", "start-services.sh", "services")]
    [InlineData("AWS-Stop-Application", "Stop-Application", "stop-services.sh", "services")]
    public async Task A_handler_gets_each_required_parameter_as_an_argument(string name, string action, string handler, string required)
    {
        var template = await _t.Run(new DescribeManagedJobTemplate(name));

        var names = required.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var input = new JsonObject { ["handler"] = handler };
        if (names.Length > 0)
        {
            input["args"] = new JsonArray([.. names.Select(key => (JsonNode)$"${{aws:iot:parameter:{key}}}")]);
        }
        input["path"] = "${aws:iot:parameter:pathToHandler}";
        IsDocument(template.Document, action, "runHandler", input);
        HasParameters(template, names, ["runAsUser", "pathToHandler"]);
    }

    [Fact]
    public async Task A_command_is_run_as_it_is()
    {
        var template = await _t.Run(new DescribeManagedJobTemplate("AWS-Run-Command"));

        IsDocument(template.Document, "Run-Command", "runCommand", new JsonObject { ["command"] = "${aws:iot:parameter:command}" });
        HasParameters(template, ["command"], ["runAsUser"]);
    }

    [Fact]
    public async Task Lists_and_descriptions_say_the_same()
    {
        var listed = (await _t.Run(new ListManagedJobTemplates())).ManagedJobTemplates;

        Assert.Equal(
            ["AWS-Download-File", "AWS-Install-Application", "AWS-Reboot", "AWS-Remove-Application", "AWS-Restart-Application",
                "AWS-Run-Command", "AWS-Start-Application", "AWS-Stop-Application"],
            listed.Select(template => template.TemplateName));
        foreach (var line in listed)
        {
            var template = await _t.Run(new DescribeManagedJobTemplate(line.TemplateName) { TemplateVersion = "1.0" });
            Assert.Equal($"arn:aws:iot:us-east-1::jobtemplate/{line.TemplateName}:1.0", template.TemplateArn);
            Assert.Equal((template.TemplateArn, template.Description, "1.0"), (line.TemplateArn, line.Description, line.TemplateVersion));
            Assert.Equal("LINUX LINUX", $"{Assert.Single(line.Environments)} {Assert.Single(template.Environments)}");
        }
        Assert.Equal(8, listed.Select(template => template.Description).Distinct().Count());
    }

    [Fact]
    public async Task Pages_go_through_all_once()
    {
        var names = new List<string>();
        string? token = null;
        do
        {
            var page = await _t.Run(new ListManagedJobTemplates { MaxResults = 3, NextToken = token });
            names.AddRange(page.ManagedJobTemplates.Select(template => template.TemplateName));
            token = page.NextToken;
        }
        while (token is not null);
        Assert.Equal(8, names.Distinct().Count());
        Assert.Equal(8, names.Count);
    }

    [Fact]
    public async Task A_name_filters_exactly()
    {
        Assert.Equal("AWS-Reboot", Assert.Single((await _t.Run(new ListManagedJobTemplates { TemplateName = "AWS-Reboot" })).ManagedJobTemplates).TemplateName);
        await Refused(_t.Run(new ListManagedJobTemplates { TemplateName = "AWS-Re" }), JobsError.ResourceNotFound);
        await Refused(_t.Run(new ListManagedJobTemplates { TemplateName = "aws-reboot" }), JobsError.ResourceNotFound);
    }

    [Theory]
    [InlineData("AWS-Reboot", "9.9")]
    [InlineData("AWS-Reboot", "1x0")] // Fits the model's pattern, whose dot is any character.
    [InlineData("AWS-Nothing", null)]
    public async Task An_unknown_name_or_version_is_not_found(string name, string? version)
    {
        var refusal = await Refused(_t.Run(new DescribeManagedJobTemplate(name) { TemplateVersion = version }), JobsError.ResourceNotFound);
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(version ?? "", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null, "templateName")]
    [InlineData("65", null, "templateName")]
    [InlineData(null, null, "templateName")]
    [InlineData("AWS-Reboot", "", "templateVersion")]
    [InlineData("AWS-Reboot", "1", "templateVersion")]
    [InlineData("AWS-Reboot", "0.1", "templateVersion")]
    [InlineData("AWS-Reboot", "1.", "templateVersion")]
    [InlineData("AWS-Reboot", "1.x", "templateVersion")]
    [InlineData("AWS-Reboot", "1..0", "templateVersion")]
    [InlineData("AWS-Reboot", "1.0 ", "templateVersion")]
    public async Task A_name_or_version_of_another_form_is_refused(string? name, string? version, string field)
    {
        name = name == "65" ? new('n', 65) : name!;
        var refusal = await Refused(_t.Run(new DescribeManagedJobTemplate(name) { TemplateVersion = version }), JobsError.InvalidRequest);
        Assert.Contains(field, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_pages_are_refused_by_name()
    {
        await Named(new() { MaxResults = 0 }, "maxResults");
        await Named(new() { MaxResults = 251 }, "maxResults");
        await Named(new() { NextToken = "nonsense" }, "nextToken");
        var token = (await _t.Run(new ListManagedJobTemplates { MaxResults = 1 })).NextToken;
        await Named(new() { NextToken = token, TemplateName = "AWS-Reboot" }, "nextToken");
        await Named(new() { TemplateName = "" }, "templateName");

        async Task Named(ListManagedJobTemplates list, string field) =>
            Assert.Contains(field, (await Refused(_t.Run(list), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
    }

    private static void IsDocument(string document, string action, string type, JsonObject input)
    {
        var expected = new JsonObject
        {
            ["version"] = "1.0",
            ["steps"] = new JsonArray(new JsonObject
            {
                ["action"] = new JsonObject { ["name"] = action, ["type"] = type, ["input"] = input, ["runAsUser"] = "${aws:iot:parameter:runAsUser}" },
            }),
        };
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(document)), document);
    }

    private static void HasParameters(DescribeManagedJobTemplateResponse template, string[] required, string[] optional)
    {
        Assert.Equal(required, template.DocumentParameters.Where(parameter => !parameter.Optional).Select(parameter => parameter.Key));
        Assert.Equal(optional, template.DocumentParameters.Where(parameter => parameter.Optional).Select(parameter => parameter.Key));
        Assert.All(template.DocumentParameters, parameter =>
        {
            Assert.Equal(parameter.Key switch { "runAsUser" => "(.){0,256}", "pathToHandler" => "(.){0,4096}", _ => "(.*?)" }, parameter.Regex);
            Assert.True(parameter.Accepts(parameter.Example), parameter.Example);
            Assert.NotEmpty(parameter.Description);
        });
    }
}
