using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine;

/// <summary>
/// What one operation sees and changes: its own changes first, then those of the group it commits with, then what is committed.
/// An operation which throws leaves nothing behind.
/// </summary>
internal sealed class JobsTransaction
{
    private readonly JobsMemory _memory;
    private readonly IJobsStore? _store;
    private readonly JobsTransaction? _group;
    private readonly Dictionary<string, long> _jobIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _groupNames = new(StringComparer.Ordinal);
    private readonly Dictionary<long, ImmutableArray<JobExecution>> _pending = [];

    /// <param name="store">Null to answer from memory alone: what is not there throws <see cref="StoreNeededException"/>.</param>
    /// <param name="group">The operations before this one in the same commit.</param>
    public JobsTransaction(
        JobsMemory memory,
        IJobsStore? store,
        JobsSettings settings,
        JobsServices services,
        Caller caller,
        DateTimeOffset now,
        JobsTransaction? group = null)
    {
        _memory = memory;
        _store = store;
        _group = group;
        Settings = settings;
        Services = services;
        Caller = caller;
        Now = now;
        Changes.NextSequence = group?.Changes.NextSequence ?? memory.NextSequence;
    }

    public JobsSettings Settings { get; }

    public JobsServices Services { get; }

    public Caller Caller { get; }

    public DateTimeOffset Now { get; }

    public JobsChanges Changes { get; } = new();

    public List<JobsEvent> Events { get; } = [];

    public JobsMemory Memory => _memory;

    public IJobsStore Store => _store ?? throw StoreNeededException.Instance;

    public bool HasLimits => Settings.Limits == LimitsProfile.Aws;

    public long NextSequence() => Changes.NextSequence++;

    /// <summary>Takes over an operation of the group which succeeded.</summary>
    public void Absorb(JobsTransaction operation)
    {
        Changes.Absorb(operation.Changes);
        Events.AddRange(operation.Events);
        foreach (var (jobId, sequence) in operation._jobIds)
        {
            _jobIds[jobId] = sequence;
        }
        foreach (var (name, sequence) in operation._groupNames)
        {
            _groupNames[name] = sequence;
        }
        foreach (var (thing, pending) in operation._pending)
        {
            _pending[thing] = pending;
        }
    }

    // Jobs

    public Job Job(string jobId) => FindJob(jobId) ?? throw JobsException.NotFound($"There is no job {jobId}.");

    public Job? FindJob(string jobId)
    {
        for (var scope = this; scope is not null; scope = scope._group)
        {
            if (scope._jobIds.TryGetValue(jobId, out var sequence))
            {
                return FindJob(sequence);
            }
        }
        return _memory.FindJob(jobId) is { } entry ? FindJob(entry.Job.Sequence) : null;
    }

    public Job? FindJob(long sequence) => Latest(changes => changes.Jobs, sequence, () => _memory.FindJob(sequence)?.Job);

    public JobProgress Progress(Job job) => Progress(job.Sequence);

    public JobProgress Progress(long jobSequence) =>
        Latest(changes => changes.Progress, jobSequence, () => _memory.FindJob(jobSequence)?.Progress) ?? new(jobSequence);

    public string Document(Job job)
    {
        if (Changes.Documents.TryGetValue(job.Sequence, out var own))
        {
            return own ?? "";
        }
        if (_memory.Documents.Find(job.Sequence) is { } cached)
        {
            return cached;
        }
        var document = _group?.Changes.Documents.GetValueOrDefault(job.Sequence) ?? Store.FindDocument(job.Sequence)
            ?? throw new InvalidOperationException($"Job {job.JobId} has no document in the store.");
        _memory.Documents.Set(job.Sequence, document);
        return document;
    }

    public void Create(Job job, JobProgress progress, string document)
    {
        _jobIds[job.JobId] = job.Sequence;
        Changes.Documents[job.Sequence] = document;
        JobsChanges.Put(Changes.Progress, job.Sequence, null, progress);
        Save(null, job, "created");
    }

    /// <summary>Saves a job with the record of the change.</summary>
    /// <param name="what">The change in a word, such as <c>canceled</c>.</param>
    public void Save(Job? before, Job after, string what, string? details = null)
    {
        JobsChanges.Put(Changes.Jobs, after.Sequence, before, after);
        Record(new(after.Sequence, NextSequence(), Now, Caller.Name, what, before?.Status, after.Status, details));
        Events.Add(new JobChanged(Now, after.JobId, after, Progress(after)));
    }

