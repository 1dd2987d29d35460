using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Cmdlets.Connection.Keys;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>What one call says about where to call and with which keys; read only where it counts.</summary>
internal sealed record CallParameters(object? EndpointText, object? RegionText, GivenKeys Given)
{
    private static readonly Regex RegionName = new("^[a-z0-9-]{1,32}$");

    public bool IsEndpointGiven => Text(EndpointText) is not null;

    /// <summary>By the names of parameters, as they are bound or as a command line that is being written has them.</summary>
    public static CallParameters From(IDictionary bound) => new(
        bound[nameof(AwsClientCmdlet.EndpointUrl)],
        bound[nameof(AwsClientCmdlet.Region)],
        new(
            bound[nameof(AwsClientCmdlet.AccessKey)] as string,
            bound[nameof(AwsClientCmdlet.SecretKey)] as string,
            bound[nameof(AwsClientCmdlet.SessionToken)] as string,
            bound[nameof(AwsClientCmdlet.ProfileName)] as string,
            bound[nameof(AwsClientCmdlet.ProfileLocation)] as string,
            bound[nameof(AwsClientCmdlet.Credential)]));

    public static ConnectionException NoRegion() =>
        new("RegionNotGiven", ErrorCategory.InvalidArgument, "AWS IoT is called in a region, and none is given.", null)
        {
            NextStep = "Give -Region, as in eu-west-1, or set AWS_REGION.",
        };

    public Uri? Endpoint() => Text(EndpointText) is { } text ? ServerAddress.Read(text, "-EndpointUrl") : null;

    /// <summary>The name of the region, which becomes part of an address: nothing else may.</summary>
    public string? Region()
    {
        if (Text(RegionText) is not { } text)
        {
            return null;
        }
        return RegionName.IsMatch(text)
            ? text
            : throw new ConnectionException("InvalidRegion", ErrorCategory.InvalidArgument, $"'{text}' is no region.", text)
            {
                NextStep = "Give a name such as eu-west-1.",
            };
    }

    public KeySource? Keys() => Given.ToSource();

    /// <summary>Text, or an object of AWS's own which has a system name.</summary>
    private static string? Text(object? value)
    {
        var item = value is null ? null : PSObject.AsPSObject(value);
        return (item?.Properties["SystemName"]?.Value ?? item?.BaseObject)?.ToString() is { Length: > 0 } text ? text : null;
    }
}
