using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Templates;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Templates;

/// <summary>What a job takes over from a custom template, and what it does not (jobs-reference 12.1).</summary>
public sealed class JobFromTemplateTests : IDisposable
{
    private const string Arn = "arn:aws:iot:us-east-1:123456789012:jobtemplate/010";

    private static readonly CreateJob FromTemplate = new("j", [ThingArn("a")]) { JobTemplateArn = Arn };

    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_job_has_the_templates_document_and_configurations()
    {
        var template = await Template();

        var answer = await _t.Run(FromTemplate);

        var job = await _t.Job("j");
        Assert.Equal(Arn, job.JobTemplateArn);
        Assert.Null(answer.Description);
        Assert.Null(job.Description);
        Assert.Null(job.DocumentParameters);
        Assert.Equal(template.PresignedUrlConfig, job.PresignedUrlConfig);
        Assert.Equal(1000, job.JobExecutionsRolloutConfig.MaximumPerMinute);
        Assert.Equal(template.AbortConfig!.CriteriaList!, job.AbortConfig!.CriteriaList!);
        Assert.Equal(template.TimeoutConfig, job.TimeoutConfig);
        Assert.Equal(template.JobExecutionsRetryConfig!.CriteriaList!, job.JobExecutionsRetryConfig!.CriteriaList!);
        Assert.Equal(template.DestinationPackageVersions!, job.DestinationPackageVersions!);
        Assert.Equal(template.Document, (await _t.Run(new GetJobDocument("j"))).Document);
        Assert.Equal(template.Document, (await _t.Run(new GetJobDocument("j") { BeforeSubstitution = true })).Document);
        Assert.Equal(template.Document, (await _t.StartNext("a"))!.JobDocument);
    }

    [Fact]
    public async Task The_configurations_of_the_template_work()
    {
        await Template();
        await _t.Run(FromTemplate);
        await _t.StartNext("a");

        await _t.At(100 * 60);
        Assert.Equal([JobExecutionStatus.QUEUED, JobExecutionStatus.TIMED_OUT], (await _t.Executions("j")).Select(e => e.JobExecutionSummary.Status).Order());
        Assert.Equal(1, (await _t.Executions("j")).Max(e => e.JobExecutionSummary.RetryAttempt));
    }

