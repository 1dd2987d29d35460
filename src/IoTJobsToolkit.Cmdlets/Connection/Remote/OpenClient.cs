using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Wire.Client;

namespace IoTJobsToolkit.Cmdlets.Connection.Remote;

/// <summary>A client with its connections, and how many pipelines use it. Its counters belong to <see cref="RemoteClients"/>' gate.</summary>
internal sealed class OpenClient : IDisposable
{
    private readonly JobsHttpClient _client;

    public OpenClient(RemoteTarget target)
    {
        Target = target;
        _client = new(new()
        {
            ControlEndpoint = target.Control,
            DataEndpoint = target.Data,
            Region = target.Region,
            Credentials = target.Keys.Reader,
            Authorities = Authorities.Read(target.AuthoritiesPath),
            UserAgent = UserAgents.Module,
            HasToolkitRoutes = !target.IsAws,
        });
        Work = new(_client);
    }

    public RemoteTarget Target { get; }

    public IJobs Jobs => _client;

    public RemoteWork Work { get; }

    public int Uses { get; set; }

    /// <summary>Nobody wants it any longer: it goes with its last use.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Known once it was asked for.</summary>
    public string? ArnPrefix { get; set; }

    public void Dispose() => _client.Dispose();
}
