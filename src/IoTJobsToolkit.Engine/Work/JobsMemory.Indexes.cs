using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>What is found of the jobs without looking through them.</summary>
internal sealed partial class JobsMemory
{
    /// <summary>Keeps the indexes: what is due, what may have pending executions, what has ended, what is rolled out.</summary>
    private void Keep(JobEntry? before, JobEntry? after)
    {
        var job = (after ?? before)!.Job;
        Due.Set(job.Sequence, after?.Progress.DueAt);
        Interlocked.Add(ref _concurrent, (after?.IsConcurrent == true ? 1 : 0) - (before?.IsConcurrent == true ? 1 : 0));
        Put(_unfinished, (job.CreatedAt, job.Sequence), after is not null && !(after.Job.HasEnded && after.Progress.Counts.Pending == 0));
        Move(_inactive, job.Sequence, InactiveSince(before), InactiveSince(after));
        Move(_scheduled, job.Sequence, before?.Progress.ScheduleAt, after?.Progress.ScheduleAt);
        Put(_snapshots, job.Sequence, after is { Job.TargetSelection: TargetSelection.SNAPSHOT, Progress.Rollout: not null });
        Put(_postponed, job.Sequence, after is { Progress.Postponed: > 0 });
        KeepDependents(before?.Job, after?.Job);
        _continuous.Keep(before?.Job, after?.Job);
        Count(before, after);
        Volatile.Write(ref _firstChange, _scheduled.Count > 0 ? _scheduled.Min.At.UtcTicks : long.MaxValue);
        Volatile.Write(ref _firstInactive, _inactive.Count > 0 ? _inactive.Min.Since.UtcTicks : long.MaxValue);
    }

    private void KeepDependents(Job? before, Job? after)
    {
        if (before?.CanBeUpdated == after?.CanBeUpdated || (after ?? before) is not { Controls.DependsOn: { Count: > 0 } dependencies } job)
        {
            return;
        }
        foreach (var (_, first) in dependencies)
        {
            var dependents = _dependents.GetValueOrDefault(first, []);
            Put(dependents, job.Sequence, after?.CanBeUpdated == true);
            if (dependents.Count > 0)
            {
                _dependents[first] = dependents;
            }
            else
            {
                _dependents.Remove(first);
            }
        }
    }

    private void Count(JobEntry? before, JobEntry? after)
    {
        var (old, now) = (VisibleCounts(before), VisibleCounts(after));
        if (old == now)
        {
            return;
        }
        for (var status = 0; status < _executionsInStatus.Length; status++)
        {
            Interlocked.Add(ref _executionsInStatus[status], now[(JobExecutionStatus)status] - old[(JobExecutionStatus)status]);
        }
    }

    private static ExecutionCounts VisibleCounts(JobEntry? entry) => entry is { Job.PurgedAt: null } ? entry.Progress.Counts : default;

    private static DateTimeOffset? TimeOf(ref long ticks) => Volatile.Read(ref ticks) is var value && value == long.MaxValue ? null : new(value, TimeSpan.Zero);

    private static DateTimeOffset? InactiveSince(JobEntry? entry) =>
        entry is { Job.PurgedAt: null } ? Retention.InactiveSince(entry.Job) : null;

    private static void Move(SortedSet<(DateTimeOffset, long)> index, long sequence, DateTimeOffset? before, DateTimeOffset? after)
    {
        if (before == after)
        {
            return;
        }
        if (before is { } old)
        {
            index.Remove((old, sequence));
        }
        if (after is { } time)
        {
            index.Add((time, sequence));
        }
    }

    private static void Put<T>(ISet<T> set, T item, bool isIn)
    {
        if (isIn)
        {
            set.Add(item);
        }
        else
        {
            set.Remove(item);
        }
    }
}
