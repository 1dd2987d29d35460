using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Things.Queries;

/// <summary>What there is to know about a thing while a query is asked of it.</summary>
internal readonly record struct ThingFacts(Thing Thing, string? ThingId, bool? Connected);

/// <summary>A field of the index, and how its value is found; null where a thing has none.</summary>
internal sealed record QueryField(string Name, Func<ThingFacts, string?> ValueOf)
{
    /// <summary>Every field, for refusals.</summary>
    public const string All = "thingName, thingTypeName, thingId, connectivity.connected or attributes.NAME";

    public const string AttributePrefix = "attributes.";

    public const string Connected = "connectivity.connected";

    public bool IsBoolean => Name == Connected;

    /// <summary>Names are with case; null for a field which is not indexed.</summary>
    public static QueryField? Find(string name) => name switch
    {
        "thingName" => new(name, facts => facts.Thing.Name),
        "thingTypeName" => new(name, facts => facts.Thing.ThingTypeName),
        "thingId" => new(name, facts => facts.ThingId),
        Connected => new(name, facts => facts.Connected switch { true => "true", false => "false", null => null }),
        _ when name.StartsWith(AttributePrefix, StringComparison.Ordinal) => OfAttribute(name, name[AttributePrefix.Length..]),
        _ => null,
    };

    private static QueryField? OfAttribute(string name, string attribute) =>
        attribute.Length > 0 && TextPattern.AttributeName.Matches(attribute)
            ? new(name, facts => facts.Thing.Attributes.GetValueOrDefault(attribute))
            : null;
}
