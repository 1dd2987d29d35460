using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

public sealed record DescribeThingGroup(string ThingGroupName) : Operation<DescribeThingGroupResponse>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check) => check.ThingGroupName(ThingGroupName);

    internal override DescribeThingGroupResponse Run(JobsTransaction tx)
    {
        var group = tx.Group(ThingGroupName);
        var ancestors = group.Ancestry(tx).Skip(1).Reverse().Select(ancestor => GroupNameAndArn.Of(ancestor, tx.Settings)).ToList();
        return new()
        {
            ThingGroupName = group.Name,
            ThingGroupId = tx.Settings.ResourceId("thinggroup", group.Sequence),
            ThingGroupArn = tx.Settings.ThingGroupArn(group.Name),
            Version = group.Version,
            ThingGroupProperties = new()
            {
                ThingGroupDescription = group.Description,
                AttributePayload = group.Attributes.Count > 0 ? new() { Attributes = group.Attributes } : null,
            },
            ThingGroupMetadata = new()
            {
                ParentGroupName = ancestors.Count > 0 ? ancestors[^1].GroupName : null,
                RootToParentThingGroups = ancestors.Count > 0 ? ancestors : null,
                CreationDate = group.CreatedAt,
            },
            IndexName = group.IsDynamic ? DynamicQuery.Index : null,
            QueryString = group.QueryString,
            QueryVersion = group.IsDynamic ? DynamicQuery.Version : null,
            Status = group.IsDynamic ? group.Status : null,
        };
    }
}

public sealed record DescribeThingGroupResponse
{
    public required string ThingGroupName { get; init; }

    public required string ThingGroupId { get; init; }

    public required string ThingGroupArn { get; init; }

    public long Version { get; init; }

    public ThingGroupProperties ThingGroupProperties { get; init; } = new();

    public ThingGroupMetadata ThingGroupMetadata { get; init; } = new();

    /// <summary>As the three below, with dynamic groups only.</summary>
    public string? IndexName { get; init; }

    public string? QueryString { get; init; }

    public string? QueryVersion { get; init; }

    public ThingGroupStatus? Status { get; init; }
}

public sealed record ThingGroupMetadata
{
    public string? ParentGroupName { get; init; }

    public IReadOnlyList<GroupNameAndArn>? RootToParentThingGroups { get; init; }

    public DateTimeOffset CreationDate { get; init; }
}

public sealed record GroupNameAndArn(string GroupName, string GroupArn)
{
    internal static GroupNameAndArn Of(ThingGroup group, JobsSettings settings) => new(group.Name, settings.ThingGroupArn(group.Name));
}
