using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>A job with its progress, as of one commit.</summary>
internal sealed record JobEntry(Job Job, JobProgress Progress)
{
    public bool IsConcurrent => Job.IsConcurrent(Progress);
}

/// <summary>Where a job stands in ListJobs: by status, newest first, then by id (OPEN-25).</summary>
internal readonly record struct JobListKey(JobStatus Status, DateTimeOffset CreatedAt, string JobId) : IComparable<JobListKey>
{
    public int CompareTo(JobListKey other)
    {
        var order = Status.CompareTo(other.Status);
        order = order != 0 ? order : other.CreatedAt.CompareTo(CreatedAt);
        return order != 0 ? order : string.CompareOrdinal(JobId, other.JobId);
    }

    public static JobListKey Of(Job job) => new(job.Status, job.CreatedAt, job.JobId);
}
