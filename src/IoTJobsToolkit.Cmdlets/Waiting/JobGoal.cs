using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>What somebody waits for.</summary>
public abstract record JobGoal
{
    public static JobGoal Ended { get; } = new EndedGoal();

    /// <summary>Whether it counts as reached when the job is gone.</summary>
    internal virtual bool IsReachedByDeletion => false;

    /// <summary>True for a job which will not end by itself, so that whoever waits may wait for ever.</summary>
    internal virtual bool MayNeverCome(DescribeJobResponse job) => false;

    internal abstract bool IsReachedBy(DescribeJobResponse job);

    /// <summary>False where nothing that the job can still do gets it there.</summary>
    internal abstract bool IsOpenTo(DescribeJobResponse job);

    /// <summary>How much of how much is done; nothing of nothing where that cannot be said.</summary>
    internal virtual (long Done, long Of) Measure(DescribeJobResponse job) => (job.Counts.Ended, job.Counts.Total);

    private sealed record EndedGoal : JobGoal
    {
        internal override bool IsReachedByDeletion => true;

        internal override bool MayNeverCome(DescribeJobResponse job) =>
            job.Job is { TargetSelection: TargetSelection.CONTINUOUS, SchedulingConfig: null or { EndTime: null } };

        internal override bool IsReachedBy(DescribeJobResponse job) => job.HasEnded;

        internal override bool IsOpenTo(DescribeJobResponse job) => true;

        public override string ToString() => "it has ended";
    }
}

/// <summary>A status of the job.</summary>
internal sealed record StatusGoal(JobStatus Status) : JobGoal
{
    internal override bool IsReachedByDeletion => Status == JobStatus.DELETION_IN_PROGRESS;

    internal override bool IsReachedBy(DescribeJobResponse job) => job.Status == Status;

    internal override bool IsOpenTo(DescribeJobResponse job) => (job.Status, Status) switch
    {
        (_, JobStatus.DELETION_IN_PROGRESS) => true,
        (JobStatus.SCHEDULED, _) => true,
        // Between maintenance windows a job is SCHEDULED again.
        (JobStatus.IN_PROGRESS, JobStatus.SCHEDULED) => job.Job.SchedulingConfig?.MaintenanceWindows is { Count: > 0 },
        (JobStatus.IN_PROGRESS, _) => true,
        _ => job.Status == Status,
    };

    internal override (long Done, long Of) Measure(DescribeJobResponse job) =>
        Status is JobStatus.COMPLETED or JobStatus.CANCELED ? base.Measure(job) : default;

    public override string ToString() => $"it is {Status}";
}
