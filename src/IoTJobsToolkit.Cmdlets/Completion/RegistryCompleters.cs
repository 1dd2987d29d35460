using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Values which things have, each once: of as many things as can be looked at in the moment.</summary>
public abstract class OfThingsCompleter : LiveCompleter
{
    private protected abstract IEnumerable<(string Name, string? ToolTip)> Read(ThingAttribute thing, NameSearch search);

    private protected override Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken) => search.AddPages(async token =>
    {
        var page = await lease.Jobs.ExecuteAsync(new ListThings { NextToken = token }, cancellationToken).ConfigureAwait(false);
        return (page.Things.SelectMany(thing => Read(thing, search)), page.NextToken);
    });
}

/// <summary>Types of things.</summary>
public sealed class ThingTypeNameCompleter : OfThingsCompleter
{
    private protected override IEnumerable<(string Name, string? ToolTip)> Read(ThingAttribute thing, NameSearch search) =>
        thing.ThingTypeName is { } type ? [(type, $"as {thing.ThingName}")] : [];
}

/// <summary>Names of attributes.</summary>
public sealed class AttributeNameCompleter : OfThingsCompleter
{
    private protected override IEnumerable<(string Name, string? ToolTip)> Read(ThingAttribute thing, NameSearch search) =>
        thing.Attributes.Select(attribute => (attribute.Key, (string?)$"{attribute.Key}={attribute.Value} of {thing.ThingName}"));
}

/// <summary>Values of the attribute which the line names.</summary>
public sealed class AttributeValueCompleter : OfThingsCompleter
{
    private protected override IEnumerable<(string Name, string? ToolTip)> Read(ThingAttribute thing, NameSearch search) =>
        search.Text("AttributeName") is { } name && thing.Attributes.TryGetValue(name, out var value) ? [(value, $"as {thing.ThingName}")] : [];
}

/// <summary>Keys of the tags of the resource which the line names.</summary>
public sealed class TagKeyCompleter : LiveCompleter
{
    private protected override async Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken)
    {
        if (search.Text("ResourceArn") is { } arn)
        {
            var response = await lease.Jobs.ExecuteAsync(new ListTagsForResource(arn), cancellationToken).ConfigureAwait(false);
            foreach (var tag in response.Tags)
            {
                search.Add(tag.Key ?? "", $"{tag.Key}={tag.Value}");
            }
        }
    }
}
