using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Templates;

/// <summary>A custom template: a document with its configurations, from which jobs are made (jobs-reference 1.4). It never changes.</summary>
public sealed record JobTemplate
{
    /// <summary>Order of creation; tells a template from a later one with its id.</summary>
    public required long Sequence { get; init; }

    public required string TemplateId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Description { get; init; }

    public required string Document { get; init; }

    /// <summary>Where the document was fetched from, when the template was created or the job that it was made of.</summary>
    public string? DocumentSource { get; init; }

    public PresignedUrlConfig? PresignedUrlConfig { get; init; }

    public JobExecutionsRolloutConfig? JobExecutionsRolloutConfig { get; init; }

    public AbortConfig? AbortConfig { get; init; }

    public TimeoutConfig? TimeoutConfig { get; init; }

    public JobExecutionsRetryConfig? JobExecutionsRetryConfig { get; init; }

    public IReadOnlyList<MaintenanceWindow>? MaintenanceWindows { get; init; }

    public IReadOnlyList<string>? DestinationPackageVersions { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
