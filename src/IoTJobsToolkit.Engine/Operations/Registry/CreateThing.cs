using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Attributes of a thing or group; an update merges them into the stored ones or replaces those.</summary>
public sealed record AttributePayload
{
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    public bool? Merge { get; init; }

    internal ImmutableSortedDictionary<string, string> Stored() =>
        Thing.NoAttributes.AddRange((Attributes ?? Thing.NoAttributes).Where(attribute => attribute.Value.Length > 0));

    /// <summary>The stored attributes after this update; one with an empty value is removed.</summary>
    internal ImmutableSortedDictionary<string, string> AppliedTo(ImmutableSortedDictionary<string, string> stored) =>
        Merge == true ? stored.RemoveRange((Attributes ?? Thing.NoAttributes).Keys).AddRange(Stored()) : Stored();
}

/// <summary>
/// Registers a thing; the same again with the same configuration is a success (http-api 12). A thing type is there once it is named; a billing
/// group never is, as nothing bills here.
/// </summary>
public sealed record CreateThing(string ThingName) : Operation<CreateThingResponse>
{
    public string? ThingTypeName { get; init; }

    public AttributePayload? AttributePayload { get; init; }

    public string? BillingGroupName { get; init; }

    internal override void Validate(Check check)
    {
        check.ThingName(ThingName);
        check.Text("thingTypeName", ThingTypeName, 1, 128, TextPattern.Name);
        check.Attributes("attributePayload.attributes", AttributePayload?.Attributes, ThingTypeName is null ? 3 : 50);
        check.Text("billingGroupName", BillingGroupName, 1, 128, TextPattern.Name);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.THING, ThingName, ActivityNote.Named("type", ThingTypeName));

    internal override CreateThingResponse Run(JobsTransaction tx)
    {
        var attributes = (AttributePayload ?? new()).Stored();
        if (tx.FindThing(ThingName) is { } existing)
        {
            return existing.ThingTypeName == ThingTypeName && existing.BillingGroupName == BillingGroupName &&
                existing.Attributes.SequenceEqual(attributes)
                ? Answer(tx, existing)
                : throw JobsException.AlreadyExists(
                    $"There is a thing {ThingName} with another type or other attributes.",
                    tx.Settings.ResourceId("thing", existing.Sequence),
                    tx.Settings.ThingArn(ThingName));
        }
        if (BillingGroupName is not null)
        {
            throw JobsException.NotFound($"There is no billing group {BillingGroupName}: this registry keeps none. Leave billingGroupName out.");
        }
        var thing = new Thing
        {
            Sequence = tx.NextSequence(),
            Name = ThingName,
            ThingTypeName = ThingTypeName,
            Attributes = attributes,
        };
        tx.Save(null, thing);
        Membership.Refresh(tx, thing, thing);
        return Answer(tx, thing);
    }

    private static CreateThingResponse Answer(JobsTransaction tx, Thing thing) =>
        new(thing.Name, tx.Settings.ThingArn(thing.Name), tx.Settings.ResourceId("thing", thing.Sequence));
}

public sealed record CreateThingResponse(string ThingName, string ThingArn, string ThingId);
