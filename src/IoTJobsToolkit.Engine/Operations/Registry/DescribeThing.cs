using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

public sealed record DescribeThing(string ThingName) : Operation<DescribeThingResponse>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check) => check.ThingName(ThingName);

    internal override DescribeThingResponse Run(JobsTransaction tx)
    {
        var thing = tx.Thing(ThingName);
        return new()
        {
            DefaultClientId = thing.Name,
            ThingName = thing.Name,
            ThingId = Things.Arn.ResourceId(tx.Settings, "thing", thing.Sequence),
            ThingArn = Things.Arn.ThingArn(tx.Settings, thing.Name),
            ThingTypeName = thing.ThingTypeName,
            Attributes = thing.Attributes,
            Version = thing.Version,
            BillingGroupName = thing.BillingGroupName,
        };
    }
}

public sealed record DescribeThingResponse
{
    public required string DefaultClientId { get; init; }

    public required string ThingName { get; init; }

    public required string ThingId { get; init; }

    public required string ThingArn { get; init; }

    public string? ThingTypeName { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = Things.Thing.NoAttributes;

    public long Version { get; init; }

    public string? BillingGroupName { get; init; }
}
