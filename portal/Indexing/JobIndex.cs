using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Portal.Indexing;

/// <summary>
/// The index of one job that is being looked at: read in pages while changes go on arriving, and read again when some were missed or when another
/// job has taken the name.
/// </summary>
public sealed class JobIndex : IDisposable
{
    /// <summary>The first page is small, so that rows are there at once.</summary>
    private const int FirstPage = 200;
    private const int Page = 1_500;

    private readonly Lock _lock = new();
    private readonly JobsEngine _engine;
    private readonly TimeProvider _clock;
    private readonly IndexRoom _room;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closed;

    /// <summary>Executions which were deleted while they are being read: a page from before may still bring them.</summary>
    private readonly HashSet<long> _deleted = [];
    private Action[] _viewers = [];
    private ExecutionIndex _shown;
    private ExecutionIndex? _next;
    private long _jobSequence;
    private int _reading;
    private bool _disposed;

    internal JobIndex(string jobId, JobsEngine engine, TimeProvider clock, IndexRoom room)
    {
        (JobId, _engine, _clock, _room) = (jobId, engine, clock, room);
        (_shown, _closed) = (new(jobId, clock), _closing.Token);
    }

    public string JobId { get; }

    public IndexState State { get; private set; }

    public JobsException? Failure { get; private set; }

    /// <summary>What is known: all executions, or those which were read so far.</summary>
    public ExecutionIndex Executions => Volatile.Read(ref _shown);

    internal bool HasViewers => _viewers.Length > 0;

    internal void AddViewer(Action changed)
    {
        lock (_lock)
        {
            _viewers = [.. _viewers, changed];
        }
    }

    internal void RemoveViewer(Action changed)
    {
        lock (_lock)
        {
            _viewers = [.. _viewers.Where(viewer => !ReferenceEquals(viewer, changed))];
        }
    }

    /// <summary>Reads everything afresh; what was known stays on show until that is done.</summary>
    public void ReadAgain()
    {
        int reading;
        lock (_lock)
        {
            reading = ++_reading;
            GiveBackNext();
            _next = new(JobId, _clock);
            _deleted.Clear();
            (State, Failure, _jobSequence) = (IndexState.Counting, null, 0);
            if (_shown.Count == 0)
            {
                Volatile.Write(ref _shown, _next);
            }
        }
        _ = Task.Run(() => ReadAsync(reading));
        Tell();
    }

