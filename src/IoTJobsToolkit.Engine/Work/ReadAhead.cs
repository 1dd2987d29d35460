using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations;
using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>
/// Reads the things that waiting callers name before their turns come, where memory has them not: things which lie together, as those of a list do, in one range
/// instead of by two reads each. Where they do not lie together, or have a long history, it is left alone for a while.
/// </summary>
internal sealed class ReadAhead(IJobsStore store, JobsMemory memory)
{
    private const int Fewest = 16;
    private const int Most = 256;
    private const int ExecutionsPerThing = 4;

    /// <summary>Groups without a look when there was nothing to read.</summary>
    private const int ShortPause = 4;

    /// <summary>Groups without a look when a read was for nothing.</summary>
    private const int LongPause = 64;

    private int _pause;

    /// <summary>On the store's thread, between two groups: what memory then holds is as of the last commit.</summary>
    public void Read(IReadOnlyCollection<Turn> waiting)
    {
        if (_pause > 0)
        {
            _pause--;
            return;
        }
        if (waiting.Count < Fewest || memory.OldestUnfinished is null)
        {
            return;
        }
        var names = Missing(waiting);
        _pause = names.Count < Fewest ? ShortPause : TryRead(names) ? 0 : LongPause;
    }

    /// <summary>What cannot be read is told to those who need it, when their turns come.</summary>
    private bool TryRead(SortedSet<string> names)
    {
        try
        {
            return Read(names);
        }
        catch (Exception unread) when (unread is not StoreFailedException)
        {
            return false;
        }
    }

    private SortedSet<string> Missing(IEnumerable<Turn> waiting)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var turn in waiting.Take(Most))
        {
            if (NameOf(turn.Operation) is { } name && memory.Things.Find(name) is null or { Pending.IsDefault: true })
            {
                names.Add(name);
            }
        }
        return names;
    }

    private static string? NameOf(Operation operation) => operation switch
    {
        IActsForThing device => device.ThingName,
        INamesThing named => named.ThingName,
        _ => null,
    };

    /// <returns>False where it was not worth it.</returns>
    private bool Read(SortedSet<string> names)
    {
        var things = store.ReadThings(names.Min, 2 * names.Count).Where(thing => names.Contains(thing.Name)).ToList();
        if (2 * things.Count < names.Count)
        {
            return false;
        }
        var found = store.FindExecutionsOfThings(things.Min(thing => thing.Sequence), things.Max(thing => thing.Sequence), ExecutionsPerThing * things.Count);
        if (found is null)
        {
            return false;
        }
        var pending = found.Where(execution => !execution.HasEnded).ToLookup(execution => execution.ThingSequence);
        foreach (var thing in things)
        {
            memory.Things.Set(new(thing, [.. pending[thing.Sequence].Order(PendingOrder.Comparer)]));
        }
        return true;
    }
}
