using System.Net;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Server.Tls;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IoTJobsToolkit.Server.Mqtt.Listeners;

/// <summary>
/// Listens for MQTT over TLS, on a web server without the web: the other one listens at its urls or where code says, never at both, and has limits
/// of its own.
/// </summary>
internal sealed class MqttListener(
    IServiceProvider services, ServerSettings settings, PlanePorts ports, MqttDoor door, IConfiguration configuration, ILoggerFactory loggers)
    : IHostedService, IAsyncDisposable
{
    private KestrelServer? _server;

    /// <summary>Where it listens, to call.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    /// <summary>The port that nobody chose and something else has.</summary>
    public int? OccupiedPort { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (ports.MqttAddresses.Count == 0)
        {
            return;
        }
        var server = Server();
        try
        {
            await server.StartAsync(new NoWeb(), cancellationToken).ConfigureAwait(false);
        }
        catch (IOException occupied) when (occupied.InnerException is AddressInUseException)
        {
            server.Dispose();
            if (settings.MqttListen.IsDefaultTlsPort)
            {
                OccupiedPort = settings.MqttListen.TlsPort;
                return;
            }
            throw new StartException(
                StartException.AddressInUse,
                $"{occupied.Message} Stop what listens there, or choose another port for MQTT with --{MqttListenSettings.Section}:{MqttListenSettings.TlsPortName}=PORT, 0 for none.",
                occupied);
        }
        _server = server;
        Addresses = [.. (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
            .Select(bound => $"mqtts://{ListenAddresses.Reachable(bound)[(Uri.UriSchemeHttps.Length + Uri.SchemeDelimiter.Length)..]}")];
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is { } server)
        {
            await server.StopAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        return default;
    }

    private KestrelServer Server()
    {
        var options = new KestrelServerOptions { ApplicationServices = services };
        options.Limits.MaxConcurrentConnections = settings.MqttListen.MaxConnections;
        HttpsDefaults.ApplyForMqtt(options, configuration);
        foreach (var address in ports.MqttAddresses.Select(BindingAddress.Parse))
        {
            Listen(options, address, listen =>
            {
                listen.UseHttps();
                listen.Run(door.OnConnectedAsync);
            });
        }
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers);
        return new(Options.Create(options), transport, loggers);
    }

    private static void Listen(KestrelServerOptions options, BindingAddress address, Action<ListenOptions> configure)
    {
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
        {
            options.Listen(ip, address.Port, configure);
        }
        else if (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            options.ListenLocalhost(address.Port, configure);
        }
        else
        {
            options.ListenAnyIP(address.Port, configure);
        }
    }

    /// <summary>Nothing gets there: the door keeps every connection.</summary>
    private sealed class NoWeb : IHttpApplication<IFeatureCollection>
    {
        public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

        public Task ProcessRequestAsync(IFeatureCollection context) => Task.CompletedTask;

        public void DisposeContext(IFeatureCollection context, Exception? exception)
        {
        }
    }
}
