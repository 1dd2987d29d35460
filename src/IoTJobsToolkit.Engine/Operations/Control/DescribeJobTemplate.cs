using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>Returns one job template, its document as stored, placeholders untouched.</summary>
public sealed record DescribeJobTemplate(string JobTemplateId) : Operation<DescribeJobTemplateResponse>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check) => check.JobTemplateId(JobTemplateId);

    internal override DescribeJobTemplateResponse Run(JobsTransaction tx)
    {
        var template = tx.Template(JobTemplateId);
        return new()
        {
            JobTemplateArn = tx.Settings.JobTemplateArn(template.TemplateId),
            JobTemplateId = template.TemplateId,
            Description = template.Description,
            DocumentSource = template.DocumentSource,
            Document = template.Document,
            CreatedAt = template.CreatedAt,
            PresignedUrlConfig = template.PresignedUrlConfig,
            JobExecutionsRolloutConfig = template.JobExecutionsRolloutConfig,
            AbortConfig = template.AbortConfig,
            TimeoutConfig = template.TimeoutConfig,
            JobExecutionsRetryConfig = template.JobExecutionsRetryConfig,
            MaintenanceWindows = template.MaintenanceWindows,
            DestinationPackageVersions = template.DestinationPackageVersions,
        };
    }
}

public sealed record DescribeJobTemplateResponse
{
    public required string JobTemplateArn { get; init; }

    public required string JobTemplateId { get; init; }

    public required string Description { get; init; }

    public string? DocumentSource { get; init; }

    public required string Document { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public PresignedUrlConfig? PresignedUrlConfig { get; init; }

    public JobExecutionsRolloutConfig? JobExecutionsRolloutConfig { get; init; }

    public AbortConfig? AbortConfig { get; init; }

    public TimeoutConfig? TimeoutConfig { get; init; }

    public JobExecutionsRetryConfig? JobExecutionsRetryConfig { get; init; }

    public IReadOnlyList<MaintenanceWindow>? MaintenanceWindows { get; init; }

    public IReadOnlyList<string>? DestinationPackageVersions { get; init; }
}
