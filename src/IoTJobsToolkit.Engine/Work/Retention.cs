using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>
/// Jobs which ended long ago go, with their executions and their history; so does the history of jobs which were deleted long ago
/// (jobs-reference 16.3). Nobody is told of it (OPEN-31).
/// </summary>
internal static class Retention
{
    /// <summary>When the time of an ended job begins to count; null for jobs which have not ended (OPEN-31).</summary>
    public static DateTimeOffset? InactiveSince(Job job) => job.Status switch
    {
        JobStatus.COMPLETED => job.CompletedAt,
        JobStatus.CANCELED => job.LastUpdatedAt,
        _ => null,
    };

    /// <summary>
    /// Sequences of the jobs which ended before an instant, longest ago first; none whose executions are still being canceled: that is told
    /// before the job goes.
    /// </summary>
    public static IEnumerable<(DateTimeOffset Since, long Sequence)> EndedBefore(JobsMemory memory, DateTimeOffset instant) =>
        memory.Inactive.TakeWhile(job => job.Since < instant).Where(job => memory.FindJob(job.Sequence) is { Progress.Sweep: null });

    /// <summary>Takes a job out of sight at once; a sweep removes what belongs to it.</summary>
    public static void Begin(JobsTransaction tx, Job job, DateTimeOffset at, string by)
    {
        tx.Save(tx.Progress(job).AtRest() with { Sweep = new(SweepKind.Purge, at, by) });
        tx.Purge(job, at);
    }

    /// <summary>Removes up to <paramref name="size"/> records of a job's history; true when none is left.</summary>
    public static bool ClearHistory(JobsTransaction tx, long jobSequence, int size)
    {
        var records = tx.Store.ReadHistory(jobSequence, 0, size);
        tx.Changes.ClearedHistory.AddRange(records.Select(record => (record.JobSequence, record.Sequence)));
        return records.Count < size;
    }

    /// <summary>One slice of clearing what is left of jobs which were gone by <paramref name="until"/>; returns how many are now forgotten.</summary>
    public static int ClearGone(JobsTransaction tx, DateTimeOffset until, int size)
    {
        var forgotten = 0;
        foreach (var gone in tx.Store.ReadGone(until, size))
        {
            if (tx.Changes.ClearedHistory.Count >= size || !ClearHistory(tx, gone.JobSequence, size - tx.Changes.ClearedHistory.Count))
            {
                break;
            }
            tx.Changes.Gone[(gone.At, gone.JobSequence)] = null;
            forgotten++;
        }
        return forgotten;
    }
}
