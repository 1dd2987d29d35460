using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Adds a thing to a static group: at most 10, never two of one hierarchy; a repeat is a success.</summary>
public sealed record AddThingToThingGroup : Operation<AddThingToThingGroupResponse>
{
    public string? ThingGroupName { get; init; }

    public string? ThingGroupArn { get; init; }

    public string? ThingName { get; init; }

    public string? ThingArn { get; init; }

    /// <summary>At the limit of groups the newest dynamic membership gives way (jobs-reference 4.8).</summary>
    public bool? OverrideDynamicGroups { get; init; }

    private MembershipSides Sides => new(ThingGroupName, ThingGroupArn, ThingName, ThingArn);

    internal override void Validate(Check check) => Sides.Validate(check);

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.THING, Sides.Thing(tx).Name, $"group {Sides.Group(tx).Name}");

    internal override AddThingToThingGroupResponse Run(JobsTransaction tx)
    {
        Membership.Change(tx, Sides.Thing(tx), [Sides.Group(tx)], [], OverrideDynamicGroups == true);
        return new();
    }
}

public sealed record AddThingToThingGroupResponse;
