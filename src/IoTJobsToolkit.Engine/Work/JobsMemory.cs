using System.Collections.Concurrent;
using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>
/// What every second call needs, as of the last commit: all jobs, all groups, the things used last.
/// Any thread reads, without locks: every record is immutable. Only the store's thread writes, after a commit.
/// </summary>
internal sealed partial class JobsMemory
{
    private readonly ConcurrentDictionary<string, JobEntry> _jobsById = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, JobEntry> _jobs = [];
    private readonly int[] _jobsInStatus = new int[Enum.GetValues<JobStatus>().Length];
    private readonly long[] _executionsInStatus = new long[Enum.GetValues<JobExecutionStatus>().Length];
    private readonly SortedSet<(DateTimeOffset CreatedAt, long Sequence)> _unfinished = [];
    private volatile ImmutableSortedSet<JobListKey> _jobOrder = [];
    private readonly HashSet<long> _snapshots = [];
    private readonly HashSet<long> _postponed = [];
    private readonly ContinuousJobs _continuous = new();
    private readonly SortedSet<(DateTimeOffset Since, long Sequence)> _inactive = [];
    private readonly SortedSet<(DateTimeOffset At, long Sequence)> _scheduled = [];
    private readonly Dictionary<long, HashSet<long>> _dependents = [];
    private long _firstDeadline = long.MaxValue;
    private long _firstChange = long.MaxValue;
    private long _firstInactive = long.MaxValue;
    private long _credentialsVersion;
    private int _concurrent;
    private int _retentionDays;

    public JobsMemory(StoreContents contents, JobsSettings settings)
    {
        Things = new(settings.CachedThings);
        NextSequence = contents.NextSequence;
        FirstDeadline = contents.FirstDeadline;
        EventConfigurations = contents.EventConfigurations ?? EventConfigurations.AllOff;
        RetentionDays = contents.RetentionDays;
        var progress = contents.Progress.ToDictionary(p => p.JobSequence);
        foreach (var job in contents.Jobs)
        {
            var entry = new JobEntry(job, progress.GetValueOrDefault(job.Sequence) ?? new(job.Sequence));
            _jobs[job.Sequence] = entry;
            if (job.PurgedAt is null)
            {
                _jobsById[job.JobId] = entry;
                _jobsInStatus[(int)job.Status]++;
            }
            Keep(null, entry);
        }
        _jobOrder = [.. contents.Jobs.Where(job => job.PurgedAt is null).Select(JobListKey.Of)];
        Templates = new(contents.Templates);
        AccessKeys = new(contents.AccessKeys);
        Accounts = new(contents.Accounts);
        Notifications = new(contents.NotificationRules, contents.NotificationDeliveries);
        Connectivity = new(contents.ConnectivityRuns);
        foreach (var group in contents.Groups)
        {
            SetGroup(null, group);
        }
    }

    public ThingCache Things { get; }

    public DocumentCache Documents { get; } = new();

    public GroupsMemory Registry { get; } = new();

    public EventConfigurations EventConfigurations { get; private set; }

    /// <summary>What the database was told last; null where nobody ever said.</summary>
    public int? RetentionDays
    {
        get => Volatile.Read(ref _retentionDays) is var days and > 0 ? days : null;
        private set => Volatile.Write(ref _retentionDays, value ?? 0);
    }

    /// <summary>For the store's thread.</summary>
    public ToldPending Told { get; } = new();

    public TemplateShelf Templates { get; }

    public AccessKeyShelf AccessKeys { get; }

    public AccountShelf Accounts { get; }

    public NotificationShelf Notifications { get; }

    public ConnectivityMemory Connectivity { get; }

    /// <summary>Grows with every change that may take a device's credential from it.</summary>
    public long CredentialsVersion => Volatile.Read(ref _credentialsVersion);

    /// <summary>Jobs and deleted groups with background work; for the store's thread.</summary>
    public DueWork Due { get; } = new();

    public ImmutableSortedSet<JobListKey> JobOrder => _jobOrder;

    public long NextSequence { get; private set; }

    /// <summary>The earliest deadline of a running execution; null when no timer runs.</summary>
    public DateTimeOffset? FirstDeadline
    {
        get => TimeOf(ref _firstDeadline);
        set => Volatile.Write(ref _firstDeadline, value?.UtcTicks ?? long.MaxValue);
    }

    /// <summary>When the schedule of some job changes next; null when none will.</summary>
    public DateTimeOffset? FirstChange => TimeOf(ref _firstChange);

    /// <summary>When the job that ended longest ago did; null when none has.</summary>
    public DateTimeOffset? FirstInactive => TimeOf(ref _firstInactive);

    /// <summary>Jobs whose schedule is due to change, earliest first; for the store's thread.</summary>
    public IEnumerable<(DateTimeOffset At, long Sequence)> Scheduled => _scheduled;

