using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire;

namespace IoTJobsToolkit.Server.Hosting;

/// <summary>What the server tells about itself, for whoever shows it.</summary>
public sealed class RunningServer
{
    private volatile ServerFacts? _facts;

    /// <summary>Null until it listens.</summary>
    public ServerFacts? Facts
    {
        get => _facts;
        set => _facts = value;
    }
}

/// <summary>Where a server listens and how it was set up: what somebody needs to know to connect.</summary>
/// <param name="Endpoint">The first address of portal and API, such as <c>http://127.0.0.1:8080</c>.</param>
/// <param name="Addresses">All others, with what each is for.</param>
/// <param name="AuthorityPath">The certificate that callers over https trust; null where the server's is another's.</param>
public sealed record ServerFacts(
    string Version, string Endpoint, IReadOnlyList<ServedAddress> Addresses, string DatabasePath, AuthMode Auth, Dialect Dialect, string? AuthorityPath)
{
    /// <summary>Bytes of the database with its log and journal on the disk.</summary>
    public long DatabaseBytes() => new[] { DatabasePath, $"{DatabasePath}-log", $"{DatabasePath}-journal" }
        .Select(path => new FileInfo(path)).Where(file => file.Exists).Sum(file => file.Length);
}

/// <param name="Use">What is called there, such as <c>Devices</c>.</param>
public sealed record ServedAddress(string Use, string Address, string Note);
