using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine;

/// <summary>The executions of a transaction.</summary>
internal sealed partial class JobsTransaction
{
    private const int PageSize = 100;

    private Dictionary<long, ImmutableArray<JobExecution>> _pending => field ??= [];

    /// <summary>
    /// The pending executions of a thing with their jobs, in pending order, without those of jobs which are going away: of one namespace, or of the
    /// jobs without one (OPEN-21).
    /// </summary>
    public IEnumerable<(JobExecution Execution, Job Job)> VisiblePending(Thing thing, string? namespaceId)
    {
        foreach (var execution in Pending(thing))
        {
            if (FindJob(execution.JobSequence) is { } job && job.NamespaceId == namespaceId && !Sweeping.IsHidden(job, Progress(job), execution, Now))
            {
                yield return (execution, job);
            }
        }
    }

    public ImmutableArray<JobExecution> Pending(Thing thing)
    {
        if (_store is null)
        {
            return Committed(thing).Pending;
        }
        if (_pending.TryGetValue(thing.Sequence, out var pending))
        {
            return pending;
        }
        _pending[thing.Sequence] = pending = LoadPending(thing);
        foreach (var execution in pending.Where(e => e.Deadline <= Now))
        {
            TimeOut(execution);
        }
        return _pending[thing.Sequence];
    }

    /// <summary>Works off a timer that ran out, at its instant; nothing when another change came first.</summary>
    public void TimeOut(JobExecution stored)
    {
        if (Current(stored) is not { Deadline: { } deadline } execution || deadline > Now)
        {
            return;
        }
        var now = Now;
        Now = deadline;
        Save(execution, execution.TimeOut(deadline));
        Now = now;
    }

    /// <summary>All executions of a job on a thing, the highest number first.</summary>
    public IEnumerable<JobExecution> ExecutionsOf(Job job, Thing thing)
    {
        if (Pending(thing).FirstOrDefault(e => e.JobSequence == job.Sequence) is { } pending)
        {
            var swept = Sweeping.Apply(job, Progress(job), pending, Now);
            if (swept != pending)
            {
                Save(pending, swept);
            }
            yield return swept;
        }
        foreach (var execution in EndedExecutionsOf(job, thing))
        {
            yield return execution;
        }
    }

    public JobExecution LatestExecution(Job job, Thing thing, long? number = null) =>
        ExecutionsOf(job, thing).FirstOrDefault(e => number is null || e.Number == number)
        ?? throw JobsException.NotFound(number is null
            ? $"There is no execution of job {job.JobId} on thing {thing.Name}."
            : $"There is no execution {number} of job {job.JobId} on thing {thing.Name}.");

    /// <summary>
    /// Whether the job has a pending execution on the thing, or gave it any since <paramref name="sinceSequence"/>; committed or of this
    /// transaction, one that was deleted included.
    /// </summary>
    public bool HadExecution(Job job, long thingSequence, long sinceSequence) =>
        ReadExecutionsOfThing(thingSequence, job.CreatedAt)
            .Any(e => e.JobSequence == job.Sequence && (e.Sequence >= sinceSequence || Current(e) is { HasEnded: false })) ||
        FindDeletedNumber(job.Sequence, thingSequence)?.Sequence >= sinceSequence ||
        _changes?.Executions.Values.Any(change => change.After is { } e && e.ThingSequence == thingSequence && e.JobSequence == job.Sequence) == true;

    /// <summary>Keeps the number of an execution that is about to be deleted from being given again.</summary>
    public void DeleteNumber(Job job, Thing thing, JobExecution execution)
    {
        if (execution.Number >= HighestNumber(job, thing))
        {
            Changes.DeletedNumbers[(job.Sequence, thing.Sequence)] = new(execution.Number, execution.Sequence);
        }
    }

    /// <summary>The execution as this transaction sees it, given what the store holds; null when deleted.</summary>
    public JobExecution? Current(JobExecution stored)
    {
        for (var scope = this; scope is not null; scope = scope._group)
        {
            if (scope._changes is { } changes && changes.Executions.TryGetValue(stored.Key, out var change))
            {
                return change.After;
            }
        }
        return stored;
    }

    /// <summary>Saves an execution with its counters, and what follows from it: abort, retry, completion of its job.</summary>
    /// <param name="before">Null for a new one.</param>
    /// <param name="after">Null for a deleted one.</param>
    public void Save(JobExecution? before, JobExecution? after)
    {
        Watch(before, after);
        var execution = (after ?? before)!;
        JobsChanges.Put(Changes.Executions, execution.Key, before, after);
        if (before?.Status != after?.Status || before is null || after is null)
        {
            var progress = Progress(execution.JobSequence);
            var counts = before is null ? progress.Counts : progress.Counts.Add(before.Status, -1);
            counts = after is null ? counts : counts.Add(after.Status, 1);
            if (after?.Status == JobExecutionStatus.SUCCEEDED && before is not null)
            {
                progress = Verification.Succeed(progress, FindJob(execution.JobSequence)?.Controls, Now);
            }
            Save(progress with { Counts = counts, Failures = progress.Failures?.Follow(before, after), ChangedAt = Now > progress.ChangedAt ? Now : progress.ChangedAt });
        }
        Events.Add(new ExecutionChanged(Now, before, after));
        if (EventConfigurations.Enabled.Contains(EventType.JOB_EXECUTION) && JobExecutionEvent.StatusOf(before, after) is { } status)
        {
            Events.Add(new JobExecutionEvent(Now, NextEventId(), status, execution));
        }
        if (_pending.TryGetValue(execution.ThingSequence, out var pending))
        {
            _pending[execution.ThingSequence] = PendingOrder.Replace(pending, before, after);
        }
        if (after is null || after.HasEnded)
        {
            Outcome.Follow(this, execution.JobSequence, after);
        }
    }

