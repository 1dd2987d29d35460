namespace IoTJobsToolkit.Wire.Tests;

/// <summary>Job templates as requests and answers (http-api 10). The custom template is the guide's.</summary>
public sealed class TemplatesTests : IDisposable
{
    private const string Configurations = """
        "timeoutConfig": {"inProgressTimeoutInMinutes":100},
        "jobExecutionsRolloutConfig": {
            "maximumPerMinute":1000,
            "exponentialRate": {"baseRatePerMinute":50,"incrementFactor":2,"rateIncreaseCriteria":{"numberOfNotifiedThings":1000,"numberOfSucceededThings":1000}}
        },
        "abortConfig": {"criteriaList":[
            {"action":"CANCEL","failureType":"FAILED","minNumberOfExecutedThings":100,"thresholdPercentage":20},
            {"action":"CANCEL","failureType":"TIMED_OUT","minNumberOfExecutedThings":200,"thresholdPercentage":50}
        ]},
        "presignedUrlConfig": {"roleArn":"arn:aws:iam::123456789012:role/S3DownloadRole","expiresInSec":3600}
        """;

    private const string Template = "arn:aws:iot:us-east-1:123456789012:jobtemplate/010";
    private const string Target = $"\"targets\":[\"{WireConversation.Thing}thingOne\"]";

    private readonly WireConversation _wire = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task A_custom_template_is_created_described_listed_and_deleted()
    {
        _wire.At(0.25);
        const string Source = "https://s3.amazonaws.com/amzn-s3-demo-bucket/job-document.json";
        (await Create("010", $$"""{"description":"My template","documentSource":"{{Source}}",{{Configurations}}}""")).Is($$"""
            {"jobTemplateArn":"{{Template}}","jobTemplateId":"010"}
            """);

        (await _wire.Control("GET /job-templates/010")).Is($$"""
            {"jobTemplateArn":"{{Template}}","jobTemplateId":"010","description":"My template","documentSource":"{{Source}}","document":"{}",
             "createdAt":1796119200.25,{{Configurations}}}
            """);
        (await _wire.Control("GET /job-templates?maxResults=1")).Is($$"""
            {"jobTemplates":[{"jobTemplateArn":"{{Template}}","jobTemplateId":"010","description":"My template","createdAt":1796119200.25}]}
            """);
        (await _wire.Control("DELETE /job-templates/010")).IsNothing();
        (await _wire.Control("GET /job-templates")).Is("""{"jobTemplates":[]}""");
        (await _wire.Control("DELETE /job-templates/010")).IsRefused(404, "ResourceNotFoundException");
        (await _wire.Control("GET /job-templates/010")).IsRefused(404, "ResourceNotFoundException");
    }

    [Fact]
    public async Task All_members_travel()
    {
        const string Members = """
            "description":"d","document":"[]",
            "jobExecutionsRetryConfig":{"criteriaList":[{"failureType":"ALL","numberOfRetries":3}]},
            "maintenanceWindows":[{"startTime":"cron(0 18 ? * MON-FRI *)","durationInMinutes":60}],
            "destinationPackageVersions":["arn:aws:iot:us-east-1:123456789012:package/p/version/1"]
            """;
        await Create("010", $$"""{{{Members}},"tags":[{"Key":"team","Value":"ops"}]}""");

        (await _wire.Control("GET /job-templates/010")).Is($$"""
            {"jobTemplateArn":"{{Template}}","jobTemplateId":"010","createdAt":1796119200,{{Members}}}
            """);
        (await Tags(Template)).Is("""{"tags":[{"Key":"team","Value":"ops"}]}""");
    }

    [Fact]
    public async Task A_taken_id_is_a_conflict_which_names_it()
    {
        await Create("010", """{"description":"d","document":"{}"}""");

        var answer = (await Create("010", """{"description":"d","document":"{}"}""")).IsRefused(409, "ConflictException");
        Assert.Equal(["message", "resourceId"], answer.Json.AsObject().Select(member => member.Key));
        Assert.Equal("010", (string?)answer.Json["resourceId"]);
    }

