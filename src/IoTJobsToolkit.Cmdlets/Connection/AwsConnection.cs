using IoTJobsToolkit.Cmdlets.Connection.Keys;
using IoTJobsToolkit.Cmdlets.Connection.Remote;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>AWS IoT itself, in one region.</summary>
public sealed record AwsConnection(string Region) : JobsConnection
{
    public override JobsConnectionKind Kind => JobsConnectionKind.Aws;

    /// <summary>Another address than AWS's own, such as one within a private network; both planes are called there.</summary>
    public Uri? Endpoint { get; init; }

    public string? ProfileName => (Keys as AwsChain)?.ProfileName;

    internal KeySource Keys { get; init; } = new AwsChain(null, null);

    internal override Uri? Address => Endpoint;

    internal override string Place => $"AWS IoT in {Region}";

    private string Domain => Region.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com";

    internal static bool IsAws(Uri endpoint) =>
        endpoint.Host.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase) ||
        endpoint.Host.EndsWith(".amazonaws.com.cn", StringComparison.OrdinalIgnoreCase);

    internal RemoteTarget ToTarget() => new(Control(), Region, Keys) { Data = Data(), IsAws = true, AuthoritiesPath = Authorities.FromEnvironment };

    internal override Lease Use(TimeSpan patience, CancellationToken cancellationToken) => RemoteClients.Use(ToTarget());

    private Uri Control() => Endpoint ?? AwsEndpoints.Find("IOT") ?? new($"https://iot.{Region}.{Domain}");

    private Uri Data() => Endpoint ?? AwsEndpoints.Find("IOT_JOBS_DATA_PLANE") ?? new($"https://data.jobs.iot.{Region}.{Domain}");
}
