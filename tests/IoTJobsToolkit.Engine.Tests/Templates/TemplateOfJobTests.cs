using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Templates;

/// <summary>What a template takes over from the job that it is made of (http-api 10, CreateJobTemplate).</summary>
public sealed class TemplateOfJobTests : IDisposable
{
    private const string Document = "{ \"op\": \"x\" }";

    private readonly JobTemplateTests.OneDocument _objects = new();
    private readonly TestEngine _t;

    public TemplateOfJobTests() => _t = new(services: new() { ObjectStore = _objects });

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_template_of_a_job_takes_over_its_document_and_configurations()
    {
        await _t.Things("a");
        var full = JobTemplateTests.Full("x");
        await _t.Create("j", "a", job => job with
        {
            Description = "the job's",
            Document = Document,
            JobExecutionsRolloutConfig = full.JobExecutionsRolloutConfig,
            AbortConfig = full.AbortConfig,
            TimeoutConfig = full.TimeoutConfig,
            JobExecutionsRetryConfig = full.JobExecutionsRetryConfig,
            PresignedUrlConfig = full.PresignedUrlConfig,
            DestinationPackageVersions = full.DestinationPackageVersions,
            Tags = [new() { Key = "k" }],
        });
        await _t.Run(new CreateJobTemplate("010", "d")
        {
            JobArn = "arn:aws:iot:us-east-1:123456789012:job/j",
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 1 },
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 5 },
        });

        var template = await _t.Run(new DescribeJobTemplate("010"));
        Assert.Equal((Document, "d"), (template.Document, template.Description));
        Assert.Equal(full.PresignedUrlConfig, template.PresignedUrlConfig);
        Assert.Equal(full.AbortConfig!.CriteriaList!, template.AbortConfig!.CriteriaList!);
        Assert.Equal(full.JobExecutionsRetryConfig!.CriteriaList!, template.JobExecutionsRetryConfig!.CriteriaList!);
        Assert.Equal(full.DestinationPackageVersions!, template.DestinationPackageVersions!);
        Assert.Equal(1, template.TimeoutConfig!.InProgressTimeoutInMinutes);
        Assert.Equal(new JobExecutionsRolloutConfig { MaximumPerMinute = 5 }, template.JobExecutionsRolloutConfig); // The whole member.
    }

    [Fact]
    public async Task A_template_of_a_job_takes_over_its_windows_and_not_its_start_and_end()
    {
        await _t.Things("a");
        await _t.Create("j", "a", job => job with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            SchedulingConfig = new() { EndTime = "2027-01-01T00:00", EndBehavior = JobEndBehavior.CANCEL, MaintenanceWindows = JobTemplateTests.Windows },
        });
        var create = new CreateJobTemplate("010", "d") { JobArn = "arn:aws:iot:us-east-1:123456789012:job/j" };
        await _t.Run(create);
        await _t.Run(create with { JobTemplateId = "011", MaintenanceWindows = [] });

        Assert.Equal(JobTemplateTests.Windows, (await _t.Run(new DescribeJobTemplate("010"))).MaintenanceWindows!);
        Assert.Empty((await _t.Run(new DescribeJobTemplate("011"))).MaintenanceWindows!);
    }

    [Fact]
    public async Task A_template_of_a_job_from_a_source_names_the_source()
    {
        await _t.Things("a");
        _objects.Content = "{}";
        await _t.Create("j", "a", job => job with { Document = null, DocumentSource = "https://s3.amazonaws.com/bucket/key" });
        await _t.Run(new CreateJobTemplate("010", "d") { JobArn = "arn:aws:iot:us-east-1:123456789012:job/j" });

        Assert.Equal("https://s3.amazonaws.com/bucket/key", (await _t.Run(new DescribeJobTemplate("010"))).DocumentSource);
        Assert.Equal(1, _objects.Fetched);
    }

    [Fact]
    public async Task A_template_of_a_job_needs_the_role_that_the_document_needs()
    {
        await _t.Things("a");
        const string Role = "arn:aws:iam::123456789012:role/S3DownloadRole";
        await _t.Create("j", "a", job => job with
        {
            Document = """{"u":"${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k}"}""",
            PresignedUrlConfig = new() { RoleArn = Role },
        });
        var create = new CreateJobTemplate("010", "d") { JobArn = "arn:aws:iot:us-east-1:123456789012:job/j" };

        var refusal = await Refused(_t.Run(create with { PresignedUrlConfig = new() { ExpiresInSec = 60 } }), JobsError.InvalidRequest);
        Assert.Contains("presignedUrlConfig.roleArn", refusal.Message, StringComparison.Ordinal);
        await _t.Run(create);
        Assert.Equal(Role, (await _t.Run(new DescribeJobTemplate("010"))).PresignedUrlConfig!.RoleArn);
    }

    [Theory]
    [InlineData("arn:aws:iot:us-east-1:123456789012:job/none")]
    [InlineData("arn:aws:iot:us-east-1:999999999999:job/j")]
    [InlineData("arn:aws:iot:eu-west-1:123456789012:job/j")]
    [InlineData("arn:aws:iot:us-east-1:123456789012:thing/j")]
    [InlineData("j")]
    [InlineData("")]
    public async Task A_job_that_is_not_there_is_not_found(string arn)
    {
        await _t.Things("a");
        await _t.Create("j", "a");
        await Refused(_t.Run(new CreateJobTemplate("010", "d") { JobArn = arn }), JobsError.ResourceNotFound);
        Assert.Empty((await _t.Run(new ListJobTemplates())).JobTemplates);
    }
}
