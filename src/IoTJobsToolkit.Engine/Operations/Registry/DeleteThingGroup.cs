using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>
/// Deletes a static group without children; its members lose the membership. One that does not exist is a success as well.
/// </summary>
public sealed record DeleteThingGroup(string ThingGroupName) : Operation<DeleteThingGroupResponse>
{
    public long? ExpectedVersion { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check) => check.ThingGroupName(ThingGroupName);

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.THING_GROUP, ThingGroupName);

    internal override DeleteThingGroupResponse Run(JobsTransaction tx)
    {
        if (tx.FindGroup(ThingGroupName) is not { } group)
        {
            return new();
        }
        if (group.IsDynamic)
        {
            throw JobsException.InvalidRequest($"{ThingGroupName} is a dynamic thing group; delete it with DeleteDynamicThingGroup.");
        }
        group.RequireVersion(ExpectedVersion);
        if (tx.Memory.Children(group.Sequence).Any(child => tx.FindGroup(child) is { DeletedAt: null }))
        {
            throw JobsException.InvalidRequest($"Thing group {ThingGroupName} has child groups; delete those first.");
        }
        tx.Save(group, group with { DeletedAt = tx.Now, DeletedSequence = tx.NextSequence() });
        return new();
    }
}

public sealed record DeleteThingGroupResponse;
