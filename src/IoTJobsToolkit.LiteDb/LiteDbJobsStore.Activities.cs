using IoTJobsToolkit.Engine.Activities;

namespace IoTJobsToolkit.LiteDb;

/// <summary>What operators did.</summary>
public sealed partial class LiteDbJobsStore
{
    public IReadOnlyList<ActivityRecord> ReadActivities(long? before, int take) => ReadAll(() => _activities.Read(before, take));

    public IReadOnlyList<ActivityRecord> ReadFirstActivities(int take) => ReadAll(() => _activities.ReadFirst(take));
}
