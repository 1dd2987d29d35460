using System.Collections.Concurrent;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Telemetry;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>
/// The one thread that touches the store. In turn: a group of timers that ran out, a group of callers' changes, some reads, one slice of
/// background work; each is bounded, so that nobody waits for all of another. It sleeps until somebody calls or something is due.
/// This part holds the loop and the callers; the work that nobody calls for has a file of its own.
/// </summary>
internal sealed partial class StoreThread
{
    private const int GroupSize = 256;
    private const int ReadsPerTurn = 64;
    private const int InlineSlice = 200;
    private const int InlineJobs = 4;
    private const int ReturnYields = 256;

    private static readonly TimeSpan GroupTime = TimeSpan.FromMilliseconds(5);

    private readonly JobsEngine _engine;
    private readonly IJobsStore _store;
    private readonly TimeProvider _clock;
    private readonly JobsMemory _memory;
    private readonly JobsFeed _feed;
    private readonly JobsMeter? _meter;
    private readonly ConcurrentQueue<Turn> _writes = new();
    private readonly ConcurrentQueue<Turn> _reads = new();
    private readonly List<Turn> _taken = [];
    private readonly Queue<Turn> _longReads = new();
    private readonly Backoff _backoff = new();
    private readonly Settling _settling;
    private readonly Bell _bell = new();
    private readonly ReadAhead _ahead;
    private readonly ITimer _timer;
    private readonly Thread _thread;
    private int _lastGroup;
    private volatile bool _stopping;
    private volatile Exception? _failure;