    public void Save(JobProgress after)
    {
        var before = Progress(after.JobSequence);
        if (before != after)
        {
            JobsChanges.Put(Changes.Progress, after.JobSequence, before, after);
        }
    }

    /// <summary>The job is gone, with its document and progress; its executions must be gone already (J9).</summary>
    public void Delete(Job job)
    {
        JobsChanges.Put(Changes.Jobs, job.Sequence, job, null);
        JobsChanges.Put(Changes.Progress, job.Sequence, Progress(job), null);
        Changes.Documents[job.Sequence] = null;
        Record(new(job.Sequence, NextSequence(), Now, Caller.Name, "deleted", job.Status, null));
        Events.Add(new JobChanged(Now, job.JobId, null, null));
    }

    public void Record(JobHistoryRecord record) => Changes.History.Add(record);

    // Executions

    /// <summary>The pending executions of a thing, in pending order, those of jobs which are going away left out.</summary>
    public ImmutableArray<JobExecution> VisiblePending(Thing thing) =>
        [.. Pending(thing).Where(execution => FindJob(execution.JobSequence) is { } job && !Sweeping.IsHidden(job, execution))];

    public ImmutableArray<JobExecution> Pending(Thing thing)
    {
        if (_pending.TryGetValue(thing.Sequence, out var own))
        {
            return own;
        }
        var pending = _group?.Pending(thing) ?? Committed(thing).Pending;
        foreach (var (before, after) in Changes.Executions.Values)
        {
            if ((after ?? before)!.ThingSequence == thing.Sequence)
            {
                pending = PendingOrder.Replace(pending, before, after);
            }
        }
        _pending[thing.Sequence] = pending;
        return pending;
    }

