using System.Collections.Immutable;

namespace IoTJobsToolkit.Engine.Executions;

/// <summary>
/// The order in which a thing is handed its executions: all IN_PROGRESS by queuedAt, then all QUEUED by priority and queuedAt,
/// ties by creation, of the job first: in which order jobs were worked off at one instant does not show (jobs-reference 3).
/// </summary>
public sealed class PendingOrder : IComparer<JobExecution>
{
    public static PendingOrder Comparer { get; } = new();

    public int Compare(JobExecution? x, JobExecution? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var order = (y.Status == JobExecutionStatus.IN_PROGRESS).CompareTo(x.Status == JobExecutionStatus.IN_PROGRESS);
        order = order != 0 || x.Status == JobExecutionStatus.IN_PROGRESS ? order : y.Priority.CompareTo(x.Priority);
        order = order != 0 ? order : x.QueuedAt.CompareTo(y.QueuedAt);
        order = order != 0 ? order : x.JobSequence.CompareTo(y.JobSequence);
        return order != 0 ? order : x.Sequence.CompareTo(y.Sequence);
    }

    /// <summary>The pending executions after one of them changed from <paramref name="before"/> to <paramref name="after"/>.</summary>
    public static ImmutableArray<JobExecution> Replace(
        ImmutableArray<JobExecution> pending, JobExecution? before, JobExecution? after)
    {
        var others = before is null ? pending : pending.RemoveAll(e => e.Sequence == before.Sequence);
        if (after is null || after.HasEnded)
        {
            return others;
        }
        var index = others.BinarySearch(after, Comparer);
        return others.Insert(index < 0 ? ~index : index, after);
    }
}
