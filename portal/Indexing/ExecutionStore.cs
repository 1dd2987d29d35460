using System.Runtime.InteropServices;

namespace IoTJobsToolkit.Portal.Indexing;

/// <summary>
/// Entries in slots, with an order over them: a slot stays where it is, so that a change costs a search and no moving. What comes or goes elsewhere
/// than at the end costs one pass over the order, however many come and go together.
/// </summary>
internal sealed class ExecutionStore
{
    private const int ChunkBits = 10;
    private const int ChunkSize = 1 << ChunkBits;

    private readonly List<ExecutionEntry[]> _chunks = [];
    private readonly Stack<int> _free = [];
    private List<int> _order = [];
    private int _slots;

    public int Count => _order.Count;

    /// <summary>The slots by queuedAt, thing name and number.</summary>
    public ReadOnlySpan<int> Order => CollectionsMarshal.AsSpan(_order);

    public ref ExecutionEntry this[int slot] => ref _chunks[slot >> ChunkBits][slot & ChunkSize - 1];

    /// <summary>Its slot; -1 where there is none.</summary>
    public int Find(in ExecutionEntry entry)
    {
        var place = PlaceOf(in entry);
        return place < _order.Count && ExecutionEntry.Compare(in this[_order[place]], in entry) == 0 ? _order[place] : -1;
    }

    /// <summary>As the other, by what people know of an execution.</summary>
    public int Find(long queuedAt, string thingName, int number)
    {
        var place = PlaceOf(new ExecutionEntry { QueuedAt = queuedAt, ThingName = thingName, Number = number, Sequence = long.MinValue });
        if (place == _order.Count)
        {
            return -1;
        }
        ref var entry = ref this[_order[place]];
        return entry.QueuedAt == queuedAt && entry.ThingName == thingName && entry.Number == number ? _order[place] : -1;
    }

    /// <summary>Where in the order it stands, or would.</summary>
    private int PlaceOf(in ExecutionEntry entry)
    {
        var (low, high) = (0, _order.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (ExecutionEntry.Compare(in this[_order[middle]], in entry) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }

    /// <summary>Puts an entry into a slot; it has no place in the order before <see cref="Settle"/>.</summary>
    public int Put(in ExecutionEntry entry)
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _slots++;
            if (slot >> ChunkBits == _chunks.Count)
            {
                _chunks.Add(new ExecutionEntry[ChunkSize]);
            }
        }
        this[slot] = entry;
        return slot;
    }

    /// <summary>Gives new slots their places, and takes away those whose entries are gone.</summary>
    public void Settle(List<int> added, bool anyGone)
    {
        added.Sort((left, right) => ExecutionEntry.Compare(in this[left], in this[right]));
        if (!anyGone && (added.Count == 0 || _order.Count == 0 || ExecutionEntry.Compare(in this[_order[^1]], in this[added[0]]) < 0))
        {
            _order.AddRange(added);
            return;
        }
        var merged = new List<int>(_order.Count + added.Count);
        var next = 0;
        foreach (var slot in _order)
        {
            if (this[slot].IsGone)
            {
                this[slot] = default;
                _free.Push(slot);
                continue;
            }
            while (next < added.Count && ExecutionEntry.Compare(in this[added[next]], in this[slot]) < 0)
            {
                merged.Add(added[next++]);
            }
            merged.Add(slot);
        }
        merged.AddRange(CollectionsMarshal.AsSpan(added)[next..]);
        _order = merged;
    }
}
