using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Whether a job has background work that could go on now: slices of a rollout, a cancellation, a deletion. Whoever asked for it can so wait
/// until it is done. A job that is gone has none.
/// </summary>
public sealed record DescribeJobWork : Operation<DescribeJobWorkResponse>
{
    /// <summary>Null for the work of all jobs and groups.</summary>
    public string? JobId { get; init; }

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override void Validate(Check check)
    {
        if (JobId is not null)
        {
            check.JobId(JobId);
        }
    }

    internal override DescribeJobWorkResponse Run(JobsTransaction tx)
    {
        if (JobId is null)
        {
            return new(tx.Memory.FirstDeadline <= tx.Now || tx.Memory.Due.IsAnyDue(tx.Now, MayRun));
        }
        return tx.Memory.FindJob(JobId) is not { } entry
            ? new(false)
            : new(entry.Progress.DueAt <= tx.Now && MayRun(entry.Job.Sequence)) { JobProcessDetails = JobProcessDetails.Of(entry.Progress.Counts, null) };

        bool MayRun(long sequence) => Slice.MayRun(tx.Memory, tx.Settings, sequence);
    }
}

/// <param name="HasWork">False when all that is due at this moment has been done.</param>
public sealed record DescribeJobWorkResponse(bool HasWork)
{
    /// <summary>The job's counters, to show how far the work is; null for all jobs, and when the job is gone.</summary>
    public JobProcessDetails? JobProcessDetails { get; init; }
}
