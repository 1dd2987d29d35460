using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Templates;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Storage;

/// <summary>A store which lasts as long as its object: for tests, and to keep the port honest.</summary>
public sealed partial class InMemoryJobsStore : IJobsStore
{
    private readonly Dictionary<long, Job> _jobs = [];
    private readonly Dictionary<long, JobProgress> _progress = [];
    private readonly Dictionary<long, string> _documents = [];
    private readonly Dictionary<long, ThingGroup> _groups = [];
    private readonly Dictionary<long, JobTemplate> _templates = [];
    private readonly Dictionary<long, AccessKey> _accessKeys = [];
    private readonly Dictionary<long, Account> _accounts = [];
    private readonly Dictionary<long, NotificationRule> _notificationRules = [];
    private readonly Dictionary<long, NotificationDelivery> _notificationDeliveries = [];
    private readonly SortedDictionary<string, Thing> _things = new(StringComparer.Ordinal);
    private readonly Pages<(long Group, string Thing), GroupMember> _members = new(
        (x, y) => x.Group != y.Group ? x.Group.CompareTo(y.Group) : string.CompareOrdinal(x.Thing, y.Thing));

    private readonly Pages<(long Job, int Target, string Thing), SnapshotLeaver> _leavers = new(
        (x, y) => x.Job != y.Job ? x.Job.CompareTo(y.Job)
            : x.Target != y.Target ? x.Target.CompareTo(y.Target)
            : string.CompareOrdinal(x.Thing, y.Thing));

    private readonly Pages<ExecutionKey, JobExecution> _executions = new((x, y) => x.CompareTo(y));
    private readonly Pages<(long Thing, ThingExecutionKey Key, long Sequence), JobExecution> _executionsOfThings = new(
        (x, y) => x.Thing != y.Thing ? x.Thing.CompareTo(y.Thing)
            : x.Key != y.Key ? x.Key.CompareTo(y.Key)
            : x.Sequence.CompareTo(y.Sequence));

    private readonly Pages<(DateTimeOffset Deadline, long Sequence), JobExecution> _timers = new((x, y) => x.CompareTo(y));
    private readonly Pages<(long Job, string Thing), PostponedExecution> _postponed = new(
        (x, y) => x.Job != y.Job ? x.Job.CompareTo(y.Job) : string.CompareOrdinal(x.Thing, y.Thing));

    private readonly Pages<(long Thing, string Id), ThingCredential> _thingCredentials = new(
        (x, y) => x.Thing != y.Thing ? x.Thing.CompareTo(y.Thing) : string.CompareOrdinal(x.Id, y.Id));

    private readonly Pages<(DateTimeOffset At, long Job), GoneJob> _gone = new((x, y) => x.CompareTo(y));
    private readonly Dictionary<(long Job, long Thing), DeletedNumber> _deletedNumbers = [];
    private readonly Pages<(long Job, long Sequence), JobHistoryRecord> _history = new((x, y) => x.CompareTo(y));
    private EventConfigurations? _eventConfigurations;
    private int? _retentionDays;
    private ClockState? _clock;
    private long _nextSequence = 1;

    public StoreContents Load() => new(
        [.. _jobs.Values], [.. _progress.Values], [.. _groups.Values], _nextSequence, _timers.First?.Deadline)
    {
        EventConfigurations = _eventConfigurations,
        RetentionDays = _retentionDays,
        Clock = _clock,
        Templates = [.. _templates.Values],
        AccessKeys = [.. _accessKeys.Values],
        Accounts = [.. _accounts.Values],
        NotificationRules = [.. _notificationRules.Values],
        NotificationDeliveries = [.. _notificationDeliveries.Values],
        ConnectivityRuns = [.. _connectivityRuns.Values],
    };

    public string? FindDocument(long jobSequence) => _documents.GetValueOrDefault(jobSequence);

    public Thing? FindThing(string name) => _things.GetValueOrDefault(name);

    public IReadOnlyList<Thing> ReadThings(string? after, int take) =>
        [.. _things.Values.Where(thing => after is null || string.CompareOrdinal(thing.Name, after) > 0).Take(take)];

    public IReadOnlyList<GroupMember> ReadMembers(long groupSequence, string? after, int take) =>
        _members.Read((groupSequence, after ?? ""), key => key.Group == groupSequence, take);

    public GroupMember? FindMember(long groupSequence, string thingName) => _members.Find((groupSequence, thingName));