    [Fact]
    public async Task A_member_of_the_request_replaces_the_templates_as_a_whole()
    {
        await Template();
        await _t.Run(FromTemplate with
        {
            Description = "own",
            PresignedUrlConfig = new() { ExpiresInSec = 3600 },
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 7 },
            AbortConfig = new()
            {
                CriteriaList = [new() { Action = AbortAction.CANCEL, FailureType = JobExecutionFailureType.ALL, MinNumberOfExecutedThings = 1, ThresholdPercentage = 1 }],
            },
            TimeoutConfig = new(),
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 1 }] },
            DestinationPackageVersions = [],
        });

        var job = await _t.Job("j");
        Assert.Equal("own", job.Description);
        Assert.Equal(new() { ExpiresInSec = 3600 }, job.PresignedUrlConfig);
        Assert.Equal(new() { MaximumPerMinute = 7 }, job.JobExecutionsRolloutConfig);
        Assert.Equal(JobExecutionFailureType.ALL, Assert.Single(job.AbortConfig!.CriteriaList!).FailureType);
        Assert.Equal(new(), job.TimeoutConfig);
        Assert.Equal(RetryableFailureType.FAILED, Assert.Single(job.JobExecutionsRetryConfig!.CriteriaList!).FailureType);
        Assert.Empty(job.DestinationPackageVersions!);
    }

    [Fact]
    public async Task Deleting_the_template_changes_nothing_for_its_jobs()
    {
        var template = await Template();
        await _t.Run(FromTemplate);
        await _t.Run(new DeleteJobTemplate("010"));
        await _t.Run(new CreateJobTemplate("010", "another") { Document = "[]" });
        _t.Restart();

        Assert.Equal(Arn, (await _t.Job("j")).JobTemplateArn);
        Assert.Equal(template.Document, (await _t.Run(new GetJobDocument("j") { BeforeSubstitution = true })).Document);
        Assert.Equal(template.Document, (await _t.StartNext("a"))!.JobDocument);
    }

    [Theory]
    [InlineData("arn:aws:iot:us-east-1:123456789012:jobtemplate/none")]
    [InlineData("arn:aws:iot:us-east-1:999999999999:jobtemplate/010")]
    [InlineData("arn:aws:iot:eu-west-1:123456789012:jobtemplate/010")]
    [InlineData("arn:aws:iot:us-east-1:123456789012:job/010")]
    [InlineData("arn:aws:iot:us-east-1:123456789012:jobtemplate/")]
    [InlineData("arn:x")]
    public async Task A_template_that_is_not_there_is_not_found(string arn)
    {
        await Template();
        var refusal = await Refused(_t.Run(FromTemplate with { JobTemplateArn = arn }), JobsError.ResourceNotFound);
        Assert.Contains(arn, refusal.Message, StringComparison.Ordinal);
        Assert.Empty((await _t.Run(new ListJobs())).Jobs);
    }

    [Fact]
    public async Task A_template_excludes_a_document_of_the_request()
    {
        await Template();
        foreach (var create in new[] { FromTemplate with { Document = "{}" }, FromTemplate with { DocumentSource = "https://s3.amazonaws.com/b/k" } })
        {
            var refusal = await Refused(_t.Run(create), JobsError.InvalidRequest);
            Assert.Contains("Exactly one of document, documentSource and jobTemplateArn", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_taken_job_id_is_told_before_a_missing_template()
    {
        await Template();
        await _t.Run(FromTemplate);
        await Refused(_t.Run(FromTemplate with { JobTemplateArn = Arn + "x" }), JobsError.ResourceAlreadyExists);
    }

    [Fact]
    public async Task The_document_is_checked_with_what_the_request_overrides()
    {
        const string Role = "arn:aws:iam::123456789012:role/S3DownloadRole";
        using var t = new TestEngine(services: new() { ObjectStore = new SignsAnything() });
        await t.Things("a");
        await t.Run(new CreateJobTemplate("010", "d")
        {
            Document = """{"u":"${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k}"}""",
            PresignedUrlConfig = new() { RoleArn = Role },
        });

        var refusal = await Refused(t.Run(FromTemplate with { PresignedUrlConfig = new() { ExpiresInSec = 60 } }), JobsError.InvalidRequest);
        Assert.Contains("presignedUrlConfig.roleArn", refusal.Message, StringComparison.Ordinal);
        await t.Run(FromTemplate);
        Assert.Equal("""{"u":"signed"}""", (await t.StartNext("a"))!.JobDocument);
    }

    [Fact]
    public async Task What_the_template_gives_keeps_todays_limits()
    {
        await _t.Things("a");
        _t.Configure(new() { Limits = LimitsProfile.None });
        await _t.Run(new CreateJobTemplate("010", "d") { Document = "{}", JobExecutionsRolloutConfig = new() { MaximumPerMinute = 5000 } });
        _t.Configure(new());

        var refusal = await Refused(_t.Run(FromTemplate), JobsError.InvalidRequest);
        Assert.Contains(Arn, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("jobExecutionsRolloutConfig.maximumPerMinute", refusal.Message, StringComparison.Ordinal);
        await _t.Run(FromTemplate with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1000 } });
    }

    [Fact]
    public void Windows_of_the_template_count_where_the_request_names_none()
    {
        var window = new MaintenanceWindow { StartTime = "cron(0 18 ? * MON-FRI *)", DurationInMinutes = 60 };
        var template = new JobTemplate
        {
            Sequence = 1, TemplateId = "010", CreatedAt = T0, Description = "d", Document = "{}", MaintenanceWindows = [window],
        };
        var own = new MaintenanceWindow { StartTime = "cron(0 2 ? * * *)", DurationInMinutes = 30 };

        Assert.Equal([window], TemplateOrigin.Fill(FromTemplate, template).SchedulingConfig!.MaintenanceWindows!);
        var ends = TemplateOrigin.Fill(FromTemplate with { SchedulingConfig = new() { EndTime = "2027-01-01T00:00" } }, template).SchedulingConfig!;
        Assert.Equal(("2027-01-01T00:00", window), (ends.EndTime, Assert.Single(ends.MaintenanceWindows!)));
        Assert.Equal([own], TemplateOrigin.Fill(FromTemplate with { SchedulingConfig = new() { MaintenanceWindows = [own] } }, template).SchedulingConfig!.MaintenanceWindows!);
        Assert.Null(TemplateOrigin.Fill(FromTemplate, template with { MaintenanceWindows = null }).SchedulingConfig);
    }

    [Fact]
    public async Task A_continuous_job_keeps_to_the_windows_of_its_template()
    {
        await _t.Things("a");
        await _t.Run(new CreateJobTemplate("010", "d") { Document = "{}", MaintenanceWindows = [Daily] });

        await _t.Run(FromTemplate with { TargetSelection = TargetSelection.CONTINUOUS });
        Assert.Equal(JobStatus.SCHEDULED, (await _t.Job("j")).Status);
        Assert.Equal([Daily], (await _t.Job("j")).SchedulingConfig!.MaintenanceWindows!);
        await _t.At(2 * 3600);
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j")).Status);
    }

    [Fact]
    public async Task A_snapshot_job_has_to_do_without_the_windows_of_its_template()
    {
        await _t.Things("a");
        await _t.Run(new CreateJobTemplate("010", "d") { Document = "{}", MaintenanceWindows = [Daily] });

        var refusal = await Refused(_t.Run(FromTemplate), JobsError.InvalidRequest);
        Assert.Contains("targetSelection CONTINUOUS", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Arn, refusal.Message, StringComparison.Ordinal);
        await _t.Run(FromTemplate with { SchedulingConfig = new() { MaintenanceWindows = [] } });
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j")).Status);
    }

    /// <summary>At t = 2 h, for an hour.</summary>
    private static MaintenanceWindow Daily => new() { StartTime = "cron(0 12 * * ? *)", DurationInMinutes = 60 };

    private async Task<CreateJobTemplate> Template()
    {
        await _t.Things("a");
        var template = JobTemplateTests.Full("010");
        await _t.Run(template);
        return template;
    }

    private sealed class SignsAnything : IObjectStore
    {
        public string Presign(PresignRequest request) => "signed";

        public Task<string> FetchDocumentAsync(S3Location location, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
