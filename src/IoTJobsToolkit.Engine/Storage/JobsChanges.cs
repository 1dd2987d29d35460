using System.Runtime.InteropServices;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Templates;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Storage;

/// <summary>A record before and after a commit; null where it does not exist. A store refuses a commit which is wrong about that.</summary>
public readonly record struct Change<T>(T? Before, T? After)
    where T : class;

/// <summary>
/// Everything that one commit changes, each record at most once, as it is after the commit; null deletes it.
/// </summary>
public sealed class JobsChanges
{
    public Dictionary<long, Change<Job>> Jobs { get; } = [];

    public Dictionary<long, Change<JobProgress>> Progress { get; } = [];

    /// <summary>Documents by job sequence.</summary>
    public Dictionary<long, string?> Documents { get; } = [];

    public Dictionary<ExecutionKey, Change<JobExecution>> Executions { get; } = [];

    /// <summary>Things by name.</summary>
    public Dictionary<string, Change<Thing>> Things { get; } = new(StringComparer.Ordinal);

    /// <summary>Groups by sequence.</summary>
    public Dictionary<long, Change<ThingGroup>> Groups { get; } = [];

    /// <summary>Job templates by sequence, each with its document.</summary>
    public Dictionary<long, Change<JobTemplate>> Templates { get; } = [];

    /// <summary>Access keys by sequence.</summary>
    public Dictionary<long, Change<AccessKey>> AccessKeys { get; } = [];

    /// <summary>Accounts of the portal by sequence.</summary>
    public Dictionary<long, Change<Account>> Accounts { get; } = [];

    /// <summary>Notification rules by sequence.</summary>
    public Dictionary<long, Change<NotificationRule>> NotificationRules { get; } = [];

    /// <summary>What notification rules still have to deliver, and dead letters, by sequence.</summary>
    public Dictionary<long, Change<NotificationDelivery>> NotificationDeliveries { get; } = [];

    /// <summary>Certificates and tokens by thing sequence and id.</summary>
    public Dictionary<(long Thing, string Id), ThingCredential?> ThingCredentials { get; } = [];

    /// <summary>Memberships by group sequence and thing name.</summary>
    public Dictionary<(long Group, string Thing), GroupMember?> Members { get; } = [];

    /// <summary>Leavers by job sequence, target and thing name.</summary>
    public Dictionary<(long Job, int Target, string Thing), SnapshotLeaver?> Leavers { get; } = [];

    /// <summary>Joins and retries which wait for a maintenance window, by job sequence and thing name.</summary>
    public Dictionary<(long Job, string Thing), PostponedExecution?> Postponed { get; } = [];

    /// <summary>Highest deleted execution numbers by job and thing sequence.</summary>
    public Dictionary<(long Job, long Thing), DeletedNumber?> DeletedNumbers { get; } = [];

    public List<JobHistoryRecord> History { get; } = [];

    /// <summary>History to be removed: job sequence and the record's own.</summary>
    public List<(long Job, long Sequence)> ClearedHistory { get; } = [];

    /// <summary>Jobs which are gone, by when and by sequence: their history is kept until retention takes it.</summary>
    public Dictionary<(DateTimeOffset At, long Job), GoneJob?> Gone { get; } = [];

    /// <summary>What operators did, after all that was done before this commit.</summary>
    public List<ActivityRecord> Activities { get; } = [];

    /// <summary>Sequences of activities to be removed.</summary>
    public List<long> ClearedActivities { get; } = [];

    /// <summary>Connections by thing sequence.</summary>
    public Dictionary<long, ThingConnectivity?> Connectivity { get; } = [];

    /// <summary>Runs of the server by sequence.</summary>
    public Dictionary<long, ConnectivityRun> ConnectivityRuns { get; } = [];

    /// <summary>Sessions of the broker by client id.</summary>
    public Dictionary<string, BrokerSession?> BrokerSessions { get; } = new(StringComparer.Ordinal);

    /// <summary>Client ids of sessions whose messages are all removed, before those below are added.</summary>
    public HashSet<string> ClearedSessions { get; } = new(StringComparer.Ordinal);

    /// <summary>Messages which wait in sessions, by client id and number.</summary>
    public Dictionary<(string ClientId, long Number), SessionMessage?> SessionMessages { get; } = [];

    /// <summary>Retained messages by topic.</summary>
    public Dictionary<string, BrokerMessage?> RetainedMessages { get; } = new(StringComparer.Ordinal);

    /// <summary>Which families of events are published; null where they do not change.</summary>
    public EventConfigurations? EventConfigurations { get; set; }

    /// <summary>For how many days ended jobs are kept; null where that does not change.</summary>
    public int? RetentionDays { get; set; }

    /// <summary>How the virtual clock goes from now on; null where that does not change.</summary>
    public ClockState? Clock { get; set; }

    public long NextSequence { get; set; }

    public bool IsEmpty => Progress.Count == 0 && Executions.Count == 0 && HasNothingElse;

    /// <summary>Whether these changes only move executions and progress that are there and stay: what devices report.</summary>
    public bool OnlyMoves => HasNothingElse && Executions.Values.All(IsMove) && Progress.Values.All(IsMove);

