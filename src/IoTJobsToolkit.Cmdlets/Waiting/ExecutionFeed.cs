using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>What happened to the executions of jobs, in order, until somebody takes it.</summary>
internal sealed class ExecutionFeed
{
    private List<ExecutionStatusChange> _changes = [];
    private bool _hasMissed;

    /// <summary>The jobs which have ended since, of whose executions nothing more will come.</summary>
    public HashSet<string> Over { get; } = [];

    public void Take(ExecutionChanged changed)
    {
        if (changed.After is { } after && changed.Before?.Status != after.Status)
        {
            _changes.Add(new(after.JobId, after.ThingName, after.Number)
            {
                Status = after.Status,
                StatusBefore = changed.Before?.Status,
                At = after.LastUpdatedAt,
            });
        }
    }

    public void Take(JobChanged changed)
    {
        if (changed.Job is not { } job || job.Status == JobStatus.DELETION_IN_PROGRESS || job.HasEnded && changed.Progress is { } progress && !job.IsConcurrent(progress))
        {
            Over.Add(changed.JobId);
        }
    }

    public void Miss() => _hasMissed = true;

    /// <returns>Whether there were more changes than could be kept; the ends of jobs may be among those.</returns>
    public bool Drain(out IReadOnlyList<ExecutionStatusChange> changes)
    {
        (changes, _changes) = (_changes, []);
        return Interlocked.Exchange(ref _hasMissed, false);
    }
}
