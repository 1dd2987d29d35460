using IoTJobsToolkit.Cmdlets.Connection.Keys;
using IoTJobsToolkit.Cmdlets.Connection.Remote;
using IoTJobsToolkit.Wire.Rendezvous;

namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>A server, by its address.</summary>
public sealed record ServerConnection(Uri Endpoint) : JobsConnection
{
    private const string Variable = "IOTJOBS_ENDPOINT";

    public override JobsConnectionKind Kind => JobsConnectionKind.Server;

    /// <summary>For which requests are signed.</summary>
    public string Region => GivenRegion ?? NeighbourHost()?.Region ?? EnvironmentKeys.Region ?? "us-east-1";

    internal string? GivenRegion { get; init; }

    /// <summary>Null where they are looked for with each pipeline: in the environment, then beside the default database.</summary>
    internal KeySource? GivenKeys { get; init; }

    /// <summary>A PEM file of those who may have issued the server's certificate.</summary>
    internal string? GivenAuthoritiesPath { get; init; }

    internal override Uri? Address => Endpoint;

    internal override string Place => Endpoint.AbsoluteUri.TrimEnd('/');

    /// <summary>The server which the environment names; null where it names none.</summary>
    /// <exception cref="ConnectionException">What it names is no address.</exception>
    public static ServerConnection? FromEnvironment() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? new(ServerAddress.Read(text, Variable)) : null;

    internal RemoteTarget ToTarget() => new(Endpoint, Region, Keys())
    {
        AuthoritiesPath = GivenAuthoritiesPath ?? Authorities.FromEnvironment ??
            (NeighbourHost() is null ? null : Authorities.Of(Endpoint, FileConnection.Default.DatabasePath)),
    };

    internal override Lease Use(TimeSpan patience, CancellationToken cancellationToken) => RemoteClients.Use(ToTarget());

    private KeySource Keys() =>
        GivenKeys ??
        EnvironmentKeys.Find() ??
        (NeighbourHost() is { } host ? new FixedKey(new(host.AccessKeyId, host.SecretAccessKey)) : Unsigned.Instance);

    /// <summary>The running server of this user's own database, where that is the one at this address: it left a key for its user.</summary>
    private ServerRendezvous? NeighbourHost() =>
        Endpoint.IsLoopback && FileConnection.Default.FindHost() is { } host &&
        ServerAddress.TryRead(host.Endpoint, out var endpoint, out _) &&
        endpoint.IsLoopback && endpoint.Port == Endpoint.Port && endpoint.Scheme == Endpoint.Scheme
            ? host
            : null;
}
