using System.Collections.Concurrent;
using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>A job with its progress, as of one commit.</summary>
internal sealed record JobEntry(Job Job, JobProgress Progress);

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

/// <summary>
/// What every second call needs, as of the last commit: all jobs, all groups, the things used last.
/// Any thread reads, without locks: every record is immutable. Only the store's thread writes, after a commit.
/// </summary>
internal sealed class JobsMemory
{
    private readonly ConcurrentDictionary<string, JobEntry> _jobsById = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, JobEntry> _jobs = [];
    private readonly ConcurrentDictionary<string, ThingGroup> _groupsByName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, ThingGroup> _groups = [];
    private readonly ConcurrentDictionary<long, ImmutableSortedSet<long>> _children = [];
    private readonly int[] _jobsInStatus = new int[Enum.GetValues<JobStatus>().Length];
    private readonly SortedSet<(DateTimeOffset CreatedAt, long Sequence)> _unfinished = [];
    private volatile ImmutableSortedSet<JobListKey> _jobOrder = [];
    private long _firstDeadline = long.MaxValue;

    public JobsMemory(StoreContents contents, JobsSettings settings)
    {
        Things = new(settings.CachedThings);
        NextSequence = contents.NextSequence;
        FirstDeadline = contents.FirstDeadline;
        var progress = contents.Progress.ToDictionary(p => p.JobSequence);
        foreach (var job in contents.Jobs)
        {
            var entry = new JobEntry(job, progress.GetValueOrDefault(job.Sequence) ?? new(job.Sequence));
            _jobs[job.Sequence] = entry;
            _jobsById[job.JobId] = entry;
            _jobsInStatus[(int)job.Status]++;
            Keep(entry);
        }
        _jobOrder = [.. contents.Jobs.Select(JobListKey.Of)];
        Templates = new(contents.Templates);
        foreach (var group in contents.Groups)
        {
            SetGroup(null, group);
        }
    }

    public ThingCache Things { get; }

    public DocumentCache Documents { get; } = new();

    public TemplateShelf Templates { get; }

    /// <summary>Jobs and deleted groups with background work; for the store's thread.</summary>
    public DueWork Due { get; } = new();

    public ImmutableSortedSet<JobListKey> JobOrder => _jobOrder;

    public long NextSequence { get; private set; }

    /// <summary>The earliest deadline of a running execution; null when no timer runs.</summary>
    public DateTimeOffset? FirstDeadline
    {
        get
        {
            var ticks = Volatile.Read(ref _firstDeadline);
            return ticks == long.MaxValue ? null : new(ticks, TimeSpan.Zero);
        }
        set => Volatile.Write(ref _firstDeadline, value?.UtcTicks ?? long.MaxValue);
    }

    public JobEntry? FindJob(string jobId) => _jobsById.GetValueOrDefault(jobId);

    public JobEntry? FindJob(long sequence) => _jobs.GetValueOrDefault(sequence);

    public int CountJobs(JobStatus status) => Volatile.Read(ref _jobsInStatus[(int)status]);

    public IEnumerable<JobEntry> Jobs => _jobs.Select(job => job.Value);

    /// <summary>Creation of the oldest job which may have pending executions; null when none has. For the store's thread.</summary>
    public DateTimeOffset? OldestUnfinished => _unfinished.Count > 0 ? _unfinished.Min.CreatedAt : null;

    /// <summary>Jobs whose rollout has not finished; for the store's thread.</summary>
    public IEnumerable<JobEntry> RollingOut =>
        Due.Sequences.Select(FindJob).Where(entry => entry?.Progress.Rollout is not null).Select(entry => entry!);

    public ThingGroup? FindGroup(string name) => _groupsByName.GetValueOrDefault(name);

    public ThingGroup? FindGroup(long sequence) => _groups.GetValueOrDefault(sequence);

    public IEnumerable<ThingGroup> Groups => _groupsByName.Select(group => group.Value);

    /// <summary>Sequences of the direct children, deleted ones included while their members are being cleared.</summary>
    public ImmutableSortedSet<long> Children(long groupSequence) => _children.GetValueOrDefault(groupSequence, []);

