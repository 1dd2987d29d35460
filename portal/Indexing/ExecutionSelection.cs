namespace IoTJobsToolkit.Portal.Indexing;

/// <summary>The slots which match a filter, for all who asked with the same one.</summary>
internal sealed class ExecutionSelection
{
    /// <summary>Of the time between two looks through all executions, the share which a look may take.</summary>
    private const int Share = 20;

    private readonly int[] _slots;
    private readonly long _stamp;
    private readonly long _madeAt;
    private readonly TimeSpan _took;

    private ExecutionSelection(ExecutionFilter filter, int[] slots, long stamp, long madeAt, TimeSpan took)
    {
        (Filter, _slots, _stamp, _madeAt, _took) = (filter, slots, stamp, madeAt, took);
    }

    public ExecutionFilter Filter { get; }

    public ReadOnlySpan<int> Slots => _slots;

    /// <param name="reason">Place of the filter's reason; null where it has none.</param>
    public static ExecutionSelection Of(ExecutionStore store, ExecutionFilter filter, int? reason, long stamp, TimeProvider clock)
    {
        var began = clock.GetTimestamp();
        var (anyStatus, statuses, version, things) = (filter.Statuses.IsEmpty, filter.Statuses.Bits, filter.Version, filter.Things);
        var slots = new List<int>();
        var updated = filter.Sort == ExecutionSort.Updated ? new List<long>() : null;
        foreach (var slot in store.Order)
        {
            ref var entry = ref store[slot];
            if ((anyStatus || (statuses & 1 << entry.Status) != 0) &&
                (reason is null || entry.Reason >= 0 && entry.Reason == reason) &&
                (version is null || entry.Version == version) &&
                (things is null || things.Has(entry.ThingName)))
            {
                slots.Add(slot);
                updated?.Add(LatestFirst(entry.UpdatedAt, updated.Count));
            }
        }
        var found = slots.ToArray();
        if (updated is not null)
        {
            Array.Sort(updated.ToArray(), found);
        }
        return new(filter, found, stamp, clock.GetTimestamp(), clock.GetElapsedTime(began));
    }

    /// <summary>A key to sort by: of what changed in the same millisecond, what was queued first comes first.</summary>
    private static long LatestFirst(long updatedAt, int place) => (1L << 42) - updatedAt << 21 | (uint)place;

    public bool IsOlderThan(long stamp) => stamp != _stamp;

    /// <summary>It is older, and may be made anew.</summary>
    public bool IsStale(long stamp, TimeProvider clock) => IsOlderThan(stamp) && clock.GetElapsedTime(_madeAt) >= Share * _took;
}
