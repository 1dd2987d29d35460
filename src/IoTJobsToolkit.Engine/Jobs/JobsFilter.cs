using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>Which jobs are wanted: all that is given must hold.</summary>
public sealed record JobsFilter
{
    public JobStatus? Status { get; init; }

    /// <summary>Part of the id, the description or a target's ARN, in capitals or not.</summary>
    public string? Text { get; init; }

    public TargetSelection? TargetSelection { get; init; }

    /// <summary>Some execution failed, was rejected or timed out.</summary>
    public bool HasFailures { get; init; }

    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Completed or canceled since then.</summary>
    public DateTimeOffset? EndedFrom { get; init; }

    internal bool Matches(JobEntry entry)
    {
        var job = entry.Job;
        return (Status is null || job.Status == Status) &&
            (TargetSelection is null || job.TargetSelection == TargetSelection) &&
            (!HasFailures || entry.Progress.Counts.Failures > 0) &&
            (CreatedFrom is null || job.CreatedAt >= CreatedFrom) &&
            (EndedFrom is null || Retention.InactiveSince(job) >= EndedFrom) &&
            (Text is null || Contains(job.JobId) || Contains(job.Description) || job.Targets.Any(target => Contains(target.Arn)));
    }

    private bool Contains(string? value) => value?.Contains(Text!, StringComparison.OrdinalIgnoreCase) == true;
}

public enum JobsSort
{
    /// <summary>As ListJobs: by status, newest first inside a status.</summary>
    Status,
    JobId,
    CreatedAt,
    LastUpdatedAt,

    /// <summary>Failures among the executions with a result of the device.</summary>
    FailedShare,
    InProgress,
    Total,
}

/// <summary>In which order jobs are wanted; those which are equal in it come newest first.</summary>
public sealed record JobsOrder(JobsSort By = JobsSort.Status, bool Descending = false)
{
    /// <summary>Where a job stands: a number first, which is compared often and costs little, then its age and id.</summary>
    internal JobPosition Of(JobEntry entry)
    {
        var counts = entry.Progress.Counts;
        var number = By switch
        {
            JobsSort.Status => (long)entry.Job.Status,
            JobsSort.JobId => 0,
            JobsSort.CreatedAt => entry.Job.CreatedAt.UtcTicks,
            JobsSort.LastUpdatedAt => entry.Job.LastUpdatedAt.UtcTicks,
            JobsSort.FailedShare => (long)(counts.FailedShare * 1e12),
            JobsSort.InProgress => counts.InProgress,
            _ => counts.Total,
        };
        return new(Descending ? -number : number, entry.Job.CreatedAt.UtcTicks, entry.Job.JobId);
    }

    internal int Compare(JobPosition x, JobPosition y) =>
        By == JobsSort.JobId ? (Descending ? -1 : 1) * string.CompareOrdinal(x.JobId, y.JobId)
        : x.Number != y.Number ? x.Number.CompareTo(y.Number)
        : x.CreatedAt != y.CreatedAt ? y.CreatedAt.CompareTo(x.CreatedAt)
        : string.CompareOrdinal(x.JobId, y.JobId);
}

/// <param name="CreatedAt">In ticks.</param>
internal readonly record struct JobPosition(long Number, long CreatedAt, string JobId);
