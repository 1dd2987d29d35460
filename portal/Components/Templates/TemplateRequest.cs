using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Components.Templates;

/// <summary>A template of what a job would be.</summary>
public static class TemplateRequest
{
    public static CreateJobTemplate Of(CreateJob job, string id, string description)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new(id, description)
        {
            Document = job.Document,
            DocumentSource = job.DocumentSource,
            PresignedUrlConfig = job.PresignedUrlConfig,
            JobExecutionsRolloutConfig = job.JobExecutionsRolloutConfig,
            AbortConfig = job.AbortConfig,
            TimeoutConfig = job.TimeoutConfig,
            JobExecutionsRetryConfig = job.JobExecutionsRetryConfig,
            MaintenanceWindows = job.SchedulingConfig?.MaintenanceWindows,
            DestinationPackageVersions = job.DestinationPackageVersions,
        };
    }
}
