using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Deletes a dynamic group; CONTINUOUS jobs see its things leave. One that does not exist is a success as well.</summary>
public sealed record DeleteDynamicThingGroup(string ThingGroupName) : Operation<DeleteDynamicThingGroupResponse>
{
    public long? ExpectedVersion { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check) => check.ThingGroupName(ThingGroupName);

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.THING_GROUP, ThingGroupName);

    internal override DeleteDynamicThingGroupResponse Run(JobsTransaction tx)
    {
        if (tx.FindGroup(ThingGroupName) is not { } group)
        {
            return new();
        }
        if (!group.IsDynamic)
        {
            throw JobsException.InvalidRequest($"{ThingGroupName} is a static thing group; delete it with DeleteThingGroup.");
        }
        group.RequireVersion(ExpectedVersion);
        tx.Save(group, group with { DeletedAt = tx.Now, DeletedSequence = tx.NextSequence() });
        return new();
    }
}

public sealed record DeleteDynamicThingGroupResponse;