    /// <summary>Takes over what was committed.</summary>
    public void Publish(JobsChanges changes)
    {
        NextSequence = Math.Max(NextSequence, changes.NextSequence);
        foreach (var (_, change) in changes.Groups)
        {
            SetGroup(change.Before, change.After);
        }
        foreach (var (name, change) in changes.Things)
        {
            // A new thing has nothing pending, also when it has the name of one that was there.
            var pending = change.After?.Sequence == change.Before?.Sequence ? Things.Find(name)?.Pending ?? default : [];
            Things.Replace(name, change.After is { } thing ? new(thing, pending) : null);
        }
        Templates.Publish(changes.Templates);
        SetExecutions(changes.Executions);
        foreach (var (sequence, text) in changes.Documents)
        {
            if (text is null)
            {
                Documents.Remove(sequence);
            }
            else
            {
                Documents.Set(sequence, text);
            }
        }
        foreach (var (sequence, change) in changes.Jobs)
        {
            SetJob(change.Before, change.After, changes.Progress.TryGetValue(sequence, out var progress) ? progress.After : null);
        }
        foreach (var (sequence, change) in changes.Progress)
        {
            if (change.After is { } progress && !changes.Jobs.ContainsKey(sequence) && _jobs.TryGetValue(sequence, out var entry))
            {
                SetEntry(entry with { Progress = progress });
            }
        }
    }

    private void SetJob(Job? before, Job? after, JobProgress? progress)
    {
        var order = _jobOrder;
        if (before is not null)
        {
            order = order.Remove(JobListKey.Of(before));
            Interlocked.Decrement(ref _jobsInStatus[(int)before.Status]);
        }
        if (after is not null)
        {
            order = order.Add(JobListKey.Of(after));
            Interlocked.Increment(ref _jobsInStatus[(int)after.Status]);
            SetEntry(new(after, progress ?? _jobs.GetValueOrDefault(after.Sequence)?.Progress ?? new(after.Sequence)));
        }
        else if (before is not null)
        {
            _jobs.TryRemove(before.Sequence, out _);
            _jobsById.TryRemove(before.JobId, out _);
            _unfinished.Remove((before.CreatedAt, before.Sequence));
            Due.Set(before.Sequence, null);
        }
        _jobOrder = order;
    }

    private void SetEntry(JobEntry entry)
    {
        _jobs[entry.Job.Sequence] = entry;
        _jobsById[entry.Job.JobId] = entry;
        Keep(entry);
    }

    private void Keep(JobEntry entry)
    {
        Due.Set(entry.Job.Sequence, entry.Progress.DueAt);
        var key = (entry.Job.CreatedAt, entry.Job.Sequence);
        if (entry.Job.HasEnded && entry.Progress.Counts.Pending == 0)
        {
            _unfinished.Remove(key);
        }
        else
        {
            _unfinished.Add(key);
        }
    }

    /// <summary>Each thing's pending executions change at once, so that nobody sees one gone and the next not there yet.</summary>
    private void SetExecutions(Dictionary<ExecutionKey, Change<JobExecution>> changes)
    {
        var cached = new Dictionary<string, CachedThing>(StringComparer.Ordinal);
        foreach (var (before, after) in changes.Values)
        {
            var execution = (after ?? before)!;
            if (after?.Deadline is { } deadline && !(FirstDeadline <= deadline))
            {
                FirstDeadline = deadline;
            }
            if ((cached.GetValueOrDefault(execution.ThingName) ?? Things.Find(execution.ThingName)) is { Pending.IsDefault: false } thing &&
                thing.Thing.Sequence == execution.ThingSequence)
            {
                cached[execution.ThingName] = thing with { Pending = PendingOrder.Replace(thing.Pending, before, after) };
            }
        }
        foreach (var (name, thing) in cached)
        {
            Things.Replace(name, thing);
        }
    }

    private void SetGroup(ThingGroup? before, ThingGroup? after)
    {
        var group = (after ?? before)!;
        if (group.ParentSequence is { } parent)
        {
            var children = Children(parent);
            _children[parent] = after is null ? children.Remove(group.Sequence) : children.Add(group.Sequence);
        }
        if (after is null)
        {
            _groups.TryRemove(group.Sequence, out _);
            Due.Set(group.Sequence, null);
            return;
        }
        _groups[after.Sequence] = after;
        if (after.DeletedAt is null)
        {
            _groupsByName[after.Name] = after;
        }
        else
        {
            if (before is not null)
            {
                _groupsByName.TryRemove(new(before.Name, before));
            }
            Due.Set(after.Sequence, after.DeletedAt);
        }
    }
}
