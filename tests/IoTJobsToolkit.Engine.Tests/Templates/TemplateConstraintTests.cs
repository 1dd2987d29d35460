using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Templates;

/// <summary>Bad templates are refused with field, value and rule, and change nothing.</summary>
public sealed class TemplateConstraintTests : IDisposable
{
    private static readonly CreateJobTemplate Good = new("t", "d") { Document = "{}" };
    private static readonly MaintenanceWindow Window = new() { StartTime = "cron(0 18 ? * MON-FRI *)", DurationInMinutes = 1430 };

    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    public static TheoryData<string, string, string> BadTemplates => new()
    {
        { "no id", "jobTemplateId", "must not be null" },
        { "empty id", "jobTemplateId", "length greater than or equal to 1" },
        { "id of 65", "jobTemplateId", "length less than or equal to 64" },
        { "id with blank", "jobTemplateId", "[a-zA-Z0-9_-]+" },
        { "no description", "description", "must not be null" },
        { "description with control", "description", @"[^\p{C}]+" },
        { "description of 2029", "description", "length less than or equal to 2028" },
        { "no document", "jobArn, document and documentSource", "none is" },
        { "job and document", "Exactly one of", "jobArn and document" },
        { "job and source", "Exactly one of", "jobArn and documentSource" },
        { "document and source", "Exactly one of", "document and documentSource" },
        { "source elsewhere", "documentSource", "https://example.com/b/k" },
        { "source of 1351", "documentSource", "length less than or equal to 1350" },
        { "not JSON", "document", "not valid JSON" },
        { "document of 32769", "document", "length less than or equal to 32768" },
        { "URL without a role", "presignedUrlConfig.roleArn", "required" },
        { "rate 0", "jobExecutionsRolloutConfig.maximumPerMinute", "greater than or equal to 1" },
        { "rate 1001", "jobExecutionsRolloutConfig.maximumPerMinute", "less than or equal to 1000" },
        { "no abort criteria", "abortConfig.criteriaList", "length greater than or equal to 1" },
        { "timeout 0", "timeoutConfig.inProgressTimeoutInMinutes", "greater than or equal to 1" },
        { "retries 11", "jobExecutionsRetryConfig.criteriaList.1.member.numberOfRetries", "less than or equal to 10" },
        { "expiry 59", "presignedUrlConfig.expiresInSec", "greater than or equal to 60" },
        { "window without a start", "maintenanceWindows.1.member.startTime", "must not be null" },
        { "window without a length", "maintenanceWindows.2.member.durationInMinutes", "must not be null" },
        { "window that is no cron", "maintenanceWindows.1.member.startTime", "cron expression" },
        { "window of 0 minutes", "maintenanceWindows.1.member.durationInMinutes", "greater than or equal to 1" },
        { "window of 1431 minutes", "maintenanceWindows.1.member.durationInMinutes", "less than or equal to 1430" },
        { "21 windows", "maintenanceWindows", "length less than or equal to 20" },
        { "tag key reserved", "tags.1.member.Key", "must not begin with aws:" },
        { "51 tags", "tags", "length less than or equal to 50" },
        { "package version is no ARN", "destinationPackageVersions.1.member", "^arn:" },
        { "26 package versions", "destinationPackageVersions", "length less than or equal to 25" },
    };

