using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Operations;

/// <summary>What operations demand of a job before they touch it.</summary>
internal static class JobRequirements
{
    extension(IReadOnlyDictionary<string, string> details)
    {
        /// <summary>The caller may go on to change what he gave; what is stored may not change with it.</summary>
        public IReadOnlyDictionary<string, string> Copy() => new Dictionary<string, string>(details, StringComparer.Ordinal);
    }

    extension(AbortConfig config)
    {
        public AbortConfig Copy() => config with { CriteriaList = [.. config.CriteriaList ?? []] };
    }

    extension(JobExecutionsRetryConfig config)
    {
        public JobExecutionsRetryConfig Copy() => config with { CriteriaList = [.. config.CriteriaList ?? []] };
    }

    extension(SchedulingConfig config)
    {
        public SchedulingConfig Copy() =>
            config with { MaintenanceWindows = config.MaintenanceWindows is { } windows ? [.. windows] : null };
    }

    extension(Job job)
    {
        /// <summary>A namespace which is not the job's means that there is no such job (OPEN-21).</summary>
        public Job InNamespace(string? namespaceId) => namespaceId is null || namespaceId == job.NamespaceId
            ? job
            : throw JobsException.NotFound($"There is no job {job.JobId} in namespace {namespaceId}.");

        /// <summary>As <see cref="InNamespace"/>, for devices: without a namespace they reach only the jobs which have none (OPEN-21, mqtt-api 7).</summary>
        public Job OfNamespace(string? namespaceId) => namespaceId is not null || job.NamespaceId is null
            ? job.InNamespace(namespaceId)
            : throw JobsException.NotFound($"There is no job {job.JobId} outside a namespace.");

        /// <summary>The executions of a job which is being deleted are out of reach (jobs-reference 15).</summary>
        public Job NotBeingDeleted() => job.Status != JobStatus.DELETION_IN_PROGRESS
            ? job
            : throw JobsException.NotFound($"Job {job.JobId} is being deleted.");
    }
}
