using IoTJobsToolkit.LiteDb.Mapping;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Journaling;

/// <summary>
/// What the journal holds and the collections do not yet. It is applied a little at a time, and what was moved several times meanwhile is written
/// once; a transaction that spans many groups of callers writes each page once, too.
/// </summary>
internal sealed class Backlog(Collections collections)
{
    private readonly PendingDocuments _executions = new(collections.Executions, isThere: true);
    private readonly PendingDocuments _progress = new(collections.Progress, isThere: true);
    private readonly PendingDocuments _timers = new(collections.Timers, isThere: false);
    private long? _nextSequence;

    /// <summary>Executions which wait; with none of them nothing waits.</summary>
    public int Count => _executions.Count;

    public bool IsEmpty => _executions.Count + _progress.Count + _timers.Count == 0 && _nextSequence is null;

    public void Add(JournalEntry entry)
    {
        foreach (var execution in entry.Executions)
        {
            _executions.Put(execution.AsDocument);
        }
        foreach (var progress in entry.Progress)
        {
            _progress.Put(progress.AsDocument);
        }
        foreach (var id in entry.EndedTimers)
        {
            _timers.Put(id, null);
        }
        foreach (var timer in entry.Timers)
        {
            _timers.Put(timer.AsDocument);
        }
        _nextSequence = entry.NextSequence;
    }

    /// <summary>An execution as it will be, of one that was read: moves change neither its id nor what it is indexed by.</summary>
    public BsonDocument Newest(BsonDocument execution) => _executions.Newest(execution);

    public bool HasTimers => _timers.Count > 0;

    public void ApplyTimers() => _timers.Apply(int.MaxValue, document => document);

    /// <summary>So many executions, within the caller's transaction.</summary>
    public void ApplyExecutions(int count) => _executions.Apply(count, ExecutionMapping.Pad);

    /// <summary>All that waits, within the caller's transaction.</summary>
    public void ApplyAll()
    {
        _executions.Apply(int.MaxValue, ExecutionMapping.Pad);
        _progress.Apply(int.MaxValue, document => document);
        ApplyTimers();
        if (_nextSequence is { } next)
        {
            collections.Meta.Update(DatabaseFormat.Meta(next));
            _nextSequence = null;
        }
    }
}