    /// <summary>Jobs which have ended, longest ago first, for the store's thread.</summary>
    public IEnumerable<(DateTimeOffset Since, long Sequence)> Inactive => _inactive;

    /// <summary>Jobs which are being rolled out or canceled.</summary>
    public int ConcurrentJobs => Volatile.Read(ref _concurrent);

    public JobEntry? FindJob(string jobId) => _jobsById.GetValueOrDefault(jobId);

    public JobEntry? FindJob(long sequence) => _jobs.GetValueOrDefault(sequence);

    public int CountJobs(JobStatus status) => Volatile.Read(ref _jobsInStatus[(int)status]);

    public long CountExecutions(JobExecutionStatus status) => Interlocked.Read(ref _executionsInStatus[(int)status]);

    /// <summary>The jobs which anybody sees, each id once.</summary>
    public IEnumerable<JobEntry> VisibleJobs => _jobsById.Select(job => job.Value);

    public IEnumerable<JobEntry> Jobs => _jobs.Select(job => job.Value);

    /// <summary>Creation of the oldest job which may have pending executions; null when none has. For the store's thread.</summary>
    public DateTimeOffset? OldestUnfinished => _unfinished.Count > 0 ? _unfinished.Min.CreatedAt : null;

    /// <summary>SNAPSHOT jobs whose rollout has not finished; for the store's thread.</summary>
    public IEnumerable<JobEntry> RollingOutSnapshots => _snapshots.Select(FindJob).Select(entry => entry!);

    /// <summary>Sequences of the jobs with joins or retries which wait for a maintenance window; for the store's thread.</summary>
    public IEnumerable<long> WithPostponed => _postponed;

    public bool HasContinuousJobs => _continuous.Any;

    /// <summary>Sequences of the CONTINUOUS jobs which target a group and have not ended; for the store's thread.</summary>
    public IEnumerable<long> ContinuousJobs(long groupSequence) => _continuous.Of(groupSequence);

    /// <summary>Sequences of the jobs which have not ended and depend on one, in the order of creation; for the store's thread.</summary>
    public IReadOnlyList<long> DependentsOf(long jobSequence) => _dependents.TryGetValue(jobSequence, out var dependents) ? [.. dependents.Order()] : [];

    public ThingGroup? FindGroup(string name) => Registry.Find(name);

    public ThingGroup? FindGroup(long sequence) => Registry.Find(sequence);

    public IEnumerable<ThingGroup> Groups => Registry.Groups;

    /// <summary>Sequences of the direct children, deleted ones included while their members are being cleared.</summary>
    public ImmutableSortedSet<long> Children(long groupSequence) => Registry.Children(groupSequence);

    /// <summary>Takes over what was committed.</summary>
    public void Publish(JobsChanges changes)
    {
        NextSequence = Math.Max(NextSequence, changes.NextSequence);
        EventConfigurations = changes.EventConfigurations ?? EventConfigurations;
        RetentionDays = changes.RetentionDays ?? RetentionDays;
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
        AccessKeys.Publish(changes.AccessKeys);
        Accounts.Publish(changes.Accounts);
        Notifications.Publish(changes);
        Connectivity.Publish(changes);
        if (changes.ThingCredentials.Values.Any(credential => credential is not { RevokedAt: null }) || changes.DeletedThings.Any())
        {
            Interlocked.Increment(ref _credentialsVersion);
        }
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
        if (before is { PurgedAt: null })
        {
            order = order.Remove(JobListKey.Of(before));
            Interlocked.Decrement(ref _jobsInStatus[(int)before.Status]);
            if (after is not { PurgedAt: null })
            {
                _jobsById.TryRemove(before.JobId, out _);
            }
        }
        if (after is { PurgedAt: null })
        {
            order = order.Add(JobListKey.Of(after));
            Interlocked.Increment(ref _jobsInStatus[(int)after.Status]);
        }
        if (after is not null)
        {
            SetEntry(new(after, progress ?? _jobs.GetValueOrDefault(after.Sequence)?.Progress ?? new(after.Sequence)));
        }
        else if (before is not null && _jobs.TryRemove(before.Sequence, out var gone))
        {
            Keep(gone, null);
        }
        _jobOrder = order;
    }

    private void SetEntry(JobEntry entry)
    {
        var before = _jobs.GetValueOrDefault(entry.Job.Sequence);
        _jobs[entry.Job.Sequence] = entry;
        if (entry.Job.PurgedAt is null)
        {
            _jobsById[entry.Job.JobId] = entry;
        }
        Keep(before, entry);
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
        Registry.Set(before, after);
        Due.Set((after ?? before)!.Sequence, after is null ? null : after.DeletedAt ?? after.BuildingSince);
    }
}
