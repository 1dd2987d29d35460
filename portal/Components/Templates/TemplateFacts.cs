using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.JobForm;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Components.Templates;

/// <summary>What a custom template gives to its jobs, in sentences.</summary>
public static class TemplateFacts
{
    public static IEnumerable<JobFact> Of(DescribeJobTemplateResponse template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var job = new JobDetail
        {
            JobArn = "",
            JobId = "",
            PresignedUrlConfig = template.PresignedUrlConfig ?? new(),
            JobExecutionsRolloutConfig = template.JobExecutionsRolloutConfig ?? new(),
            AbortConfig = template.AbortConfig,
            TimeoutConfig = template.TimeoutConfig ?? new(),
            JobExecutionsRetryConfig = template.JobExecutionsRetryConfig,
            SchedulingConfig = template.MaintenanceWindows is { } windows ? new SchedulingConfig { MaintenanceWindows = windows } : null,
            DestinationPackageVersions = template.DestinationPackageVersions,
        };
        // Who gets it is said by each job.
        return JobFacts.Of(job).Where(fact => fact.Name != "Selection")
            .Concat((template.AbortConfig?.CriteriaList ?? []).Select(rule => new JobFact("Abort", RuleWords.Of(rule))));
    }
}