    /// <summary>Retention takes an execution: nothing follows from it, and nobody is told but the device which still saw it.</summary>
    public void Purge(JobExecution execution)
    {
        Watch(execution, null);
        JobsChanges.Put(Changes.Executions, execution.Key, execution, null);
        var progress = Progress(execution.JobSequence);
        Save(progress with { Counts = progress.Counts.Add(execution.Status, -1), Failures = progress.Failures?.Follow(execution, null) });
    }

    /// <summary>The highest number which the job ever gave on the thing; 0 when it gave none.</summary>
    public long HighestNumber(Job job, Thing thing)
    {
        var highest = ExecutionsOf(job, thing).FirstOrDefault()?.Number ?? 0;
        return Math.Max(highest, FindDeletedNumber(job.Sequence, thing.Sequence)?.Number ?? 0);
    }

    /// <summary>What the job is to make of the thing at its next opening; null when nothing.</summary>
    public PostponedExecution? FindPostponed(Job job, string thingName)
    {
        if (Progress(job).Postponed == 0)
        {
            return null;
        }
        for (var scope = this; scope is not null; scope = scope._group)
        {
            if (scope._changes is { } changes && changes.Postponed.TryGetValue((job.Sequence, thingName), out var postponed))
            {
                return postponed;
            }
        }
        return Store.FindPostponed(job.Sequence, thingName);
    }

    public void Postpone(PostponedExecution postponed)
    {
        var progress = Progress(postponed.JobSequence);
        Changes.Postponed[(postponed.JobSequence, postponed.ThingName)] = postponed;
        Save(progress with { Postponed = progress.Postponed + 1 });
    }

    /// <summary>The postponed execution is made or dropped.</summary>
    public void Settle(PostponedExecution postponed)
    {
        var progress = Progress(postponed.JobSequence);
        Changes.Postponed[(postponed.JobSequence, postponed.ThingName)] = null;
        Save(progress with { Postponed = progress.Postponed - 1 });
    }

    private DeletedNumber? FindDeletedNumber(long jobSequence, long thingSequence)
    {
        for (var scope = this; scope is not null; scope = scope._group)
        {
            if (scope._changes is { } changes && changes.DeletedNumbers.TryGetValue((jobSequence, thingSequence), out var deleted))
            {
                return deleted;
            }
        }
        return Store.FindDeletedNumber(jobSequence, thingSequence);
    }

    private ImmutableArray<JobExecution> LoadPending(Thing thing) =>
        WithOwnChanges(_group?.Pending(thing) ?? Committed(thing).Pending, thing);

    private ImmutableArray<JobExecution> WithOwnChanges(ImmutableArray<JobExecution> pending, Thing thing)
    {
        if (_changes is { } own)
        {
            foreach (var (before, after) in own.Executions.Values)
            {
                if ((after ?? before)!.ThingSequence == thing.Sequence)
                {
                    pending = PendingOrder.Replace(pending, before, after);
                }
            }
        }
        return pending;
    }

    private CachedThing Committed(Thing thing)
    {
        var committed = FindCommitted(thing.Name);
        if (committed?.Thing.Sequence != thing.Sequence)
        {
            // Made in this commit: it has no executions but those of this commit. Memory alone may have moved on meanwhile.
            return _store is null ? throw StoreNeededException.Instance : new(thing, []);
        }
        if (committed.Pending.IsDefault)
        {
            committed = committed with { Pending = ReadPending(thing.Sequence) };
            _memory.Things.Set(committed);
        }
        return committed;
    }

    /// <summary>Only jobs which have not ended can have pending executions: the oldest of them bounds how far back is read.</summary>
    private ImmutableArray<JobExecution> ReadPending(long thingSequence) => _memory.OldestUnfinished is { } oldest
        ? [.. ReadExecutionsOfThing(thingSequence, oldest).Where(e => !e.HasEnded).Order(PendingOrder.Comparer)]
        : _store is null ? throw StoreNeededException.Instance : [];

    private IEnumerable<JobExecution> EndedExecutionsOf(Job job, Thing thing)
    {
        // A job's executions are queued no earlier than it was created: that bounds how far back the thing's own list is read.
        var stored = ReadExecutionsOfThing(thing.Sequence, job.CreatedAt)
            .Where(e => e.JobSequence == job.Sequence)
            .Select(Current)
            .OfType<JobExecution>()
            .Where(e => e.HasEnded);
        var changed = ChangedExecutions(job.Sequence, thing.Sequence).Where(e => e.HasEnded).ToList();
        return changed.Count == 0
            ? stored
            : stored.Concat(changed).DistinctBy(e => e.Number).OrderByDescending(e => e.Number);
    }

    private IEnumerable<JobExecution> ChangedExecutions(long jobSequence, long thingSequence)
    {
        for (var scope = this; scope is not null; scope = scope._group)
        {
            foreach (var change in scope._changes?.Executions.Values ?? Enumerable.Empty<Change<JobExecution>>())
            {
                if (change.After is { } after && after.JobSequence == jobSequence && after.ThingSequence == thingSequence &&
                    Current(after) is { } current)
                {
                    yield return current;
                }
            }
        }
    }

    private IEnumerable<JobExecution> ReadExecutionsOfThing(long thingSequence, DateTimeOffset queuedFrom)
    {
        ThingExecutionKey? after = null;
        while (true)
        {
            var executions = Store.ReadExecutionsOfThing(thingSequence, after, queuedFrom, PageSize);
            foreach (var execution in executions)
            {
                yield return execution;
            }
            if (executions.Count < PageSize)
            {
                yield break;
            }
            after = executions[^1].ThingKey;
        }
    }
}
