using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Lists things by name; an attribute filter matches the whole value, or its beginning.</summary>
public sealed record ListThings : Operation<ListThingsResponse>
{
    public string? NextToken { get; init; }

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? AttributeName { get; init; }

    public string? AttributeValue { get; init; }

    public string? ThingTypeName { get; init; }

    public bool? UsePrefixAttributeValue { get; init; }

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    private string List => $"ListThings|{AttributeName}|{AttributeValue}|{ThingTypeName}|{UsePrefixAttributeValue == true}";

    internal override void Validate(Check check)
    {
        check.MaxResults(MaxResults);
        check.Text("attributeName", AttributeName, 0, 128, TextPattern.AttributeName);
        check.Text("attributeValue", AttributeValue, 0, 800, TextPattern.AttributeValue);
        check.Text("thingTypeName", ThingTypeName, 1, 128, TextPattern.Name);
        if (AttributeValue is not null && AttributeName is null)
        {
            throw JobsException.InvalidRequest("attributeValue filters need attributeName: say which attribute is to have the value.");
        }
    }

    /// <summary>How far earlier turns of this call came.</summary>
    internal PageScan<Thing, NameKey>? Scan { get; init; }

    internal override ListThingsResponse Run(JobsTransaction tx)
    {
        var size = MaxResults ?? Page.Default;
        NameKey? after = PageToken.Read(List, NextToken, 1) is [var name] ? new NameKey(name) : null;
        var (scan, isDone) = (Scan ?? new([], after)).Run(
            size,
            (key, take) => tx.Store.ReadThings(key?.Name, take),
            thing => new NameKey(thing.Name),
            thing => Matches(thing) ? thing : null);
        if (!isDone)
        {
            throw new GoesOnException(this with { Scan = scan });
        }
        var (page, nextToken) = Page.Cut(scan.Found, size, last => PageToken.Write(List, last.Name));
        return new([.. page.Select(thing => ThingAttribute.Of(thing, tx.Settings))]) { NextToken = nextToken };
    }

    private bool Matches(Thing thing)
    {
        if (ThingTypeName is not null && thing.ThingTypeName != ThingTypeName)
        {
            return false;
        }
        return AttributeName is null || thing.Attributes.TryGetValue(AttributeName, out var value) &&
            (AttributeValue is null || value == AttributeValue ||
             UsePrefixAttributeValue == true && value.StartsWith(AttributeValue, StringComparison.Ordinal));
    }
}

public sealed record ListThingsResponse(IReadOnlyList<ThingAttribute> Things)
{
    public string? NextToken { get; init; }
}

/// <summary>A line of ListThings: AWS's shape <c>ThingAttribute</c>.</summary>
public sealed record ThingAttribute
{
    public required string ThingName { get; init; }

    public string? ThingTypeName { get; init; }

    public required string ThingArn { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = Thing.NoAttributes;

    public long Version { get; init; }

    internal static ThingAttribute Of(Thing thing, JobsSettings settings) => new()
    {
        ThingName = thing.Name,
        ThingTypeName = thing.ThingTypeName,
        ThingArn = settings.ThingArn(thing.Name),
        Attributes = thing.Attributes,
        Version = thing.Version,
    };
}

/// <summary>A place in a list that is ordered by name.</summary>
internal readonly record struct NameKey(string Name);
