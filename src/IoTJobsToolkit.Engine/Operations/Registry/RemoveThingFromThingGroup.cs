using IoTJobsToolkit.Engine.Validation;

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

    internal override RemoveThingFromThingGroupResponse Run(JobsTransaction tx)
    {
        Membership.Remove(tx, Sides.Thing(tx), Sides.Group(tx));
        return new();
    }
}

public sealed record RemoveThingFromThingGroupResponse;
