using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.LiteDb.Mapping;

namespace IoTJobsToolkit.LiteDb;

/// <summary>What operators did.</summary>
public sealed partial class LiteDbJobsStore
{
    public IReadOnlyList<ActivityRecord> ReadActivities(long? before, int take) =>
        ReadAll(() => _collections.Activities.ReadDescending("_id", (Keys.Of(0), Keys.Of((before ?? long.MaxValue) - 1)), take)
            .Select(ActivityMapping.ToRecord));

    public IReadOnlyList<ActivityRecord> ReadFirstActivities(int take) =>
        ReadAll(() => _collections.Activities.Read((Keys.Of(0), Keys.Of(long.MaxValue)), take).Select(ActivityMapping.ToRecord));
}
