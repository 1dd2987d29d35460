using System.Diagnostics;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Benchmarks;

/// <summary>A store which knows how long its users waited for it.</summary>
internal sealed class TimedStore(IJobsStore store) : IJobsStore
{
    private TimeSpan _committing;
    private TimeSpan _reading;
    private TimeSpan _maintaining;
    private TimeSpan _longest;
    private long _commits;
    private long _executions;

    public void Restart()
    {
        _committing = _reading = _maintaining = _longest = TimeSpan.Zero;
        _commits = _executions = 0;
    }

    public void Report(Report report, double seconds)
    {
        report.Figure("... executions in a commit", (double)_executions / Math.Max(1, _commits), "");
        report.Figure("... longest commit", _longest.TotalMilliseconds, "ms");
        report.Figure("... time in commits", 100 * _committing.TotalSeconds / seconds, "%");
        report.Figure("... time in reads", 100 * _reading.TotalSeconds / seconds, "%");
        report.Figure("... time in maintenance", 100 * _maintaining.TotalSeconds / seconds, "%");
    }

    public StoreContents Load() => store.Load();

    public string? FindDocument(long jobSequence) => Read(() => store.FindDocument(jobSequence));

    public Thing? FindThing(string name) => Read(() => store.FindThing(name));

    public IReadOnlyList<Thing> ReadThings(string? after, int take) => Read(() => store.ReadThings(after, take));

    public IReadOnlyList<GroupMember> ReadMembers(long groupSequence, string? after, int take) =>
        Read(() => store.ReadMembers(groupSequence, after, take));

    public GroupMember? FindMember(long groupSequence, string thingName) => Read(() => store.FindMember(groupSequence, thingName));

    public IReadOnlyList<SnapshotLeaver> ReadLeavers(long jobSequence, int target, string? after, int take) =>
        Read(() => store.ReadLeavers(jobSequence, target, after, take));

    public IReadOnlyList<JobExecution> ReadExecutions(long jobSequence, ExecutionKey? after, int take) =>
        Read(() => store.ReadExecutions(jobSequence, after, take));

    public IReadOnlyList<JobExecution> ReadExecutionsOfThing(
        long thingSequence, ThingExecutionKey? after, DateTimeOffset queuedFrom, int take) =>
        Read(() => store.ReadExecutionsOfThing(thingSequence, after, queuedFrom, take));

    public IReadOnlyList<JobExecution>? FindExecutionsOfThings(long first, long last, int most) =>
        Read(() => store.FindExecutionsOfThings(first, last, most));

    public IReadOnlyList<JobExecution> ReadTimers(DateTimeOffset until, int take) => Read(() => store.ReadTimers(until, take));

    public DeletedNumber? FindDeletedNumber(long jobSequence, long thingSequence) => Read(() => store.FindDeletedNumber(jobSequence, thingSequence));

    public PostponedExecution? FindPostponed(long jobSequence, string thingName) => Read(() => store.FindPostponed(jobSequence, thingName));

    public ThingCredential? FindThingCredential(long thingSequence, string credentialId) =>
        Read(() => store.FindThingCredential(thingSequence, credentialId));

    public IReadOnlyList<ThingCredential> ReadThingCredentials(long thingSequence, string? after, int take) =>
        Read(() => store.ReadThingCredentials(thingSequence, after, take));

    public IReadOnlyList<PostponedExecution> ReadPostponed(long jobSequence, string? after, int take) =>
        Read(() => store.ReadPostponed(jobSequence, after, take));

    public IReadOnlyList<GoneJob> ReadGone(DateTimeOffset until, int take) => Read(() => store.ReadGone(until, take));

    public IReadOnlyList<JobHistoryRecord> ReadHistory(long jobSequence, long afterSequence, int take) =>
        Read(() => store.ReadHistory(jobSequence, afterSequence, take));

    public IReadOnlyList<ActivityRecord> ReadActivities(long? before, int take) => Read(() => store.ReadActivities(before, take));

    public IReadOnlyList<ActivityRecord> ReadFirstActivities(int take) => Read(() => store.ReadFirstActivities(take));

    public ThingConnectivity? FindConnectivity(long thingSequence) => Read(() => store.FindConnectivity(thingSequence));

    public BrokerSession? FindBrokerSession(string clientId) => Read(() => store.FindBrokerSession(clientId));

    public IReadOnlyList<BrokerSession> ReadBrokerSessions(string? after, int take) => Read(() => store.ReadBrokerSessions(after, take));

    public IReadOnlyList<SessionMessage> ReadSessionMessages(string clientId, long after, int take) =>
        Read(() => store.ReadSessionMessages(clientId, after, take));

    public IReadOnlyList<BrokerMessage> ReadRetainedMessages(string? after, int take) => Read(() => store.ReadRetainedMessages(after, take));

    public void Commit(JobsChanges changes)
    {
        var start = Stopwatch.GetTimestamp();
        store.Commit(changes);
        var time = Stopwatch.GetElapsedTime(start);
        _committing += time;
        _longest = time > _longest ? time : _longest;
        _commits++;
        _executions += changes.Executions.Count;
    }

    public void Maintain(bool isIdle)
    {
        var start = Stopwatch.GetTimestamp();
        store.Maintain(isIdle);
        var time = Stopwatch.GetElapsedTime(start);
        _maintaining += time;
        _longest = time > _longest ? time : _longest;
    }

    public void Dispose() => store.Dispose();

    private T Read<T>(Func<T> read)
    {
        var start = Stopwatch.GetTimestamp();
        var result = read();
        _reading += Stopwatch.GetElapsedTime(start);
        return result;
    }
}