    public IReadOnlyList<SnapshotLeaver> ReadLeavers(long jobSequence, int target, string? after, int take) =>
        _leavers.Read((jobSequence, target, after ?? ""), key => key.Job == jobSequence && key.Target == target, take);

    public IReadOnlyList<JobExecution> ReadExecutions(long jobSequence, ExecutionKey? after, int take) =>
        _executions.Read(
            after ?? new(jobSequence, DateTimeOffset.MinValue, "", 0, 0), key => key.JobSequence == jobSequence, take);

    public IReadOnlyList<JobExecution> ReadExecutionsOfThing(
        long thingSequence, ThingExecutionKey? after, DateTimeOffset queuedFrom, int take) =>
        _executionsOfThings.Read(
            (thingSequence, after ?? new(DateTimeOffset.MaxValue, "", long.MaxValue), long.MaxValue),
            key => key.Thing == thingSequence && key.Key.QueuedAt >= queuedFrom,
            take);

    public IReadOnlyList<JobExecution>? FindExecutionsOfThings(long first, long last, int most) =>
        _executionsOfThings.Read((first, new(DateTimeOffset.MaxValue, "", long.MaxValue), long.MaxValue), key => key.Thing <= last, most + 1) is { } found &&
        found.Count <= most
            ? found
            : null;

    public IReadOnlyList<JobExecution> ReadTimers(DateTimeOffset until, int take) =>
        _timers.Read((DateTimeOffset.MinValue, 0), key => key.Deadline <= until, take);

    public DeletedNumber? FindDeletedNumber(long jobSequence, long thingSequence) =>
        _deletedNumbers.GetValueOrDefault((jobSequence, thingSequence));

    public PostponedExecution? FindPostponed(long jobSequence, string thingName) => _postponed.Find((jobSequence, thingName));

    public IReadOnlyList<PostponedExecution> ReadPostponed(long jobSequence, string? after, int take) =>
        _postponed.Read((jobSequence, after ?? ""), key => key.Job == jobSequence, take);

    public IReadOnlyList<GoneJob> ReadGone(DateTimeOffset until, int take) =>
        _gone.Read((DateTimeOffset.MinValue, 0), key => key.At <= until, take);

    public IReadOnlyList<JobHistoryRecord> ReadHistory(long jobSequence, long afterSequence, int take) =>
        _history.Read((jobSequence, afterSequence), key => key.Job == jobSequence, take);

    public ThingCredential? FindThingCredential(long thingSequence, string credentialId) => _thingCredentials.Find((thingSequence, credentialId));

    public IReadOnlyList<ThingCredential> ReadThingCredentials(long thingSequence, string? after, int take) =>
        _thingCredentials.Read((thingSequence, after ?? ""), key => key.Thing == thingSequence, take);

