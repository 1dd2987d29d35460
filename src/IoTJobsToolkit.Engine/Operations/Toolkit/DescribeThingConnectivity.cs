using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Whether a thing is connected, and since when.</summary>
public sealed record DescribeThingConnectivity(string ThingName) : Operation<DescribeThingConnectivityResponse>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check) => check.ThingName(ThingName);

    internal override DescribeThingConnectivityResponse Run(JobsTransaction tx)
    {
        var connectivity = tx.Connectivity(tx.Thing(ThingName));
        return new(ThingName, connectivity is { Connected: true })
        {
            Timestamp = connectivity?.Timestamp,
            ClientId = connectivity?.ClientId,
            DisconnectReason = connectivity?.DisconnectReason,
        };
    }
}

/// <param name="Connected">False also for a thing that never connected.</param>
public sealed record DescribeThingConnectivityResponse(string ThingName, bool Connected)
{
    /// <summary>When it connected or disconnected last; null where it never connected.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>With what it connected last; null where it never did.</summary>
    public string? ClientId { get; init; }

    /// <summary>Why it is not connected any more; null while it is, and where it never was.</summary>
    public DisconnectReason? DisconnectReason { get; init; }
}
