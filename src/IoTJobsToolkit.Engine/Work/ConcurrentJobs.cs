using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>The quota of jobs which are being rolled out or canceled at a time (jobs-reference 5.7, 9.7).</summary>
internal static class ConcurrentJobs
{
    public const int Limit = 500;

    /// <summary>Whether one more would be too many.</summary>
    public static bool AreTooMany(JobsTransaction tx) => tx.HasLimits && tx.Memory.ConcurrentJobs >= Limit;

    /// <summary>Whether a job's rollout waits for its turn: those which started before it go first.</summary>
    public static bool HasToWait(JobsTransaction tx, Job job) =>
        tx.HasLimits && tx.Memory.ConcurrentJobs > Limit && tx.Memory.Jobs.Count(other => other.IsConcurrent && StartsBefore(other.Job, job)) >= Limit;

    private static bool StartsBefore(Job other, Job job) =>
        other.Sequence != job.Sequence && (other.StartedAt ?? other.CreatedAt, other.Sequence).CompareTo((job.StartedAt ?? job.CreatedAt, job.Sequence)) < 0;
}
