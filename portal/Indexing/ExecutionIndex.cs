using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Portal.Components.Executions;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Indexing;

/// <summary>A row of a job's executions.</summary>
/// <param name="Reason">Why it failed; null where it did not.</param>
public sealed record IndexedExecution(ExecutionLine Line, long Version, string? Reason);

/// <summary>Some rows of all that match.</summary>
/// <param name="IsBehind">Something changed since it was looked which ones match: ask again in a moment.</param>
public sealed record ExecutionRows(int Total, IReadOnlyList<IndexedExecution> Rows, bool IsBehind);

/// <summary>
/// A job's executions in memory, so that any part of a long list, filtered or not, is there at once. One writer, any readers: each takes the lock
/// for a short look.
/// </summary>
public sealed class ExecutionIndex(string jobId, TimeProvider clock)
{
    private const int KeptSelections = 8;

    private readonly Lock _lock = new();
    private readonly ExecutionStore _store = new();
    private readonly ReasonBook _reasons = new();
    private readonly List<ExecutionSelection> _selections = [];
    private ExecutionProgress? _progress;
    private long _stamp;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _store.Count;
            }
        }
    }

    /// <summary>Grows with everything that changes what readers see.</summary>
    public long Stamp => Volatile.Read(ref _stamp);

    /// <summary>Takes executions as they were read; those which are known already in a later version stay.</summary>
    public void Add(IEnumerable<JobExecution> executions)
    {
        ArgumentNullException.ThrowIfNull(executions);
        lock (_lock)
        {
            var added = new List<int>();
            foreach (var execution in executions)
            {
                Set(execution, added);
            }
            _store.Settle(added, anyGone: false);
            _stamp++;
        }
    }

    /// <summary>Takes what a commit changed.</summary>
    public void Apply(IReadOnlyCollection<ExecutionChanged> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        // The last change of an execution holds those before; so none is looked for which has no place in the order yet.
        var last = new Dictionary<long, ExecutionChanged>(changes.Count);
        foreach (var change in changes)
        {
            last[change.Execution.Sequence] = change;
        }
        lock (_lock)
        {
            var added = new List<int>();
            var anyGone = false;
            foreach (var change in last.Values)
            {
                if (change.After is { } execution)
                {
                    Set(execution, added);
                }
                else
                {
                    anyGone |= Remove(change.Before!);
                }
            }
            _store.Settle(added, anyGone);
            if (anyGone)
            {
                _selections.Clear(); // Their slots may be given to others.
            }
            _stamp++;
        }
    }

    public ExecutionRows Read(ExecutionFilter filter, int start, int take)
    {
        ArgumentNullException.ThrowIfNull(filter);
        lock (_lock)
        {
            var slots = Slots(filter, out var isBehind);
            var from = Math.Clamp(start, 0, slots.Length);
            var rows = new List<IndexedExecution>(Math.Min(take, slots.Length - from));
            foreach (var slot in slots.Slice(from, Math.Min(take, slots.Length - from)))
            {
                rows.Add(Row(slot));
            }
            return new(slots.Length, rows, isBehind);
        }
    }

    /// <summary>One execution; null where it is not known.</summary>
    public IndexedExecution? Find(ExecutionLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        lock (_lock)
        {
            var slot = _store.Find(line.QueuedAt.ToUnixTimeMilliseconds(), line.ThingName, checked((int)line.Number));
            return slot < 0 ? null : Row(slot);
        }
    }

    /// <summary>Failures by reason, most frequent first.</summary>
    public IReadOnlyList<ReasonCount> Reasons()
    {
        lock (_lock)
        {
            return _reasons.Counts();
        }
    }

    /// <summary>How many had been created and had ended, over time; at most a second old.</summary>
    public ExecutionProgress Progress()
    {
        lock (_lock)
        {
            if (_progress is not { } progress || progress.Stamp != _stamp && clock.GetElapsedTime(progress.ReadAt) >= ExecutionProgress.Interval)
            {
                _progress = progress = ExecutionProgress.Of(_store, _stamp, clock.GetTimestamp());
            }
            return progress;
        }
    }

    /// <summary>The slots which match: never one that is gone; one that changed since may not match any more for a moment.</summary>
    private ReadOnlySpan<int> Slots(ExecutionFilter filter, out bool isBehind)
    {
        isBehind = false;
        if (filter.IsAll)
        {
            return _store.Order;
        }
        var found = _selections.FindIndex(selection => selection.Filter == filter);
        var selection = found >= 0 ? _selections[found] : null;
        if (selection is null || selection.IsStale(_stamp, clock))
        {
            selection = ExecutionSelection.Of(_store, filter, filter.Reason is { } reason ? _reasons.Find(reason) : null, _stamp, clock);
        }
        if (found >= 0)
        {
            _selections.RemoveAt(found);
        }
        else if (_selections.Count == KeptSelections)
        {
            _selections.RemoveAt(0); // Nobody has asked for it for the longest time.
        }
        _selections.Add(selection);
        isBehind = selection.IsOlderThan(_stamp);
        return selection.Slots;
    }

    private IndexedExecution Row(int slot)
    {
        ref var entry = ref _store[slot];
        return new(entry.Line(jobId), entry.Version, _reasons[entry.Reason]);
    }

    private void Set(JobExecution execution, List<int> added)
    {
        var entry = ExecutionEntry.Of(execution, -1);
        var slot = _store.Find(in entry);
        if (slot >= 0 && _store[slot].Version > entry.Version)
        {
            return; // An older commit, told after a newer state was read.
        }
        entry.Reason = ExecutionEntry.IsFailure(execution.Status) ? _reasons.Take(FailureReason.Of(execution)) : -1;
        if (slot < 0)
        {
            added.Add(_store.Put(in entry));
            return;
        }
        _reasons.GiveBack(_store[slot].Reason);
        _store[slot] = entry;
    }

    private bool Remove(JobExecution execution)
    {
        var entry = ExecutionEntry.Of(execution, -1);
        var slot = _store.Find(in entry);
        if (slot < 0)
        {
            return false;
        }
        _reasons.GiveBack(_store[slot].Reason);
        _store[slot].IsGone = true;
        return true;
    }
}