    [Theory]
    [MemberData(nameof(BadTemplates))]
    public async Task A_bad_template_is_refused_with_field_and_rule(string kind, string field, string rule)
    {
        var refusal = await Refused(_t.Run(Bad(kind)), JobsError.InvalidRequest);

        Assert.Contains(field, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(rule, refusal.Message, StringComparison.Ordinal);
        Assert.Empty((await _t.Run(new ListJobTemplates())).JobTemplates);
    }

    [Fact]
    public async Task Values_at_the_edge_are_accepted()
    {
        await _t.Run(Good with { JobTemplateId = new('x', 64), Description = new('ä', 2028), Document = new string(' ', 32766) + "{}", MaintenanceWindows = [Window] });
        Assert.Single((await _t.Run(new ListJobTemplates())).JobTemplates);
    }

    [Fact]
    public async Task Ids_and_pages_are_checked_by_every_operation()
    {
        foreach (var id in new[] { null!, "", "a b", new string('x', 65) })
        {
            Assert.Contains("jobTemplateId", (await Refused(_t.Run(new DescribeJobTemplate(id)), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
            Assert.Contains("jobTemplateId", (await Refused(_t.Run(new DeleteJobTemplate(id)), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
        }
        foreach (var list in new[] { new ListJobTemplates { MaxResults = 0 }, new() { MaxResults = 251 } })
        {
            Assert.Contains("maxResults", (await Refused(_t.Run(list), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
        }
        Assert.Contains("nextToken", (await Refused(_t.Run(new ListJobTemplates { NextToken = "x" }), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
    }

    private static CreateJobTemplate Bad(string kind) => kind switch
    {
        "no id" => Good with { JobTemplateId = null! },
        "empty id" => Good with { JobTemplateId = "" },
        "id of 65" => Good with { JobTemplateId = new('x', 65) },
        "id with blank" => Good with { JobTemplateId = "a b" },
        "no description" => Good with { Description = null! },
        "description with control" => Good with { Description = "a\nb" },
        "description of 2029" => Good with { Description = new('x', 2029) },
        "no document" => Good with { Document = null },
        "job and document" => Good with { JobArn = "arn:aws:iot:us-east-1:123456789012:job/j" },
        "job and source" => Good with { Document = null, JobArn = "arn:aws:iot:us-east-1:123456789012:job/j", DocumentSource = "https://s3.amazonaws.com/b/k" },
        "document and source" => Good with { DocumentSource = "https://s3.amazonaws.com/b/k" },
        "source elsewhere" => Good with { Document = null, DocumentSource = "https://example.com/b/k" },
        "source of 1351" => Good with { Document = null, DocumentSource = "https://s3.amazonaws.com/b/" + new string('k', 1324) },
        "not JSON" => Good with { Document = "not json" },
        "document of 32769" => Good with { Document = new string(' ', 32767) + "{}" },
        "URL without a role" => Good with { Document = """{"u":"${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k}"}""" },
        "rate 0" => Good with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 0 } },
        "rate 1001" => Good with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1001 } },
        "no abort criteria" => Good with { AbortConfig = new() { CriteriaList = [] } },
        "timeout 0" => Good with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 0 } },
        "retries 11" => Good with { JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = 11 }] } },
        "expiry 59" => Good with { PresignedUrlConfig = new() { ExpiresInSec = 59 } },
        "window without a start" => Good with { MaintenanceWindows = [new() { DurationInMinutes = 1 }] },
        "window without a length" => Good with { MaintenanceWindows = [Window, new() { StartTime = "cron(0 0 * * ? *)" }] },
        "window that is no cron" => Good with { MaintenanceWindows = [Window with { StartTime = "0 0 * * ? *" }] },
        "window of 0 minutes" => Good with { MaintenanceWindows = [Window with { DurationInMinutes = 0 }] },
        "window of 1431 minutes" => Good with { MaintenanceWindows = [Window with { DurationInMinutes = 1431 }] },
        "21 windows" => Good with { MaintenanceWindows = [.. Enumerable.Repeat(Window, 21)] },
        "tag key reserved" => Good with { Tags = [new() { Key = "aws:x" }] },
        "51 tags" => Good with { Tags = [.. Enumerable.Range(0, 51).Select(i => new Tag { Key = $"k{i}" })] },
        "package version is no ARN" => Good with { DestinationPackageVersions = ["p"] },
        "26 package versions" => Good with { DestinationPackageVersions = [.. Enumerable.Range(0, 26).Select(i => $"arn:p{i}")] },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown"),
    };
}
