using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Moves a thing between static groups in one step: removals first, then additions, all or nothing (OPEN-27).</summary>
public sealed record UpdateThingGroupsForThing : Operation<UpdateThingGroupsForThingResponse>
{
    public string? ThingName { get; init; }

    public IReadOnlyList<string>? ThingGroupsToAdd { get; init; }

    public IReadOnlyList<string>? ThingGroupsToRemove { get; init; }

    /// <summary>At the limit of groups the newest dynamic membership gives way (jobs-reference 4.8).</summary>
    public bool? OverrideDynamicGroups { get; init; }

    internal override void Validate(Check check)
    {
        check.ThingName(ThingName);
        CheckNames(check, "thingGroupsToAdd", ThingGroupsToAdd);
        CheckNames(check, "thingGroupsToRemove", ThingGroupsToRemove);
        if ((ThingGroupsToAdd ?? []).Intersect(ThingGroupsToRemove ?? [], StringComparer.Ordinal).FirstOrDefault() is { } both)
        {
            throw Check.Failed("thingGroupsToAdd", both, "A group must not stand in thingGroupsToRemove as well");
        }
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(
        ActivitySubject.THING, ThingName!, ActivityNote.Listed("added to", ThingGroupsToAdd), ActivityNote.Listed("removed from", ThingGroupsToRemove));

    internal override UpdateThingGroupsForThingResponse Run(JobsTransaction tx)
    {
        var thing = tx.Thing(ThingName!);
        var toAdd = Groups(tx, ThingGroupsToAdd);
        var toRemove = Groups(tx, ThingGroupsToRemove);
        if (toRemove.FirstOrDefault(group => group.IsDynamic) is { } dynamic)
        {
            throw Membership.DynamicRefused(dynamic);
        }
        Membership.Change(tx, thing, toAdd, toRemove, OverrideDynamicGroups == true);
        return new();
    }

    private static List<ThingGroup> Groups(JobsTransaction tx, IReadOnlyList<string>? names) =>
        [.. (names ?? []).Distinct(StringComparer.Ordinal).Select(tx.Group)];

    private static void CheckNames(Check check, string field, IReadOnlyList<string>? names)
    {
        for (var i = 0; i < names?.Count; i++)
        {
            check.Required($"{field}.{i + 1}.member", names[i]);
            check.Text($"{field}.{i + 1}.member", names[i], 1, 128, TextPattern.Name);
        }
    }
}

public sealed record UpdateThingGroupsForThingResponse;