    [Fact]
    public async Task The_hundred_and_first_template_exceeds_the_limit()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(200, (await Create($"t{i}", """{"description":"d","document":"{}"}""")).Status);
        }
        (await Create("t100", """{"description":"d","document":"{}"}""")).IsRefused(410, "LimitExceededException");
    }

    [Fact]
    public async Task A_template_of_a_job_and_a_job_of_the_template_have_its_configurations()
    {
        await _wire.Control("POST /things/thingOne");
        await _wire.Control("PUT /jobs/first", $$"""{ {{Target}},"document":"[1]",{{Configurations}}}""");
        (await Create("010", """{"description":"d","jobArn":"arn:aws:iot:us-east-1:123456789012:job/first"}""")).Is($$"""
            {"jobTemplateArn":"{{Template}}","jobTemplateId":"010"}
            """);
        (await _wire.Control("PUT /jobs/second", $$"""{ {{Target}},"jobTemplateArn":"{{Template}}","timeoutConfig":{"inProgressTimeoutInMinutes":1} }""")).Is("""
            {"jobArn":"arn:aws:iot:us-east-1:123456789012:job/second","jobId":"second"}
            """);

        var first = (await _wire.Control("GET /jobs/first")).Json["job"]!.AsObject();
        var second = (await _wire.Control("GET /jobs/second")).Json["job"]!.AsObject();
        Assert.Equal(Template, (string?)second["jobTemplateArn"]);
        Assert.Equal("""{"inProgressTimeoutInMinutes":1}""", second["timeoutConfig"]!.ToJsonString());
        foreach (var name in new[] { "jobExecutionsRolloutConfig", "abortConfig", "presignedUrlConfig" })
        {
            Assert.Equal(first[name]!.ToJsonString(), second[name]!.ToJsonString());
        }
        (await _wire.Control("GET /jobs/second/job-document")).Is("""{"document":"[1]"}""");
    }

    [Fact]
    public async Task A_managed_template_is_listed_described_and_used()
    {
        const string Arn = "arn:aws:iot:us-east-1::jobtemplate/AWS-Reboot:1.0";
        const string Document = """{"version":"1.0","steps":[{"action":{"name":"Reboot","type":"runHandler","input":{"handler":"reboot.sh","path":"PATH"},"runAsUser":"USER"}}]}""";
        var before = Document.Replace("PATH", "${aws:iot:parameter:pathToHandler}", StringComparison.Ordinal)
            .Replace("USER", "${aws:iot:parameter:runAsUser}", StringComparison.Ordinal);
        await _wire.Control("POST /things/thingOne");

        var listed = (await _wire.Control("GET /managed-job-templates?templateName=AWS-Reboot")).Json["managedJobTemplates"]!.AsArray();
        var line = Assert.Single(listed)!.AsObject();
        Assert.Equal(["templateArn", "templateName", "description", "environments", "templateVersion"], line.Select(member => member.Key));
        Assert.Equal((Arn, "AWS-Reboot", """["LINUX"]""", "1.0"), (
            (string?)line["templateArn"], (string?)line["templateName"], line["environments"]!.ToJsonString(), (string?)line["templateVersion"]));
        Assert.Equal(8, (await _wire.Control("GET /managed-job-templates")).Json["managedJobTemplates"]!.AsArray().Count);

        var described = (await _wire.Control("GET /managed-job-templates/AWS-Reboot?templateVersion=1.0")).Json.AsObject();
        Assert.Equal(
            ["templateName", "templateArn", "description", "templateVersion", "environments", "documentParameters", "document"],
            described.Select(member => member.Key));
        Assert.Equal(before, (string?)described["document"]);
        var parameter = described["documentParameters"]![0]!.AsObject();
        Assert.Equal(["key", "description", "regex", "example", "optional"], parameter.Select(member => member.Key));
        Assert.Equal(("runAsUser", "(.){0,256}", true), ((string?)parameter["key"], (string?)parameter["regex"], (bool)parameter["optional"]!));

        var created = (await _wire.Control("PUT /jobs/r", $$"""{ {{Target}},"jobTemplateArn":"{{Arn}}","documentParameters":{"runAsUser":"root"} }""")).Json;
        Assert.Equal((string?)line["description"], (string?)created["description"]);
        Assert.Equal("""{"runAsUser":"root"}""", (await _wire.Control("GET /jobs/r")).Json["job"]!["documentParameters"]!.ToJsonString());
        Assert.Equal(
            Document.Replace("PATH", "", StringComparison.Ordinal).Replace("USER", "root", StringComparison.Ordinal),
            (string?)(await _wire.Control("GET /jobs/r/job-document")).Json["document"]);
        Assert.Equal(before, (string?)(await _wire.Control("GET /jobs/r/job-document?beforeSubstitution=true")).Json["document"]);
    }

    [Theory]
    [InlineData("GET /managed-job-templates?templateName=none", 404, "ResourceNotFoundException")]
    [InlineData("GET /managed-job-templates/none", 404, "ResourceNotFoundException")]
    [InlineData("GET /managed-job-templates/AWS-Reboot?templateVersion=2.0", 404, "ResourceNotFoundException")]
    [InlineData("GET /managed-job-templates/AWS-Reboot?templateVersion=x", 400, "InvalidRequestException")]
    [InlineData("GET /managed-job-templates?nextToken=x", 400, "InvalidRequestException")]
    [InlineData("GET /job-templates?nextToken=x", 400, "InvalidRequestException")]
    [InlineData("GET /job-templates/a%20b", 400, "InvalidRequestException")]
    public async Task What_is_not_there_or_not_well_formed_is_refused(string request, int status, string error) =>
        (await _wire.Control(request)).IsRefused(status, error);

    [Fact]
    public async Task Tags_are_added_listed_and_removed()
    {
        await Create("010", """{"description":"d","document":"{}"}""");
        (await Tags(Template)).Is("""{"tags":[]}""");

        (await _wire.Control("POST /tags", $$"""{"resourceArn":"{{Template}}","tags":[{"Key":"team","Value":"ops"},{"Key":"a"}]}""")).Is("{}");
        (await Tags(Template)).Is("""{"tags":[{"Key":"a"},{"Key":"team","Value":"ops"}]}""");
        (await _wire.Control("POST /untag", $$"""{"resourceArn":"{{Template}}","tagKeys":["team","none"]}""")).Is("{}");
        (await Tags(Template)).Is("""{"tags":[{"Key":"a"}]}""");
    }

    [Fact]
    public async Task Tags_which_do_not_fit_are_refused()
    {
        await Create("010", """{"description":"d","document":"{}"}""");
        var many = string.Join(',', Enumerable.Range(0, 51).Select(i => $$"""{"Key":"k{{i}}"}"""));

        (await _wire.Control("POST /tags", $$"""{"resourceArn":"{{Template}}","tags":[{{many}}]}""")).IsRefused(410, "LimitExceededException");
        (await _wire.Control("POST /tags", $$"""{"resourceArn":"{{Template}}x","tags":[{"Key":"k"}]}""")).IsRefused(404, "ResourceNotFoundException");
        (await _wire.Control("POST /tags", $$"""{"resourceArn":"{{Template}}"}""")).IsInvalid("tags", "must not be null");
        (await _wire.Control("POST /tags", """{"tags":[{"Key":"k"}]}""")).IsInvalid("resourceArn", "must not be null");
        (await _wire.Control("POST /untag", $$"""{"resourceArn":"{{Template}}"}""")).IsInvalid("tagKeys", "must not be null");
        (await _wire.Control("GET /tags")).IsInvalid("resourceArn", "must not be null");
        (await Tags("thingOne")).IsInvalid("resourceArn", "thingOne", "ARN of a job, a job template or a thing group");
    }

    private Task<WireAnswer> Create(string id, string body) => _wire.Control($"PUT /job-templates/{id}", body);

    private Task<WireAnswer> Tags(string arn) => _wire.Control($"GET /tags?resourceArn={Uri.EscapeDataString(arn)}");
}
