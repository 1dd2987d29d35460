using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>The address for a device or client: host and port of this installation, no scheme.</summary>
public sealed record DescribeEndpoint : Operation<DescribeEndpointResponse>
{
    private static readonly string[] Types = ["iot:Data", "iot:Data-ATS", "iot:Jobs"];

    /// <summary><c>iot:Data</c> when absent.</summary>
    public string? EndpointType { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check)
    {
        check.Length("endpointType", EndpointType, 0, 128);
        if (EndpointType is not null && !Types.Contains(EndpointType, StringComparer.Ordinal))
        {
            throw Check.Failed("endpointType", EndpointType, $"Member must satisfy enum value set: [{string.Join(", ", Types)}]");
        }
    }

    internal override DescribeEndpointResponse Run(JobsTransaction tx) => new(tx.Settings.EndpointAddress);
}

public sealed record DescribeEndpointResponse(string EndpointAddress);
