using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>How far a job is, read from its description.</summary>
internal static class JobCounts
{
    extension(JobProcessDetails details)
    {
        public ExecutionCounts Counts => new(
            details.NumberOfQueuedThings, details.NumberOfInProgressThings, details.NumberOfSucceededThings, details.NumberOfFailedThings,
            details.NumberOfTimedOutThings, details.NumberOfRejectedThings, details.NumberOfRemovedThings, details.NumberOfCanceledThings);
    }

    extension(ExecutionCounts counts)
    {
        public long Ended => counts.Total - counts.Pending;
    }

    extension(DescribeJobResponse job)
    {
        public ExecutionCounts Counts => job.Job.JobProcessDetails.Counts;

        public bool HasEnded => job.Status is JobStatus.COMPLETED or JobStatus.CANCELED or JobStatus.DELETION_IN_PROGRESS;

        /// <summary>Its targets do not have all their executions yet.</summary>
        public bool IsRollingOut => job.Status == JobStatus.SCHEDULED || job.Job.JobProcessDetails.ProcessingTargets is { Count: > 0 };

        /// <summary>No execution will come any more: what there is may still move from one status to another.</summary>
        public bool HasAllExecutions => job.HasEnded ||
            job is { IsRollingOut: false, Job.TargetSelection: TargetSelection.SNAPSHOT } && !(job.Job.JobExecutionsRetryConfig?.CriteriaList?.Count > 0);

        /// <summary>Nothing of it changes any more, but that it may be deleted.</summary>
        public bool IsAtRest => job.Status == JobStatus.DELETION_IN_PROGRESS || job is { HasEnded: true, Job.IsConcurrent: false } && job.Counts.Pending == 0;
    }
}