    public void Commit(JobsChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Require(changes.Jobs, _jobs.ContainsKey);
        Require(changes.Progress, _progress.ContainsKey);
        Require(changes.Groups, _groups.ContainsKey);
        Require(changes.Templates, _templates.ContainsKey);
        Require(changes.AccessKeys, _accessKeys.ContainsKey);
        Require(changes.Accounts, _accounts.ContainsKey);
        Require(changes.NotificationRules, _notificationRules.ContainsKey);
        Require(changes.NotificationDeliveries, _notificationDeliveries.ContainsKey);
        Require(changes.Things, _things.ContainsKey);
        Require(changes.Executions, key => _executions.Find(key) is not null);
        Apply(_jobs, changes.Jobs);
        Apply(_progress, changes.Progress);
        Apply(_groups, changes.Groups);
        Apply(_templates, changes.Templates);
        Apply(_accessKeys, changes.AccessKeys);
        Apply(_accounts, changes.Accounts);
        Apply(_notificationRules, changes.NotificationRules);
        Apply(_notificationDeliveries, changes.NotificationDeliveries);
        foreach (var (key, text) in changes.Documents)
        {
            Set(_documents, key, text);
        }
        foreach (var (name, change) in changes.Things)
        {
            Set(_things, name, change.After);
        }
        foreach (var (key, member) in changes.Members)
        {
            _members.Set(key, member);
        }
        foreach (var (key, credential) in changes.ThingCredentials)
        {
            _thingCredentials.Set(key, credential);
        }
        foreach (var thing in changes.DeletedThings)
        {
            _thingCredentials.RemoveAll(key => key.Thing == thing.Sequence);
        }
        foreach (var (key, leaver) in changes.Leavers)
        {
            _leavers.Set(key, leaver);
        }
        foreach (var (key, postponed) in changes.Postponed)
        {
            _postponed.Set(key, postponed);
        }
        foreach (var (key, number) in changes.DeletedNumbers)
        {
            Set(_deletedNumbers, key, number);
        }
        foreach (var (key, gone) in changes.Gone)
        {
            _gone.Set(key, gone);
        }
        foreach (var (key, (before, after)) in changes.Executions)
        {
            var (_, _, _, _, sequence) = key;
            if ((after ?? before) is not { } any)
            {
                continue; // It came and went within this commit.
            }
            _executions.Set(key, after);
            _executionsOfThings.Set((any.ThingSequence, any.ThingKey, sequence), after);
            if (before?.Deadline is { } old)
            {
                _timers.Set((old, sequence), null);
            }
            if (after?.Deadline is { } deadline)
            {
                _timers.Set((deadline, sequence), after);
            }
        }
        foreach (var (job, _) in changes.Jobs.Where(change => change.Value.After is null))
        {
            _leavers.RemoveAll(key => key.Job == job);
            _postponed.RemoveAll(key => key.Job == job);
            foreach (var key in _deletedNumbers.Keys.Where(key => key.Job == job).ToList())
            {
                _deletedNumbers.Remove(key);
            }
        }
        foreach (var record in changes.History)
        {
            _history.Set((record.JobSequence, record.Sequence), record);
        }
        foreach (var key in changes.ClearedHistory)
        {
            _history.Set(key, null);
        }
        CommitActivities(changes);
        CommitBroker(changes);
        _eventConfigurations = changes.EventConfigurations ?? _eventConfigurations;
        _retentionDays = changes.RetentionDays ?? _retentionDays;
        _clock = changes.Clock ?? _clock;
        _nextSequence = Math.Max(_nextSequence, changes.NextSequence);
    }

    public void Maintain(bool isIdle)
    {
        // Nothing grows that could be tidied.
    }

    public void Dispose()
    {
        // Nothing is held; the object may be used again, as a file may be opened again.
    }

    /// <summary>Before anything changes: what is to be changed is there, what is to be added is not.</summary>
    private static void Require<TKey, T>(Dictionary<TKey, Change<T>> changes, Func<TKey, bool> isThere)
        where TKey : notnull
        where T : class
    {
        foreach (var (key, change) in changes)
        {
            if (isThere(key) != (change.Before is not null))
            {
                throw new InvalidOperationException(
                    $"{typeof(T).Name} {key} is {(change.Before is null ? "to be added and is there already" : "to be changed and is not there")}.");
            }
        }
    }

    private static void Apply<T>(Dictionary<long, T> records, Dictionary<long, Change<T>> changes)
        where T : class
    {
        foreach (var (key, change) in changes)
        {
            Set(records, key, change.After);
        }
    }

    private static void Set<TKey, T>(IDictionary<TKey, T> records, TKey key, T? value)
        where T : class
    {
        if (value is null)
        {
            records.Remove(key);
        }
        else
        {
            records[key] = value;
        }
    }

    /// <summary>Records in the order of their keys, read a page at a time.</summary>
    private sealed class Pages<TKey, T>(Comparison<TKey> compare)
        where TKey : struct
        where T : class
    {
        private readonly SortedSet<TKey> _keys = new(Comparer<TKey>.Create(compare));
        private readonly Dictionary<TKey, T> _values = [];
        private readonly Comparison<TKey> _compare = compare;

        public TKey? First => _keys.Count > 0 ? _keys.Min : null;

        public T? Find(TKey key) => _values.GetValueOrDefault(key);

        public void RemoveAll(Func<TKey, bool> which)
        {
            foreach (var key in _keys.Where(which).ToList())
            {
                Set(key, null);
            }
        }

        public void Set(TKey key, T? value)
        {
            if (value is null)
            {
                _keys.Remove(key);
                _values.Remove(key);
            }
            else
            {
                _keys.Add(key);
                _values[key] = value;
            }
        }

        public IReadOnlyList<T> Read(TKey after, Func<TKey, bool> within, int take)
        {
            if (_keys.Count == 0 || _compare(after, _keys.Max) >= 0)
            {
                return [];
            }
            return
            [
                .. _keys.GetViewBetween(after, _keys.Max)
                    .Where(key => _compare(key, after) > 0)
                    .TakeWhile(within)
                    .Take(take)
                    .Select(key => _values[key]),
            ];
        }
    }
}