    /// <summary>All executions of a job on a thing, the highest number first.</summary>
    public IEnumerable<JobExecution> ExecutionsOf(Job job, Thing thing)
    {
        if (Pending(thing).FirstOrDefault(e => e.JobSequence == job.Sequence) is { } pending)
        {
            var swept = Sweeping.Apply(job, Progress(job), pending);
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

    /// <summary>The highest number which an execution of this job and thing ever had; 0 when there was none.</summary>
    public long HighestNumber(Job job, Thing thing)
    {
        var highest = ExecutionsOf(job, thing).FirstOrDefault()?.Number ?? 0;
        var key = (job.Sequence, thing.Sequence);
        var deleted = Changes.DeletedNumbers.GetValueOrDefault(key) ?? _group?.Changes.DeletedNumbers.GetValueOrDefault(key)
            ?? Store.FindDeletedNumber(job.Sequence, thing.Sequence) ?? 0;
        return Math.Max(highest, deleted);
    }

    /// <summary>Keeps the number of an execution that is about to be deleted from being given again.</summary>
    public void DeleteNumber(Job job, Thing thing, long number)
    {
        if (number == HighestNumber(job, thing))
        {
            Changes.DeletedNumbers[(job.Sequence, thing.Sequence)] = number;
        }
    }

    /// <summary>The execution as this transaction sees it, given what the store holds; null when deleted.</summary>
    public JobExecution? Current(JobExecution stored) =>
        Latest(changes => changes.Executions, stored.Key, () => stored);

    /// <summary>Saves an execution with its counters, and what follows from it: abort, retry, completion of its job.</summary>
    /// <param name="before">Null for a new one.</param>
    /// <param name="after">Null for a deleted one.</param>
    public void Save(JobExecution? before, JobExecution? after)
    {
        var execution = (after ?? before)!;
        JobsChanges.Put(Changes.Executions, execution.Key, before, after);
        var progress = Progress(execution.JobSequence);
        var counts = progress.Counts;
        if (before?.Status != after?.Status || before is null || after is null)
        {
            counts = before is null ? counts : counts.Add(before.Status, -1);
            counts = after is null ? counts : counts.Add(after.Status, 1);
            Save(progress with { Counts = counts });
        }
        Events.Add(new ExecutionChanged(Now, before, after));
        if (_pending.TryGetValue(execution.ThingSequence, out var pending))
        {
            _pending[execution.ThingSequence] = PendingOrder.Replace(pending, before, after);
        }
        if (after is null || after.HasEnded)
        {
            Outcome.Follow(this, execution.JobSequence, after);
        }
    }

    // Things and groups

    public Thing Thing(string name) => FindThing(name) ?? throw JobsException.NotFound($"There is no thing {name}.");

    public Thing? FindThing(string name) => Latest(changes => changes.Things, name, () => FindCommitted(name)?.Thing);

    public void Save(Thing? before, Thing after) => JobsChanges.Put(Changes.Things, after.Name, before, after);

    public void Delete(Thing thing)
    {
        JobsChanges.Put(Changes.Things, thing.Name, thing, null);
        _pending.Remove(thing.Sequence);
    }

    public GroupMember? FindMember(long groupSequence, string thingName)
    {
        for (var scope = this; scope is not null; scope = scope._group)
        {
            if (scope.Changes.Members.TryGetValue((groupSequence, thingName), out var member))
            {
                return member;
            }
        }
        return Store.FindMember(groupSequence, thingName);
    }

    public ThingGroup Group(string name) => FindGroup(name) ?? throw JobsException.NotFound($"There is no thing group {name}.");

    public ThingGroup? FindGroup(string name)
    {
        for (var scope = this; scope is not null; scope = scope._group)
        {
            if (scope._groupNames.TryGetValue(name, out var sequence))
            {
                return FindGroup(sequence) is { DeletedAt: null } group ? group : null;
            }
        }
        return _memory.FindGroup(name) is { } found && FindGroup(found.Sequence) is { DeletedAt: null } live ? live : null;
    }

    /// <summary>The group of this sequence; also one that was deleted while its memberships are being cleared.</summary>
    public ThingGroup? FindGroup(long sequence) =>
        Latest(changes => changes.Groups, sequence, () => _memory.FindGroup(sequence));

    public void Save(ThingGroup? before, ThingGroup after)
    {
        _groupNames[after.Name] = after.Sequence;
        JobsChanges.Put(Changes.Groups, after.Sequence, before, after);
    }

    public void Delete(ThingGroup group) => JobsChanges.Put(Changes.Groups, group.Sequence, group, null);

    private CachedThing Committed(Thing thing)
    {
        var committed = FindCommitted(thing.Name);
        if (committed?.Thing.Sequence != thing.Sequence)
        {
            return new(thing, []); // Made in this commit: it has no executions but those of this commit, which Save keeps.
        }
        if (committed.Pending.IsDefault)
        {
            committed = committed with { Pending = ReadPending(thing.Sequence) };
            _memory.Things.Set(committed);
        }
        return committed;
    }

    private CachedThing? FindCommitted(string name)
    {
        if ((_store is null ? _memory.Things.Find(name) : _memory.Things.Use(name)) is { } cached)
        {
            return cached;
        }
        if (Store.FindThing(name) is not { } thing)
        {
            return null;
        }
        cached = new(thing, default);
        _memory.Things.Set(cached);
        return cached;
    }

    private ImmutableArray<JobExecution> ReadPending(long thingSequence) =>
        [.. ReadExecutionsOfThing(thingSequence, DateTimeOffset.MinValue).Where(e => !e.HasEnded).Order(PendingOrder.Comparer)];

    private IEnumerable<JobExecution> EndedExecutionsOf(Job job, Thing thing)
    {
        // A job's executions are queued after it was created: that bounds how far back the thing's own list is read.
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
            foreach (var change in scope.Changes.Executions.Values)
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
        const int page = 100;
        ThingExecutionKey? after = null;
        while (true)
        {
            var executions = Store.ReadExecutionsOfThing(thingSequence, after, queuedFrom, page);
            foreach (var execution in executions)
            {
                yield return execution;
            }
            if (executions.Count < page)
            {
                yield break;
            }
            after = executions[^1].ThingKey;
        }
    }

    private T? Latest<TKey, T>(Func<JobsChanges, Dictionary<TKey, Change<T>>> changed, TKey key, Func<T?> committed)
        where TKey : notnull
        where T : class
    {
        for (var scope = this; scope is not null; scope = scope._group)
        {
            if (changed(scope.Changes).TryGetValue(key, out var change))
            {
                return change.After;
            }
        }
        return committed();
    }
}

/// <summary>Memory does not hold what is asked for: the question goes to the store's thread.</summary>
internal sealed class StoreNeededException : Exception
{
    public static StoreNeededException Instance { get; } = new();
}
