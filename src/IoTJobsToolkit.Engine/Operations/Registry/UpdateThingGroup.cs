using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Changes description and attributes of a static group.</summary>
public sealed record UpdateThingGroup(string ThingGroupName, ThingGroupProperties ThingGroupProperties) : Operation<UpdateThingGroupResponse>
{
    public long? ExpectedVersion { get; init; }

    internal override void Validate(Check check)
    {
        check.ThingGroupName(ThingGroupName);
        check.Required("thingGroupProperties", ThingGroupProperties);
        check.ThingGroupProperties(ThingGroupProperties);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.THING_GROUP, ThingGroupName);

    internal override UpdateThingGroupResponse Run(JobsTransaction tx)
    {
        var group = tx.Group(ThingGroupName);
        if (group.IsDynamic)
        {
            throw JobsException.InvalidRequest($"{ThingGroupName} is a dynamic thing group; change it with UpdateDynamicThingGroup.");
        }
        group.RequireVersion(ExpectedVersion);
        var updated = group.With(tx, ThingGroupProperties);
        tx.Save(group, updated);
        return new(updated.Version);
    }
}

/// <param name="Version">The group's version now.</param>
public sealed record UpdateThingGroupResponse(long Version);
