using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Finds things by name, in the language of dynamic groups, by the beginning of their names, or by both.</summary>
public sealed record SearchThings : Operation<SearchThingsResponse>
{
    /// <summary>What things are to match, as a dynamic group's query says it; every thing when absent.</summary>
    public string? QueryString { get; init; }

    /// <summary>How names begin, with case: only those things are looked at, however many others there are.</summary>
    public string? ThingNamePrefix { get; init; }

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    private string List => $"SearchThings|{ThingNamePrefix}|{QueryString}";

    internal override void Validate(Check check)
    {
        check.Length("queryString", QueryString, 1, int.MaxValue);
        check.Text("thingNamePrefix", ThingNamePrefix, 1, 128, TextPattern.Name);
        check.MaxResults(MaxResults);
        DynamicQuery.Check(check, QueryString, null, null);
    }

    /// <summary>How far earlier turns of this call came.</summary>
    internal PageScan<Thing, NameKey>? Scan { get; init; }

    internal override SearchThingsResponse Run(JobsTransaction tx)
    {
        var size = MaxResults ?? Page.Default;
        var query = QueryString is null ? null : DynamicGroups.Query(QueryString);
        var after = PageToken.Read(List, NextToken, 1)?[0] ?? BeforePrefix;
        var (scan, isDone) = (Scan ?? new([], after is null ? null : new NameKey(after))).Run(
            size,
            (key, take) => WithPrefix(tx.Store.ReadThings(key?.Name, take)),
            thing => new NameKey(thing.Name),
            thing => query is null || DynamicGroups.Matches(tx, query, thing) ? thing : null);
        if (!isDone)
        {
            throw new GoesOnException(this with { Scan = scan });
        }
        var (page, nextToken) = Page.Cut(scan.Found, size, last => PageToken.Write(List, last.Name));
        return new([.. page.Select(thing => FoundThing.Of(thing, tx))]) { NextToken = nextToken };
    }

    /// <summary>Comes before every name with the prefix and after every name before those: no name holds <c>~</c>.</summary>
    private string? BeforePrefix => ThingNamePrefix is null ? null : $"{ThingNamePrefix[..^1]}{(char)(ThingNamePrefix[^1] - 1)}~";

    /// <summary>A page that is shorter than asked for is the last.</summary>
    private IReadOnlyList<Thing> WithPrefix(IReadOnlyList<Thing> things) =>
        ThingNamePrefix is null || things.Count == 0 || things[^1].Name.StartsWith(ThingNamePrefix, StringComparison.Ordinal)
            ? things
            : [.. things.TakeWhile(thing => thing.Name.StartsWith(ThingNamePrefix, StringComparison.Ordinal))];
}

public sealed record SearchThingsResponse(IReadOnlyList<FoundThing> Things)
{
    public string? NextToken { get; init; }
}

/// <summary>A line of SearchThings.</summary>
public sealed record FoundThing
{
    public required string ThingName { get; init; }

    public string? ThingTypeName { get; init; }

    public required string ThingArn { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = Thing.NoAttributes;

    public long Version { get; init; }

    public bool Connected { get; init; }

    /// <summary>Null where it is not connected.</summary>
    public DateTimeOffset? ConnectedSince { get; init; }

    internal static FoundThing Of(Thing thing, JobsTransaction tx)
    {
        var connection = tx.FindConnected(thing.Sequence);
        return new()
        {
            ThingName = thing.Name,
            ThingTypeName = thing.ThingTypeName,
            ThingArn = tx.Settings.ThingArn(thing.Name),
            Attributes = thing.Attributes,
            Version = thing.Version,
            Connected = connection is not null,
            ConnectedSince = connection?.Timestamp,
        };
    }
}
