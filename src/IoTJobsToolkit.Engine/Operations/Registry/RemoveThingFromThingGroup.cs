using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Removes a thing from a static group; one which is no member is a success as well.</summary>
public sealed record RemoveThingFromThingGroup : Operation<RemoveThingFromThingGroupResponse>
{
    public string? ThingGroupName { get; init; }

    public string? ThingGroupArn { get; init; }

    public string? ThingName { get; init; }

    public string? ThingArn { get; init; }

    private MembershipSides Sides => new(ThingGroupName, ThingGroupArn, ThingName, ThingArn);

    internal override void Validate(Check check) => Sides.Validate(check);

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.THING, Sides.Thing(tx).Name, $"group {Sides.Group(tx).Name}");

    internal override RemoveThingFromThingGroupResponse Run(JobsTransaction tx)
    {
        var (thing, group) = (Sides.Thing(tx), Sides.Group(tx));
        if (group.IsDynamic)
        {
            throw Membership.DynamicRefused(group);
        }
        Membership.Change(tx, thing, [], [group], overrideDynamic: false);
        return new();
    }
}

public sealed record RemoveThingFromThingGroupResponse;
