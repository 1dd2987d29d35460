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

/// <summary>
/// Where jobs are kept. The engine calls it from one thread only, one call at a time, and reads at most a page in a call.
/// What <see cref="Commit"/> returned from is durable; what it threw from has not happened. Times are whole milliseconds.
/// </summary>
public interface IJobsStore : IDisposable
{
    /// <summary>All that the engine keeps in memory; called once, first.</summary>
    StoreContents Load();

    string? FindDocument(long jobSequence);

    Thing? FindThing(string name);

    /// <summary>Things by name, ordinal, after <paramref name="after"/>.</summary>
    IReadOnlyList<Thing> ReadThings(string? after, int take);

    /// <summary>Members of one group, not of its descendants, by thing name, ordinal, after <paramref name="after"/>.</summary>
    IReadOnlyList<GroupMember> ReadMembers(long groupSequence, string? after, int take);

    GroupMember? FindMember(long groupSequence, string thingName);

    /// <summary>Things which a SNAPSHOT job still owes an execution, of one of its targets, by thing name.</summary>
    IReadOnlyList<SnapshotLeaver> ReadLeavers(long jobSequence, int target, string? after, int take);

    /// <summary>Executions of a job in the order of <see cref="ExecutionKey"/>, after <paramref name="after"/>.</summary>
    IReadOnlyList<JobExecution> ReadExecutions(long jobSequence, ExecutionKey? after, int take);

    /// <summary>
    /// Executions of a thing, newest first (<see cref="ThingExecutionKey"/>), after <paramref name="after"/>, none queued before
    /// <paramref name="queuedFrom"/>.
    /// </summary>
    IReadOnlyList<JobExecution> ReadExecutionsOfThing(
        long thingSequence, ThingExecutionKey? after, DateTimeOffset queuedFrom, int take);

    /// <summary>Executions of all things with a sequence from <paramref name="first"/> to <paramref name="last"/>, in any order.</summary>
    /// <returns>Null where there are more than <paramref name="most"/>.</returns>
    IReadOnlyList<JobExecution>? FindExecutionsOfThings(long first, long last, int most);

    /// <summary>Running executions whose <see cref="JobExecution.Deadline"/> is at or before <paramref name="until"/>, earliest first, then by sequence.</summary>
    IReadOnlyList<JobExecution> ReadTimers(DateTimeOffset until, int take);

    /// <summary>The highest number of an execution of this job and thing which was deleted; null when none was.</summary>
    DeletedNumber? FindDeletedNumber(long jobSequence, long thingSequence);

    PostponedExecution? FindPostponed(long jobSequence, string thingName);

    /// <summary>What a job makes at its next opening, by thing name, ordinal, after <paramref name="after"/>.</summary>
    IReadOnlyList<PostponedExecution> ReadPostponed(long jobSequence, string? after, int take);

    /// <summary>Jobs which were gone by <paramref name="until"/>, earliest first.</summary>
    IReadOnlyList<GoneJob> ReadGone(DateTimeOffset until, int take);

    /// <summary>Changes of a job, oldest first.</summary>
    IReadOnlyList<JobHistoryRecord> ReadHistory(long jobSequence, long afterSequence, int take);

    /// <summary>What operators did, newest first; of what was before the sequence <paramref name="before"/>.</summary>
    IReadOnlyList<ActivityRecord> ReadActivities(long? before, int take);

    /// <summary>What operators did, oldest first.</summary>
    IReadOnlyList<ActivityRecord> ReadFirstActivities(int take);

    ThingCredential? FindThingCredential(long thingSequence, string credentialId);

    /// <summary>Certificates and tokens of a thing, by id, ordinal, after <paramref name="after"/>.</summary>
    IReadOnlyList<ThingCredential> ReadThingCredentials(long thingSequence, string? after, int take);

    /// <summary>As it was kept, whatever became of its run; null where the thing never connected.</summary>
    ThingConnectivity? FindConnectivity(long thingSequence);

    BrokerSession? FindBrokerSession(string clientId);

    /// <summary>Sessions by client id, in the order of its UTF-8, after <paramref name="after"/>.</summary>
    IReadOnlyList<BrokerSession> ReadBrokerSessions(string? after, int take);

    /// <summary>Messages of a session by number, after <paramref name="after"/>.</summary>
    IReadOnlyList<SessionMessage> ReadSessionMessages(string clientId, long after, int take);

    /// <summary>Retained messages by topic, in the order of its UTF-8, after <paramref name="after"/>.</summary>
    IReadOnlyList<BrokerMessage> ReadRetainedMessages(string? after, int take);

    /// <summary>
    /// Makes all changes durable, or none. A deleted job takes its leavers, deleted numbers and postponed executions with it, a deleted thing its
    /// credentials.
    /// </summary>
    /// <exception cref="StoreFailedException">Nobody can say whether the changes were made; the store is not to be used any more.</exception>
    void Commit(JobsChanges changes);

    /// <summary>Housekeeping, after callers were answered; returns at once when there is nothing to do.</summary>
    /// <param name="isIdle">Whether nobody waits: then more may be done, else only what the last commits left.</param>
    void Maintain(bool isIdle);
}

/// <summary>What the engine keeps in memory of a store.</summary>
/// <param name="NextSequence">The next number of the one sequence over everything.</param>
/// <param name="FirstDeadline">The earliest deadline of a running execution.</param>
public sealed record StoreContents(
    IReadOnlyList<Job> Jobs,
    IReadOnlyList<JobProgress> Progress,
    IReadOnlyList<ThingGroup> Groups,
    long NextSequence,
    DateTimeOffset? FirstDeadline)
{
    public static StoreContents Empty { get; } = new([], [], [], 1, null);

    /// <summary>Null where they were never changed.</summary>
    public EventConfigurations? EventConfigurations { get; init; }

    /// <summary>For how many days ended jobs are kept; null where nobody ever said.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>How the virtual clock was told to go last; null where the database never had one.</summary>
    public ClockState? Clock { get; init; }

    public IReadOnlyList<JobTemplate> Templates { get; init; } = [];

    public IReadOnlyList<AccessKey> AccessKeys { get; init; } = [];

    public IReadOnlyList<Account> Accounts { get; init; } = [];

    public IReadOnlyList<NotificationRule> NotificationRules { get; init; } = [];

    public IReadOnlyList<NotificationDelivery> NotificationDeliveries { get; init; } = [];

    public IReadOnlyList<ConnectivityRun> ConnectivityRuns { get; init; } = [];
}

/// <summary>What is left of an execution that was deleted: its number is not given again.</summary>
/// <param name="Sequence">The execution's place in the order of all events.</param>
public sealed record DeletedNumber(long Number, long Sequence);

/// <summary>A job of which only the history is left.</summary>
public sealed record GoneJob(DateTimeOffset At, long JobSequence, string JobId);

/// <summary>One change of a job: who did what to it, when and why. An execution's own changes are in its history.</summary>
/// <param name="Sequence">Place in the order of all changes.</param>
/// <param name="ThingName">The thing whose execution was deleted; null for changes of the job itself.</param>
public sealed record JobHistoryRecord(
    long JobSequence, long Sequence, DateTimeOffset At, string By, string What, JobStatus? From, JobStatus? To,
    string? Details = null, string? ThingName = null, long? ExecutionNumber = null);
