using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>Where the requests of one plane go.</summary>
internal sealed class ServerAddress
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly string _start;

    public ServerAddress(Uri endpoint, Plane plane)
    {
        Service = plane == Plane.Data ? "iot-jobs-data" : "iot";
        // An IPv6 address keeps its brackets, another name is sent as DNS knows it.
        var name = endpoint.HostNameType == UriHostNameType.IPv6 ? endpoint.Host : endpoint.IdnHost;
        Host = endpoint.IsDefaultPort ? name : $"{name}:{endpoint.Port}";
        Path = endpoint.AbsolutePath.TrimEnd('/');
        _start = $"{endpoint.Scheme}://{Host}";
        HostHeader = [new("Host", Host)];
    }

    /// <summary>What requests to it are signed for.</summary>
    public string Service { get; }

    /// <summary>The Host header, to the letter.</summary>
    public string Host { get; }

    public IReadOnlyList<KeyValuePair<string, string>> HostHeader { get; }

    /// <summary>What stands before every request's path; empty for most.</summary>
    public string Path { get; }

    /// <summary>An address which keeps a percent-encoded path as it was signed.</summary>
    public Uri Of(string path, string query) => new(query.Length == 0 ? $"{_start}{path}" : $"{_start}{path}?{query}", AsWritten);

    public override string ToString() => _start + Path;
}
