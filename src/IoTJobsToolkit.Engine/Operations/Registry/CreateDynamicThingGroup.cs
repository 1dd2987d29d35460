using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>
/// Creates a group whose members are the things that match a query (jobs-reference 4.8); BUILDING until all things have been looked at. The same again is a success.
/// </summary>
public sealed record CreateDynamicThingGroup(string ThingGroupName, string QueryString) : Operation<CreateDynamicThingGroupResponse>
{
    internal const int MaxGroups = 100;

    public ThingGroupProperties? ThingGroupProperties { get; init; }

    /// <summary><c>AWS_Things</c>, also when absent.</summary>
    public string? IndexName { get; init; }

    /// <summary><c>2017-09-30</c>, also when absent.</summary>
    public string? QueryVersion { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.ThingGroupName(ThingGroupName);
        check.ThingGroupProperties(ThingGroupProperties);
        check.Text("indexName", IndexName, 1, 128, TextPattern.Name);
        check.Required("queryString", QueryString);
        check.Length("queryString", QueryString, 1, int.MaxValue);
        check.Tags(Tags);
        DynamicQuery.Check(check, QueryString, IndexName, QueryVersion);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.THING_GROUP, ThingGroupName, ActivityNote.Named("query", QueryString));

    internal override CreateDynamicThingGroupResponse Run(JobsTransaction tx)
    {
        var attributes = (ThingGroupProperties?.AttributePayload ?? new()).Stored();
        var description = ThingGroupProperties?.ThingGroupDescription;
        if (tx.FindGroup(ThingGroupName) is { } existing)
        {
            return existing.QueryString == QueryString && existing.Description == description && existing.Attributes.SequenceEqual(attributes)
                ? Answer(tx, existing)
                : throw JobsException.AlreadyExists(
                    $"There is a thing group {ThingGroupName} with another query or other properties.",
                    ThingGroupName,
                    tx.Settings.ThingGroupArn(ThingGroupName));
        }
        if (tx.HasLimits && tx.DynamicGroups().Count() >= MaxGroups)
        {
            throw JobsException.LimitExceeded($"There are {MaxGroups} dynamic thing groups already; delete one first.");
        }
        var group = new ThingGroup
        {
            Sequence = tx.NextSequence(),
            Name = ThingGroupName,
            CreatedAt = tx.Now,
            Description = description,
            Attributes = attributes,
            Tags = [.. Tags ?? []],
            QueryString = QueryString,
            Status = ThingGroupStatus.BUILDING,
            BuildingSince = tx.Now,
        };
        tx.Save(null, group);
        return Answer(tx, group);
    }

    private static CreateDynamicThingGroupResponse Answer(JobsTransaction tx, ThingGroup group) => new()
    {
        ThingGroupName = group.Name,
        ThingGroupArn = tx.Settings.ThingGroupArn(group.Name),
        ThingGroupId = tx.Settings.ResourceId("thinggroup", group.Sequence),
        QueryString = group.QueryString!,
    };
}

public sealed record CreateDynamicThingGroupResponse
{
    public required string ThingGroupName { get; init; }

    public required string ThingGroupArn { get; init; }

    public required string ThingGroupId { get; init; }

    public string IndexName { get; init; } = DynamicQuery.Index;

    public required string QueryString { get; init; }

    public string QueryVersion { get; init; } = DynamicQuery.Version;
}