    /// <summary>Nobody looks any more: its executions are let go.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _reading++;
            Drop(IndexState.Failed);
        }
        _closing.Cancel();
        _closing.Dispose();
    }

    /// <summary>Takes what a commit changed of this job.</summary>
    internal void Apply(IReadOnlyList<JobsEvent> events)
    {
        lock (_lock)
        {
            if (_disposed || State is IndexState.TooLarge)
            {
                return;
            }
            if (events.Any(IsOfAnother))
            {
                Volatile.Write(ref _shown, Emptied());
            }
            else
            {
                Change([.. events.OfType<ExecutionChanged>()]);
                Tell();
                return;
            }
        }
        ReadAgain();
    }

    /// <summary>Whether it tells of a later job of the same name, or that this one is gone.</summary>
    private bool IsOfAnother(JobsEvent happened)
    {
        var sequence = happened switch
        {
            JobChanged { Job: { } job } => job.Sequence,
            ExecutionChanged execution => execution.Execution.JobSequence,
            _ => 0,
        };
        if (sequence == 0)
        {
            return _jobSequence != 0;
        }
        _jobSequence = _jobSequence == 0 ? sequence : _jobSequence;
        return sequence > _jobSequence;
    }

    private void Change(List<ExecutionChanged> changes)
    {
        changes.RemoveAll(change => change.Execution.JobSequence < _jobSequence);
        if (changes.Count == 0)
        {
            return;
        }
        if (_next is not null)
        {
            _deleted.UnionWith(changes.Where(change => change.After is null).Select(change => change.Before!.Sequence));
        }
        if (_next is not null && _next != _shown)
        {
            Grow(_next, index => index.Apply(changes));
        }
        if (State != IndexState.TooLarge)
        {
            Grow(_shown, index => index.Apply(changes)); // Twice to the same one, where it has just come on show: that changes nothing.
        }
    }

    private async Task ReadAsync(int reading)
    {
        try
        {
            ExecutionKey? after = null;
            do
            {
                var page = await _engine.ReadExecutionsAsync(JobId, after, after is null ? FirstPage : Page, _closed);
                var goesOn = Take(reading, page);
                Tell();
                if (!goesOn)
                {
                    return;
                }
                after = page.Next;
            }
            while (after is not null);
            End(reading, IndexState.Whole, null);
        }
        catch (JobsException none) when (none.Error == JobsError.ResourceNotFound)
        {
            End(reading, IndexState.Whole, null); // A job that is not there has no executions; it is told when one comes.
        }
        catch (JobsException refused)
        {
            End(reading, IndexState.Failed, refused);
        }
        catch (OperationCanceledException)
        {
            // Nobody looks any more.
        }
        catch (Exception fault)
        {
            End(reading, IndexState.Failed, new(JobsError.InternalFailure, fault.Message, fault));
        }
    }

    /// <returns>False when there is nothing to read on for.</returns>
    private bool Take(int reading, JobExecutionPage page)
    {
        lock (_lock)
        {
            if (reading != _reading || State != IndexState.Counting)
            {
                return false;
            }
            if (page.Executions is [var first, ..])
            {
                if (_jobSequence != 0 && first.JobSequence != _jobSequence)
                {
                    if (first.JobSequence > _jobSequence)
                    {
                        _ = Task.Run(ReadAgain);
                    }
                    return first.JobSequence < _jobSequence;
                }
                _jobSequence = first.JobSequence;
            }
            Grow(_next!, index => index.Add(page.Executions.Where(execution => !_deleted.Contains(execution.Sequence))));
            return State == IndexState.Counting;
        }
    }

    private void End(int reading, IndexState state, JobsException? failure)
    {
        lock (_lock)
        {
            if (reading != _reading || State != IndexState.Counting)
            {
                return;
            }
            if (_shown != _next)
            {
                _room.GiveBack(_shown.Count);
                Volatile.Write(ref _shown, _next!);
            }
            _next = null;
            _deleted.Clear();
            (State, Failure) = (state, failure);
        }
        Tell();
    }

    /// <summary>Changes an index and takes the room it needs; where there is none, everything of the job is let go.</summary>
    private void Grow(ExecutionIndex index, Action<ExecutionIndex> change)
    {
        var before = index.Count;
        change(index);
        if (!_room.Take(index.Count - before) && !TryMakeRoom())
        {
            Drop(IndexState.TooLarge);
        }
    }

    /// <summary>While a job is read again it takes twice its room: where that is too much, what was on show goes first.</summary>
    private bool TryMakeRoom()
    {
        if (_next is null || _next == _shown)
        {
            return false;
        }
        _room.GiveBack(_shown.Count);
        Volatile.Write(ref _shown, _next);
        return !_room.IsOverfull;
    }

    private void Drop(IndexState state)
    {
        Volatile.Write(ref _shown, Emptied());
        GiveBackNext();
        _next = null;
        _deleted.Clear();
        State = state;
    }

    /// <summary>An empty index in place of the one on show, whose room is given back.</summary>
    private ExecutionIndex Emptied()
    {
        if (_shown != _next)
        {
            _room.GiveBack(_shown.Count);
        }
        return new(JobId, _clock);
    }

    private void GiveBackNext()
    {
        if (_next is not null && _next != _shown)
        {
            _room.GiveBack(_next.Count);
        }
    }

    private void Tell()
    {
        foreach (var changed in Volatile.Read(ref _viewers))
        {
            changed();
        }
    }
}
