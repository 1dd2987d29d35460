using IoTJobsToolkit.Engine.Activities;

namespace IoTJobsToolkit.Engine;

/// <summary>The audit of a transaction.</summary>
internal sealed partial class JobsTransaction
{
    public void Leave(ActivityRecord activity)
    {
        Changes.Activities.Add(activity);
        Events.Add(new ActivityRecorded(activity));
    }
}
