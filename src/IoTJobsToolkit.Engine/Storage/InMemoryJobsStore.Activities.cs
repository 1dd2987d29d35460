using IoTJobsToolkit.Engine.Activities;

namespace IoTJobsToolkit.Engine.Storage;

/// <summary>What operators did.</summary>
public sealed partial class InMemoryJobsStore
{
    private readonly SortedList<long, ActivityRecord> _activities = [];

    public IReadOnlyList<ActivityRecord> ReadActivities(long? before, int take)
    {
        var page = new List<ActivityRecord>();
        for (var i = (before is { } sequence ? CountBelow(sequence) : _activities.Count) - 1; i >= 0 && page.Count < take; i--)
        {
            page.Add(_activities.GetValueAtIndex(i));
        }
        return page;
    }

    public IReadOnlyList<ActivityRecord> ReadFirstActivities(int take) => [.. _activities.Values.Take(take)];

    private void CommitActivities(JobsChanges changes)
    {
        foreach (var record in changes.Activities)
        {
            _activities[record.Sequence] = record;
        }
        foreach (var sequence in changes.ClearedActivities)
        {
            _activities.Remove(sequence);
        }
    }

    private int CountBelow(long sequence)
    {
        var (low, high) = (0, _activities.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _activities.GetKeyAtIndex(middle) < sequence ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
