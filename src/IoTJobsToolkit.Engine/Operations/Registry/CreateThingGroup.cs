using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

public sealed record ThingGroupProperties
{
    public string? ThingGroupDescription { get; init; }

    public AttributePayload? AttributePayload { get; init; }
}

/// <summary>Creates a static group, under a parent which it keeps for life; the same again is a success.</summary>
public sealed record CreateThingGroup(string ThingGroupName) : Operation<CreateThingGroupResponse>
{
    internal const int MaxDepth = 7;
    internal const int MaxChildren = 100;

    public string? ParentGroupName { get; init; }

    public ThingGroupProperties? ThingGroupProperties { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.ThingGroupName(ThingGroupName);
        check.Text("parentGroupName", ParentGroupName, 1, 128, TextPattern.Name);
        check.ThingGroupProperties(ThingGroupProperties);
        check.Tags(Tags);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.THING_GROUP, ThingGroupName, ActivityNote.Named("below", ParentGroupName));

    internal override CreateThingGroupResponse Run(JobsTransaction tx)
    {
        var parent = ParentGroupName is null ? null : tx.FindGroup(ParentGroupName);
        var attributes = (ThingGroupProperties?.AttributePayload ?? new()).Stored();
        var description = ThingGroupProperties?.ThingGroupDescription;
        if (tx.FindGroup(ThingGroupName) is { } existing)
        {
            return !existing.IsDynamic && existing.ParentSequence == parent?.Sequence && (parent is null) == (ParentGroupName is null) && existing.Description == description &&
                existing.Attributes.SequenceEqual(attributes)
                ? Answer(tx, existing)
                : throw JobsException.AlreadyExists(
                    $"There is a thing group {ThingGroupName} with other properties.",
                    ThingGroupName,
                    tx.Settings.ThingGroupArn(ThingGroupName));
        }
        if (ParentGroupName is not null)
        {
            CheckTree(tx, parent ?? throw JobsException.InvalidRequest($"There is no thing group {ParentGroupName} to be the parent."));
        }
        var group = new ThingGroup
        {
            Sequence = tx.NextSequence(),
            Name = ThingGroupName,
            CreatedAt = tx.Now,
            ParentSequence = parent?.Sequence,
            Description = description,
            Attributes = attributes,
            Tags = [.. Tags ?? []],
        };
        tx.Save(null, group);
        return Answer(tx, group);
    }

    private static void CheckTree(JobsTransaction tx, ThingGroup parent)
    {
        if (parent.IsDynamic)
        {
            throw JobsException.InvalidRequest($"{parent.Name} is a dynamic thing group, which cannot be a parent.");
        }
        if (tx.HasLimits && parent.Ancestry(tx).Count() >= MaxDepth)
        {
            throw JobsException.InvalidRequest($"Thing groups may be {MaxDepth} levels deep; {parent.Name} is at the lowest already.");
        }
        if (tx.HasLimits && tx.Memory.Children(parent.Sequence).Count(child => tx.FindGroup(child) is { DeletedAt: null }) >= MaxChildren)
        {
            throw JobsException.InvalidRequest($"A thing group may have {MaxChildren} direct children; {parent.Name} has them already.");
        }
    }

    private static CreateThingGroupResponse Answer(JobsTransaction tx, ThingGroup group) => new(
        group.Name, tx.Settings.ThingGroupArn(group.Name), tx.Settings.ResourceId("thinggroup", group.Sequence));
}

public sealed record CreateThingGroupResponse(string ThingGroupName, string ThingGroupArn, string ThingGroupId);
