using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>
/// Whether an operation may be sent again when nobody knows if the first one was carried out: the second must leave things as the first
/// did, and be answered like it. CreateJob again would be told that its job exists, DeleteJob that it is gone, a device's report that it
/// comes too late: whoever asked for those has to look instead.
/// </summary>
internal static class Repeatable
{
    public static bool Is(Route route, Operation operation) => route.Method == "GET" || operation switch
    {
        // The same thing or group again is answered as if it were new; one that is gone already, as if it had been there.
        CreateThing or CreateThingGroup or CreateDynamicThingGroup => true,
        DeleteThing or DeleteThingGroup or DeleteDynamicThingGroup => true,
        UpdateThing { ExpectedVersion: null } or UpdateThingGroup { ExpectedVersion: null } or UpdateDynamicThingGroup { ExpectedVersion: null } => true,
        AddThingToThingGroup or RemoveThingFromThingGroup or UpdateThingGroupsForThing => true,
        TagResource or UntagResource or UpdateEventConfigurations => true,
        UpdateJob or AssociateTargetsWithJob => true,
        // Hands out once more what runs already.
        StartNextPendingJobExecution => true,
        _ => false,
    };
}