    public StoreThread(JobsEngine engine, IJobsStore store, TimeProvider clock, JobsMemory memory, JobsFeed feed, JobsMeter? meter)
    {
        _engine = engine;
        _store = store;
        _clock = clock;
        _memory = memory;
        _feed = feed;
        _meter = meter;
        _ahead = new(store, memory);
        _settling = new(fault => engine.Services.OnFault(fault));
        _timer = clock.CreateTimer(static bell => ((Bell)bell!).Ring(), _bell, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new(Loop) { Name = "jobs store", IsBackground = true };
    }

    public Exception? Failure => _failure;

    public bool HasEnded => _stopping || _failure is not null;

    public void Start() => _thread.Start();

    public void Enqueue(Turn turn)
    {
        (turn.Operation.Access is OperationAccess.Reads or OperationAccess.ReadsPages ? _reads : _writes).Enqueue(turn);
        Wake();
    }

    public void Enqueue(SettleRequest request)
    {
        _settling.Add(request);
        Wake();
    }

    public void Wake()
    {
        _bell.Ring();
        if (HasEnded)
        {
            FailQueued();
        }
    }

    private void Loop()
    {
        (_firstGone, _firstActivity) = (ReadFirstGone(), ReadFirstActivity());
        while (!HasEnded)
        {
            try
            {
                var now = _engine.Now();
                var worked = CatchUp(now) | RunWrites() | RunReads() | RunSlice(now) | RunNotices();
                _settling.Answer(IsSettled);
                if (worked)
                {
                    _store.Maintain(isIdle: false);
                }
                else
                {
                    _store.Maintain(isIdle: _writes.IsEmpty && _reads.IsEmpty);
                    WakeWhenDue(now);
                    _bell.Wait();
                }
            }
            catch (Exception exception)
            {
                _failure = exception;
            }
        }
        EndAll();
    }

    private bool RunWrites()
    {
        LetCallersReturn();
        _ahead.Read(_writes);
        if (!_writes.TryDequeue(out var turn))
        {
            _lastGroup = 0;
            return false;
        }
        var started = _clock.GetTimestamp();
        var now = _engine.Now();
        CatchUp(now);
        var group = Transaction(Caller.System, now);
        var turns = new List<Turn>();
        do
        {
            _taken.Add(turn);
            if (turn.Operation.Access == OperationAccess.WritesAlone)
            {
                Commit(group, turns);
                RunAlone(turn);
                _taken.Clear();
                return true;
            }
            RunInGroup(turn, group, turns);
        }
        while (turns.Count < GroupSize && _clock.GetElapsedTime(started) < GroupTime && _writes.TryDequeue(out turn));
        _lastGroup = Math.Max(turns.Count, _lastGroup * 7 / 8);
        Commit(group, turns);
        _taken.Clear();
        return true;
    }

    /// <summary>
    /// Callers who were answered together mostly come back together. The first of them would start a commit of its own and have the others
    /// wait for it: so they get a moment to come, as long as there are more than a few.
    /// </summary>
    private void LetCallersReturn()
    {
        for (var i = 0; i < ReturnYields && !_writes.IsEmpty && _writes.Count < _lastGroup; i++)
        {
            Thread.Yield();
        }
    }

    private void RunInGroup(Turn turn, JobsTransaction group, List<Turn> turns)
    {
        var tx = Transaction(turn.Caller, group.Now, group);
        if (turn.Run(tx) == TurnOutcome.Accepted)
        {
            group.Absorb(tx);
        }
        turns.Add(turn);
    }

    /// <summary>The operation with a first slice of the work it asked for, so that a small job is done when the call returns.</summary>
    private void RunAlone(Turn turn)
    {
        var now = _engine.Now();
        CatchUp(now);
        var tx = Transaction(turn.Caller, now);
        if (turn.Run(tx) != TurnOutcome.Accepted)
        {
            turn.Answer();
            return;
        }
        try
        {
            foreach (var progress in tx.Changes.Progress.Values.Select(change => change.After).OfType<JobProgress>().Take(InlineJobs).ToList())
            {
                if (progress.DueAt <= tx.Now && Slice.MayRun(progress, _engine.Settings))
                {
                    Slice.Run(tx, progress.JobSequence, Math.Min(InlineSlice, _engine.Settings.SliceSize));
                }
            }
            foreach (var group in tx.Changes.Groups.Values.Select(change => change.After).OfType<ThingGroup>().ToList())
            {
                if ((group.DeletedAt ?? group.BuildingSince) <= tx.Now && Slice.MayRun(_memory, _engine.Settings, group.Sequence))
                {
                    Slice.Run(tx, group.Sequence, Math.Min(InlineSlice, _engine.Settings.SliceSize));
                }
            }
        }
        catch (Exception exception) when (exception is not StoreFailedException)
        {
            turn.Fail(NotStored(exception));
            return;
        }
        Commit(tx, [turn]);
    }

    /// <summary>
    /// One piece of a list that goes on, and others' reads up to the next that does: however many lists go on, a change waits for two pieces at the most.
    /// </summary>
    private bool RunReads()
    {
        var worked = _longReads.TryDequeue(out var next);
        if (worked)
        {
            RunRead(next!);
        }
        for (var count = 0; count < ReadsPerTurn && _reads.TryDequeue(out var turn); count++)
        {
            worked = true;
            if (!RunRead(turn))
            {
                break;
            }
        }
        return worked;
    }

    /// <summary>False where it goes on.</summary>
    private bool RunRead(Turn turn)
    {
        var now = _engine.Now();
        CatchUp(now);
        _taken.Add(turn);
        var isDone = turn.Run(Transaction(turn.Caller, now)) != TurnOutcome.GoesOn;
        if (isDone)
        {
            turn.Answer();
        }
        else
        {
            _longReads.Enqueue(turn);
        }
        _taken.Clear();
        return isDone;
    }

    private JobsTransaction Transaction(Caller caller, DateTimeOffset now, JobsTransaction? group = null) =>
        new(_memory, _store, _engine.Settings, _engine.Services, caller, now, group);

    /// <summary>Makes the changes durable, then visible, then answers, then tells.</summary>
    private void Commit(JobsTransaction group, List<Turn> turns)
    {
        if (group.HasChanges)
        {
            NotificationOutbox.Fill(group, _engine.Now());
            var started = _clock.GetTimestamp();
            try
            {
                _store.Commit(group.Changes);
            }
            catch (Exception exception) when (turns.Count > 0 && exception is not StoreFailedException)
            {
                turns.ForEach(turn => turn.Fail(NotStored(exception)));
                return;
            }
            if (group.Changes.Clock is { } state)
            {
                _engine.Services.Clock?.Become(state);
            }
            _meter?.Committed(group.Changes, turns.Count, started);
            _memory.Publish(group.Changes);
            _firstGone = group.Changes.Gone.Count > 0 ? ReadFirstGone() : _firstGone;
            _firstActivity = group.Changes.ClearedActivities.Count > 0 ? ReadFirstActivity()
                : _firstActivity ?? group.Changes.Activities.FirstOrDefault()?.At;
            TellProgress(group);
            TellCredentials(group);
            TellRegistry(group);
            TellNotifications(group);
        }
        turns.ForEach(turn => turn.Answer());
        group.Events.AddRange(Notices.After(group));
        if (group.Events.Count > 0)
        {
            _feed.Publish(group.Events);
        }
    }

    private DateTimeOffset? ReadFirstGone() => _store.ReadGone(DateTimeOffset.MaxValue, 1) is [var gone] ? gone.At : null;

    private DateTimeOffset? ReadFirstActivity() => _store.ReadFirstActivities(1) is [var first] ? first.At : null;

    /// <summary>One event for each job whose counters or work moved, however many executions moved them.</summary>
    private void TellProgress(JobsTransaction group)
    {
        foreach (var sequence in group.Changes.Progress.Keys)
        {
            if (_memory.FindJob(sequence) is { Job.PurgedAt: null } entry)
            {
                group.Events.Add(new JobChanged(group.Now, entry.Job.JobId, entry.Job, entry.Progress));
            }
        }
    }

    private static void TellCredentials(JobsTransaction group)
    {
        var (things, keys) = (group.Changes.ThingsWithCredentialsTaken, group.Changes.AccessKeysTaken);
        if (things.Count + keys.Count > 0)
        {
            group.Events.Add(new CredentialsTaken(group.Now, things, keys)
            {
                GoneThings = group.Changes.DeletedThings.Select(thing => thing.Name).ToHashSet(StringComparer.Ordinal),
            });
        }
    }

    /// <summary>One event for all things and groups of a commit.</summary>
    private static void TellRegistry(JobsTransaction group)
    {
        var (things, groups) = (group.Changes.Things, group.Changes.Groups);
        if (things.Count + groups.Count > 0)
        {
            group.Events.Add(new RegistryChanged(
                group.Now,
                things.Keys.ToHashSet(StringComparer.Ordinal),
                groups.Values.Select(change => (change.After ?? change.Before)!.Name).ToHashSet(StringComparer.Ordinal)));
        }
    }

    private static void TellNotifications(JobsTransaction group)
    {
        if (group.Changes.NotificationRules.Count + group.Changes.NotificationDeliveries.Count > 0)
        {
            group.Events.Add(new NotificationsChanged(group.Now));
        }
    }

    private static JobsException NotStored(Exception exception) => new(
        JobsError.ServiceUnavailable, $"The change could not be stored and was not made: {exception.Message}", exception);
}