    private bool HasNothingElse =>
        Jobs.Count == 0 && Documents.Count == 0 && Things.Count == 0 &&
        Groups.Count == 0 && Templates.Count == 0 && AccessKeys.Count == 0 && Accounts.Count == 0 && ThingCredentials.Count == 0 && Members.Count == 0 &&
        Leavers.Count == 0 && Postponed.Count == 0 && DeletedNumbers.Count == 0 &&
        History.Count == 0 && ClearedHistory.Count == 0 && Gone.Count == 0 &&
        Activities.Count == 0 && ClearedActivities.Count == 0 &&
        NotificationRules.Count == 0 && NotificationDeliveries.Count == 0 &&
        Connectivity.Count == 0 && ConnectivityRuns.Count == 0 && BrokerSessions.Count == 0 && SessionMessages.Count == 0 && ClearedSessions.Count == 0 &&
        RetainedMessages.Count == 0 &&
        EventConfigurations is null && RetentionDays is null && Clock is null;

    /// <summary>Things which are gone: another of the same name may be there.</summary>
    public IEnumerable<Thing> DeletedThings => Things.Values
        .Where(change => change.Before is { } before && change.After?.Sequence != before.Sequence)
        .Select(change => change.Before!);

    /// <summary>Things from which a certificate or token was taken, if only with the thing itself.</summary>
    public IReadOnlySet<string> ThingsWithCredentialsTaken => ThingCredentials.Values
        .Where(credential => credential is { RevokedAt: not null })
        .Select(credential => credential!.ThingName)
        .Concat(DeletedThings.Select(thing => thing.Name))
        .ToHashSet(StringComparer.Ordinal);

    public IReadOnlySet<string> AccessKeysTaken => AccessKeys.Values
        .Where(change => change.Before is not null)
        .Select(change => change.Before!.AccessKeyId)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Adds the later changes of <paramref name="next"/> to these.</summary>
    public void Absorb(JobsChanges next)
    {
        Merge(Jobs, next.Jobs);
        Merge(Progress, next.Progress);
        Merge(Executions, next.Executions);
        Merge(Things, next.Things);
        Merge(Groups, next.Groups);
        Merge(Templates, next.Templates);
        Merge(AccessKeys, next.AccessKeys);
        Merge(Accounts, next.Accounts);
        Merge(NotificationRules, next.NotificationRules);
        Merge(NotificationDeliveries, next.NotificationDeliveries);
        Overwrite(ThingCredentials, next.ThingCredentials);
        Overwrite(Documents, next.Documents);
        Overwrite(Members, next.Members);
        Overwrite(Leavers, next.Leavers);
        Overwrite(Postponed, next.Postponed);
        Overwrite(DeletedNumbers, next.DeletedNumbers);
        Overwrite(Gone, next.Gone);
        Overwrite(Connectivity, next.Connectivity);
        Overwrite(ConnectivityRuns, next.ConnectivityRuns);
        Overwrite(RetainedMessages, next.RetainedMessages);
        AbsorbSessions(next);
        History.AddRange(next.History);
        ClearedHistory.AddRange(next.ClearedHistory);
        Activities.AddRange(next.Activities);
        ClearedActivities.AddRange(next.ClearedActivities);
        EventConfigurations = next.EventConfigurations ?? EventConfigurations;
        RetentionDays = next.RetentionDays ?? RetentionDays;
        Clock = next.Clock ?? Clock;
        NextSequence = Math.Max(NextSequence, next.NextSequence);
    }

    /// <summary>A session goes with all its messages, those of this commit included.</summary>
    public void RemoveSession(string clientId)
    {
        BrokerSessions[clientId] = null;
        ClearMessages(clientId);
    }

    /// <summary>Adds one change of a record; what came and went within these changes leaves none.</summary>
    internal static void Put<TKey, T>(Dictionary<TKey, Change<T>> changes, TKey key, T? before, T? after)
        where TKey : notnull
        where T : class
    {
        ref var change = ref CollectionsMarshal.GetValueRefOrAddDefault(changes, key, out var isThere);
        change = new(isThere ? change.Before : before, after);
        if (change is (null, null))
        {
            changes.Remove(key);
        }
    }

    private static bool IsMove<T>(Change<T> change)
        where T : class => change is (not null, not null);

    private void AbsorbSessions(JobsChanges next)
    {
        foreach (var clientId in next.ClearedSessions)
        {
            ClearMessages(clientId);
        }
        Overwrite(BrokerSessions, next.BrokerSessions);
        Overwrite(SessionMessages, next.SessionMessages);
    }

    private void ClearMessages(string clientId)
    {
        ClearedSessions.Add(clientId);
        foreach (var message in SessionMessages.Keys.Where(message => message.ClientId == clientId).ToList())
        {
            SessionMessages.Remove(message);
        }
    }

    private static void Merge<TKey, T>(Dictionary<TKey, Change<T>> into, Dictionary<TKey, Change<T>> from)
        where TKey : notnull
        where T : class
    {
        foreach (var (key, (before, after)) in from)
        {
            Put(into, key, before, after);
        }
    }

    private static void Overwrite<TKey, T>(Dictionary<TKey, T> into, Dictionary<TKey, T> from)
        where TKey : notnull
    {
        foreach (var (key, value) in from)
        {
            into[key] = value;
        }
    }
}
