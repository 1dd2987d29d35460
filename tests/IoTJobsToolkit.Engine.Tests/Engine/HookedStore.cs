using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Tests.Engine;

/// <summary>
/// A store in memory whose reads, commits and idle moments a test can watch, hold or break. Unlike others it may be read by the test while the engine
/// works on it.
/// </summary>
internal sealed class HookedStore : IJobsStore
{
    private readonly InMemoryJobsStore _inner = new();
    private readonly Lock _lock = new();
    private int _commits;

    public Action<JobsChanges>? OnCommit { get; set; }

    public Action? OnMaintain { get; set; }

    /// <summary>Called with the name of the read.</summary>
    public Action<string>? OnRead { get; set; }

    public int Commits => _commits;

    /// <summary>Records which the reads of executions returned so far.</summary>
    public int ExecutionsRead { get; set; }

    /// <summary>Holds the store's thread in its next commit, or the <paramref name="nth"/> from now.</summary>
    public Gate HoldCommit(int nth = 1)
    {
        var gate = new Gate();
        var count = 0;
        OnCommit = _ =>
        {
            if (Interlocked.Increment(ref count) == nth)
            {
                gate.Pass();
            }
        };
        return gate;
    }

    public StoreContents Load() => Locked(_inner.Load);

    public string? FindDocument(long jobSequence) => Locked(() => _inner.FindDocument(jobSequence));

    public Thing? FindThing(string name) => Read(nameof(FindThing), () => _inner.FindThing(name));

    public IReadOnlyList<Thing> ReadThings(string? after, int take) => Read(nameof(ReadThings), () => _inner.ReadThings(after, take));

    public IReadOnlyList<GroupMember> ReadMembers(long groupSequence, string? after, int take) =>
        Read(nameof(ReadMembers), () => _inner.ReadMembers(groupSequence, after, take));

    public GroupMember? FindMember(long groupSequence, string thingName) => Locked(() => _inner.FindMember(groupSequence, thingName));

    public IReadOnlyList<SnapshotLeaver> ReadLeavers(long jobSequence, int target, string? after, int take) =>
        Locked(() => _inner.ReadLeavers(jobSequence, target, after, take));

    public IReadOnlyList<JobExecution> ReadExecutions(long jobSequence, ExecutionKey? after, int take) =>
        Count(Read(nameof(ReadExecutions), () => _inner.ReadExecutions(jobSequence, after, take)));

    public IReadOnlyList<JobExecution> ReadExecutionsOfThing(long thingSequence, ThingExecutionKey? after, DateTimeOffset queuedFrom, int take) =>
        Count(Read(nameof(ReadExecutionsOfThing), () => _inner.ReadExecutionsOfThing(thingSequence, after, queuedFrom, take)));

    public IReadOnlyList<JobExecution>? FindExecutionsOfThings(long first, long last, int most) =>
        Read(nameof(FindExecutionsOfThings), () => _inner.FindExecutionsOfThings(first, last, most));

    public IReadOnlyList<JobExecution> ReadTimers(DateTimeOffset until, int take) => Locked(() => _inner.ReadTimers(until, take));

    public DeletedNumber? FindDeletedNumber(long jobSequence, long thingSequence) => Locked(() => _inner.FindDeletedNumber(jobSequence, thingSequence));

    public PostponedExecution? FindPostponed(long jobSequence, string thingName) => Locked(() => _inner.FindPostponed(jobSequence, thingName));

    public IReadOnlyList<PostponedExecution> ReadPostponed(long jobSequence, string? after, int take) =>
        Locked(() => _inner.ReadPostponed(jobSequence, after, take));

    public IReadOnlyList<GoneJob> ReadGone(DateTimeOffset until, int take) => Locked(() => _inner.ReadGone(until, take));

    public ThingCredential? FindThingCredential(long thingSequence, string credentialId) =>
        Locked(() => _inner.FindThingCredential(thingSequence, credentialId));

    public IReadOnlyList<ThingCredential> ReadThingCredentials(long thingSequence, string? after, int take) =>
        Locked(() => _inner.ReadThingCredentials(thingSequence, after, take));

    public IReadOnlyList<JobHistoryRecord> ReadHistory(long jobSequence, long afterSequence, int take) =>
        Locked(() => _inner.ReadHistory(jobSequence, afterSequence, take));

    public IReadOnlyList<ActivityRecord> ReadActivities(long? before, int take) => Locked(() => _inner.ReadActivities(before, take));

    public IReadOnlyList<ActivityRecord> ReadFirstActivities(int take) => Locked(() => _inner.ReadFirstActivities(take));

    public ThingConnectivity? FindConnectivity(long thingSequence) => Locked(() => _inner.FindConnectivity(thingSequence));

    public BrokerSession? FindBrokerSession(string clientId) => Locked(() => _inner.FindBrokerSession(clientId));

    public IReadOnlyList<BrokerSession> ReadBrokerSessions(string? after, int take) => Locked(() => _inner.ReadBrokerSessions(after, take));

    public IReadOnlyList<SessionMessage> ReadSessionMessages(string clientId, long after, int take) =>
        Locked(() => _inner.ReadSessionMessages(clientId, after, take));

    public IReadOnlyList<BrokerMessage> ReadRetainedMessages(string? after, int take) => Locked(() => _inner.ReadRetainedMessages(after, take));

    public void Commit(JobsChanges changes)
    {
        Interlocked.Increment(ref _commits);
        OnCommit?.Invoke(changes);
        lock (_lock)
        {
            _inner.Commit(changes);
        }
    }

    public void Maintain(bool isIdle)
    {
        if (isIdle)
        {
            OnMaintain?.Invoke();
        }
        _inner.Maintain(isIdle);
    }

    public void Dispose() => _inner.Dispose();

    private T Read<T>(string name, Func<T> read)
    {
        OnRead?.Invoke(name);
        return Locked(read);
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    private IReadOnlyList<JobExecution> Count(IReadOnlyList<JobExecution> executions)
    {
        ExecutionsRead += executions.Count;
        return executions;
    }
}

/// <summary>A place where one thread stops until it is let through.</summary>
internal sealed class Gate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void WaitUntilReached() => Assert.True(_reached.Task.Wait(Patience, TestContext.Current.CancellationToken), "the gate was not reached");

    public void Open() => _open.TrySetResult();

    public void Pass()
    {
        _reached.TrySetResult();
        _open.Task.Wait(Patience, CancellationToken.None);
    }
}
