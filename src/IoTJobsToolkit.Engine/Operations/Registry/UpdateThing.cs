using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Changes attributes or type of a thing; an attribute with an empty value is removed.</summary>
public sealed record UpdateThing(string ThingName) : Operation<UpdateThingResponse>
{
    public string? ThingTypeName { get; init; }

    public AttributePayload? AttributePayload { get; init; }

    public long? ExpectedVersion { get; init; }

    public bool? RemoveThingType { get; init; }

    internal override void Validate(Check check)
    {
        check.ThingName(ThingName);
        check.Text("thingTypeName", ThingTypeName, 1, 128, TextPattern.Name);
        check.Attributes("attributePayload.attributes", AttributePayload?.Attributes, 50);
        if (RemoveThingType == true && ThingTypeName is not null)
        {
            throw JobsException.InvalidRequest("removeThingType and thingTypeName exclude each other; give one of them.");
        }
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(
        ActivitySubject.THING, ThingName, RemoveThingType == true ? "type removed" : ActivityNote.Named("type", ThingTypeName),
        ActivityNote.Listed("attributes", AttributePayload?.Attributes?.Keys));

    internal override UpdateThingResponse Run(JobsTransaction tx)
    {
        var thing = tx.Thing(ThingName);
        thing.RequireVersion(ExpectedVersion);
        var type = RemoveThingType == true ? null : ThingTypeName ?? thing.ThingTypeName;
        var attributes = AttributePayload?.AppliedTo(thing.Attributes) ?? thing.Attributes;
        new Check(tx.Settings).Count("attributePayload.attributes", attributes, 0, type is null ? 3 : 50);

        Membership.Refresh(tx, thing, thing with { ThingTypeName = type, Attributes = attributes, Version = thing.Version + 1 });
        return new();
    }
}

public sealed record UpdateThingResponse;
