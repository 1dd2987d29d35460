using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Templates;

/// <summary>Custom templates: create, describe, list, delete (http-api 10).</summary>
public sealed class JobTemplateTests : IDisposable
{
    private const string Text = "{ \"op\": \"${aws:iot:parameter:x}\" }";

    private readonly OneDocument _objects = new();
    private readonly TestEngine _t;

    public JobTemplateTests() => _t = new(services: new() { ObjectStore = _objects });

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_template_is_described_as_it_was_created_also_after_a_restart()
    {
        await _t.At(7);
        var create = Full("010") with { MaintenanceWindows = Windows };
        var answer = await _t.Run(create);
        Assert.Equal(new("arn:aws:iot:us-east-1:123456789012:jobtemplate/010", "010"), answer);
        _t.Restart();

        var template = await _t.Run(new DescribeJobTemplate("010"));
        Assert.Equal((answer.JobTemplateArn, "010", "My template", Text), (template.JobTemplateArn, template.JobTemplateId, template.Description, template.Document));
        Assert.Equal(T0.AddSeconds(7), template.CreatedAt);
        Assert.Null(template.DocumentSource);
        Assert.Equal(create.PresignedUrlConfig, template.PresignedUrlConfig);
        Assert.Equal(1000, template.JobExecutionsRolloutConfig!.MaximumPerMinute); // The older place of the maximum (C-4).
        Assert.Equal(create.AbortConfig!.CriteriaList!, template.AbortConfig!.CriteriaList!);
        Assert.Equal(create.TimeoutConfig, template.TimeoutConfig);
        Assert.Equal(create.JobExecutionsRetryConfig!.CriteriaList!, template.JobExecutionsRetryConfig!.CriteriaList!);
        Assert.Equal(Windows, template.MaintenanceWindows!);
        Assert.Equal(create.DestinationPackageVersions!, template.DestinationPackageVersions!);
    }

    [Fact]
    public async Task What_was_not_given_is_absent()
    {
        await _t.Run(new CreateJobTemplate("010", "d") { Document = "{}" });

        var template = await _t.Run(new DescribeJobTemplate("010"));
        Assert.Null(template.PresignedUrlConfig);
        Assert.Null(template.JobExecutionsRolloutConfig);
        Assert.Null(template.AbortConfig);
        Assert.Null(template.TimeoutConfig);
        Assert.Null(template.JobExecutionsRetryConfig);
        Assert.Null(template.MaintenanceWindows);
        Assert.Null(template.DestinationPackageVersions);
    }

    [Fact]
    public async Task A_document_from_a_source_is_fetched_when_the_template_is_created()
    {
        const string Source = "https://s3.amazonaws.com/bucket/job-document.json";
        _objects.Content = """{"from":"source"}""";
        await _t.Run(new CreateJobTemplate("010", "d") { DocumentSource = Source });
        _objects.Content = null;

        var template = await _t.Run(new DescribeJobTemplate("010"));
        Assert.Equal((Source, """{"from":"source"}"""), (template.DocumentSource, template.Document));
        await Refused(_t.Run(new CreateJobTemplate("011", "d") { DocumentSource = Source }), JobsError.InvalidRequest);
    }

    [Fact]
    public async Task A_taken_id_conflicts_until_the_template_is_deleted()
    {
        var create = new CreateJobTemplate("010", "first") { Document = "{}" };
        await _t.Run(create);

        var conflict = await Refused(_t.Run(create with { Description = "second" }), JobsError.Conflict);
        Assert.Equal(("ConflictException", "010", null), (conflict.Name, conflict.ResourceId, conflict.ResourceArn));
        Assert.Equal("first", (await _t.Run(new DescribeJobTemplate("010"))).Description);

        await _t.Run(new DeleteJobTemplate("010"));
        await _t.Run(create with { Description = "second" });
        Assert.Equal("second", (await _t.Run(new DescribeJobTemplate("010"))).Description);
    }

