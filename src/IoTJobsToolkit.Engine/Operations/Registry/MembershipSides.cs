using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>The two sides of a membership, each given by name or by ARN.</summary>
internal sealed record MembershipSides(string? ThingGroupName, string? ThingGroupArn, string? ThingName, string? ThingArn)
{
    public void Validate(Check check)
    {
        check.Text("thingGroupName", ThingGroupName, 1, 128, TextPattern.Name);
        check.Text("thingName", ThingName, 1, 128, TextPattern.Name);
        if (ThingGroupName is null && ThingGroupArn is null)
        {
            throw JobsException.InvalidRequest("thingGroupName or thingGroupArn must be given.");
        }
        if (ThingName is null && ThingArn is null)
        {
            throw JobsException.InvalidRequest("thingName or thingArn must be given.");
        }
    }

    public ThingGroup Group(JobsTransaction tx) =>
        tx.Group(Name(tx, "thingGroupName", ThingGroupName, "thinggroup", ThingGroupArn));

    public Thing Thing(JobsTransaction tx) => tx.Thing(Name(tx, "thingName", ThingName, "thing", ThingArn));

    private static string Name(JobsTransaction tx, string field, string? name, string kind, string? arn)
    {
        var named = arn is null ? null : tx.Settings.NameOf(kind, arn) ?? throw JobsException.NotFound(
            $"{arn} names no {kind} of account {tx.Settings.AccountId}, region {tx.Settings.Region}.");
        return name is null || named is null || name == named
            ? name ?? named!
            : throw JobsException.InvalidRequest($"{field} {name} and {arn} name different resources; give one of them.");
    }
}
