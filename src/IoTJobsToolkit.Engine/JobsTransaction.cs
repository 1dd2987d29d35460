using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine;

/// <summary>
/// What one operation sees and changes: its own changes first, then those of the group it commits with, then what is committed.
/// An operation which throws leaves nothing behind. This part holds the jobs; executions and the registry have files of their own.
/// </summary>
internal sealed partial class JobsTransaction
{
    private readonly JobsMemory _memory;
    private readonly IJobsStore? _store;
    private readonly JobsTransaction? _group;
    private JobsChanges? _changes;

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
    }

    public JobsSettings Settings { get; }

    public JobsServices Services { get; }

    public Caller Caller { get; }

    /// <summary>The instant of the operation; while a timer is worked off, the instant at which it ran out.</summary>
    public DateTimeOffset Now { get; private set; }

    public JobsChanges Changes => _changes ??= new() { NextSequence = _group is null ? _memory.NextSequence : 0 };

    public bool HasChanges => _changes is { IsEmpty: false };

    public List<JobsEvent> Events => field ??= [];

    public JobsMemory Memory => _memory;

    /// <summary>For how long what has ended is kept.</summary>
    public TimeSpan Retention => TimeSpan.FromDays(JobsEngine.RetentionDaysOf(Settings, _memory));

    public IJobsStore Store => _store ?? throw StoreNeededException.Instance;

    public EventConfigurations EventConfigurations
    {
        get
        {
            for (var scope = this; scope is not null; scope = scope._group)
            {
                if (scope._changes?.EventConfigurations is { } changed)
                {
                    return changed;
                }
            }
            return _memory.EventConfigurations;
        }
    }

    public bool HasLimits => Settings.Limits == LimitsProfile.Aws;

    /// <summary>Numbers are given once in a commit, also where an operation is refused after it took one.</summary>
    public long NextSequence() => _group?.NextSequence() ?? Changes.NextSequence++;

    /// <summary>Takes over an operation of the group which succeeded.</summary>
    public void Absorb(JobsTransaction operation)
    {
        if (operation._changes is not { } changes)
        {
            return;
        }
        AddDifferences(operation, operation);
        Changes.Absorb(changes);
        Events.AddRange(operation.Events);
        foreach (var (thing, pending) in operation._pending)
        {
            _pending[thing] = pending;
        }
    }

    public Job Job(string jobId) => FindJob(jobId) ?? throw JobsException.NotFound($"There is no job {jobId}.");

    /// <summary>A job with its progress, both of the same commit.</summary>
    public JobEntry Entry(string jobId) => FindEntry(jobId) ?? throw JobsException.NotFound($"There is no job {jobId}.");

    public Job? FindJob(string jobId) => FindEntry(jobId)?.Job;

    public Job? FindJob(long sequence)
    {
        for (var scope = this; scope is not null; scope = scope._group)
        {
            if (scope._changes is { } changes && changes.Jobs.TryGetValue(sequence, out var change))
            {
                return change.After;
            }
        }
        return _memory.FindJob(sequence)?.Job;
    }

    public JobProgress Progress(Job job) => Progress(job.Sequence);

    public JobProgress Progress(long jobSequence) =>
        ChangedProgress(jobSequence) ?? _memory.FindJob(jobSequence)?.Progress ?? new(jobSequence);

    public string Document(Job job)
    {
        if (_changes?.Documents.GetValueOrDefault(job.Sequence) is { } own)
        {
            return own;
        }
        if (_memory.Documents.Find(job.Sequence) is { } cached)
        {
            return cached;
        }
        var document = Store.FindDocument(job.Sequence)
            ?? throw new InvalidOperationException($"Job {job.JobId} has no document in the store.");
        _memory.Documents.Set(job.Sequence, document);
        return document;
    }

    public void Create(Job job, JobProgress progress, string document)
    {
        Changes.Documents[job.Sequence] = document;
        JobsChanges.Put(Changes.Progress, job.Sequence, null, progress);
        Save(null, job, "created", job.RestartOf is { } earlier ? $"restart of {earlier}" : progress.Approval is null ? null : "awaits approval");
    }

    /// <summary>Saves a job with the record of the change.</summary>
    /// <param name="what">The change in a word, such as <c>canceled</c>.</param>
    public void Save(Job? before, Job after, string what, string? details = null)
    {
        JobsChanges.Put(Changes.Jobs, after.Sequence, before, after);
        Record(new(after.Sequence, NextSequence(), Now, Caller.Name, what, before?.Status, after.Status, details));
        Events.Add(new JobChanged(Now, after.JobId, after, Progress(after)));
        if (before?.CanBeUpdated == true && !after.CanBeUpdated)
        {
            Dependencies.Follow(this, after);
        }
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
        if (job.PurgedAt is null)
        {
            Events.Add(new JobChanged(Now, job.JobId, null, null));
        }
    }

    /// <summary>Retention takes the job: from now on nobody sees it (jobs-reference 16.3).</summary>
    public void Purge(Job job, DateTimeOffset at)
    {
        JobsChanges.Put(Changes.Jobs, job.Sequence, job, job with { PurgedAt = at });
        Events.Add(new JobChanged(Now, job.JobId, null, null));
    }

    /// <summary>Tells of a job what AWS tells of it, where the installation publishes that (mqtt-api 8.1).</summary>
    public void Raise(JobEventStatus status, Job job)
    {
        if (EventConfigurations.Enabled.Contains(EventType.JOB))
        {
            var at = status == JobEventStatus.COMPLETED ? job.CompletedAt ?? Now : Now;
            Events.Add(new JobEvent(at, NextEventId(), status, job, Progress(job).Counts));
        }
    }

    public void Record(JobHistoryRecord record) => Changes.History.Add(record);

    private string NextEventId() => Settings.ResourceId("event", NextSequence());

    private JobEntry? FindEntry(string jobId)
    {
        if (_memory.FindJob(jobId) is not { } committed)
        {
            return null;
        }
        var sequence = committed.Job.Sequence;
        var progress = ChangedProgress(sequence);
        return FindJob(sequence) switch
        {
            null when _changes is null && _group is null => committed, // It went away from memory between the two looks.
            null or { PurgedAt: not null } => null,
            var job when progress is null && (_changes is null && _group is null || ReferenceEquals(job, committed.Job)) => committed,
            var job => new(job, progress ?? committed.Progress),
        };
    }

    private JobProgress? ChangedProgress(long jobSequence)
    {
        for (var scope = this; scope is not null; scope = scope._group)
        {
            if (scope._changes is { } changes && changes.Progress.TryGetValue(jobSequence, out var change))
            {
                return change.After;
            }
        }
        return null;
    }
}

/// <summary>Memory does not hold what is asked for: the question goes to the store's thread.</summary>
internal sealed class StoreNeededException : Exception
{
    public static StoreNeededException Instance { get; } = new();
}