    [Fact]
    public async Task A_deleted_template_is_gone_also_after_a_restart()
    {
        await _t.Run(new CreateJobTemplate("010", "d") { Document = "{}" });
        await _t.Run(new DeleteJobTemplate("010"));

        await Refused(_t.Run(new DeleteJobTemplate("010")), JobsError.ResourceNotFound);
        await Refused(_t.Run(new DescribeJobTemplate("010")), JobsError.ResourceNotFound);
        _t.Restart();
        await Refused(_t.Run(new DescribeJobTemplate("010")), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task Of_two_deletions_at_once_one_is_told_that_nothing_is_there()
    {
        await _t.Run(new CreateJobTemplate("010", "d") { Document = "{}" });
        var deletions = Enumerable.Range(0, 8).Select(_ => Task.Run(() => _t.Run(new DeleteJobTemplate("010")))).ToList();

        var refusals = 0;
        foreach (var deletion in deletions)
        {
            refusals += await Record.ExceptionAsync(() => deletion) is JobsException { Error: JobsError.ResourceNotFound } ? 1 : 0;
        }
        Assert.Equal(7, refusals);
        Assert.Equal(1, deletions.Count(deletion => deletion.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task Templates_are_listed_by_id_in_pages()
    {
        foreach (var id in new[] { "b", "A", "a", "_", "0" })
        {
            await _t.At(_t.Clock.GetUtcNow().Second + 1);
            await _t.Run(new CreateJobTemplate(id, $"about {id}") { Document = "{}" });
        }

        var listed = new List<JobTemplateSummary>();
        string? token = null;
        do
        {
            var page = await _t.Run(new ListJobTemplates { MaxResults = 2, NextToken = token });
            Assert.InRange(page.JobTemplates.Count, 1, 2);
            listed.AddRange(page.JobTemplates);
            token = page.NextToken;
        }
        while (token is not null);
        Assert.Equal(["0", "A", "_", "a", "b"], listed.Select(template => template.JobTemplateId));
        Assert.Equal(new("arn:aws:iot:us-east-1:123456789012:jobtemplate/b", "b", "about b", T0.AddSeconds(1)), listed[^1]);
    }

    [Fact]
    public async Task A_hundred_templates_are_the_limit_unless_there_is_none()
    {
        for (var i = 0; i < 100; i++)
        {
            await _t.Run(new CreateJobTemplate($"t{i}", "d") { Document = "{}" });
        }
        var create = new CreateJobTemplate("t100", "d") { Document = "{}" };
        Assert.Contains("100", (await Refused(_t.Run(create), JobsError.LimitExceeded)).Message, StringComparison.Ordinal);

        await _t.Run(new DeleteJobTemplate("t0"));
        await _t.Run(create);
        _t.Configure(new() { Limits = LimitsProfile.None });
        await _t.Run(create with { JobTemplateId = "t101" });
        Assert.Equal(101, (await _t.Run(new ListJobTemplates())).JobTemplates.Count);
    }

    [Fact]
    public async Task What_the_caller_changes_afterwards_does_not_change_the_template()
    {
        var criteria = new List<AbortCriteria> { Full("x").AbortConfig!.CriteriaList![0] };
        var versions = new List<string> { "arn:aws:iot:us-east-1:123456789012:package/p/version/1" };
        await _t.Run(new CreateJobTemplate("010", "d")
        {
            Document = "{}", AbortConfig = new() { CriteriaList = criteria }, DestinationPackageVersions = versions,
        });
        criteria.Clear();
        versions.Clear();

        var template = await _t.Run(new DescribeJobTemplate("010"));
        Assert.Single(template.AbortConfig!.CriteriaList!);
        Assert.Single(template.DestinationPackageVersions!);
    }

    internal static CreateJobTemplate Full(string id) => new(id, "My template")
    {
        Document = Text,
        PresignedUrlConfig = new() { RoleArn = "arn:aws:iam::123456789012:role/S3DownloadRole", ExpiresInSec = 60 },
        JobExecutionsRolloutConfig = new()
        {
            ExponentialRate = new()
            {
                BaseRatePerMinute = 50,
                IncrementFactor = 2,
                MaximumPerMinute = 1000,
                RateIncreaseCriteria = new() { NumberOfNotifiedThings = 1000 },
            },
        },
        AbortConfig = new()
        {
            CriteriaList =
            [
                new() { Action = AbortAction.CANCEL, FailureType = JobExecutionFailureType.FAILED, MinNumberOfExecutedThings = 100, ThresholdPercentage = 20 },
            ],
        },
        TimeoutConfig = new() { InProgressTimeoutInMinutes = 100 },
        JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = 2 }] },
        DestinationPackageVersions = ["arn:aws:iot:us-east-1:123456789012:package/p/version/1"],
    };

    internal static IReadOnlyList<MaintenanceWindow> Windows => [new() { StartTime = "cron(0 18 ? * MON-FRI *)", DurationInMinutes = 60 }];

    internal sealed class OneDocument : IObjectStore
    {
        public string? Content { get; set; }

        public int Fetched { get; private set; }

        public string Presign(PresignRequest request) => "signed";

        public Task<string> FetchDocumentAsync(S3Location location, CancellationToken cancellationToken)
        {
            Fetched++;
            return Content is null ? throw DocumentSourceException.NotFound(location) : Task.FromResult(Content);
        }
    }
}
