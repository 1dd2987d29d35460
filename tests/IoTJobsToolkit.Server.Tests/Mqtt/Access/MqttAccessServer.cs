using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using IoTJobsToolkit.Server.Tests.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Access;

/// <summary>A server with every way in for MQTT at free ports, a broker behind them, and clients that trust its authority alone.</summary>
internal sealed class MqttAccessServer(ApiServer server) : IAsyncDisposable
{
    private readonly List<IMqttClient> _clients = [];

    public ApiServer Api => server;

    /// <summary>Who came in, by client id.</summary>
    public ConcurrentDictionary<string, MqttCaller> Callers => ((RecordedAccess)server.Services.GetRequiredService<IMqttAccess>()).Callers;

    public MqttListener Listener => server.Services.GetRequiredService<MqttListener>();

    public MqttDoor Door => server.Services.GetRequiredService<MqttDoor>();

    public int TlsPort => new Uri(Listener.Addresses[0]).Port;

    public static Task<MqttAccessServer> StartAsync(params string[] settings) => StartAsync(null, null, settings);

    public static async Task<MqttAccessServer> StartAsync(ILoggerProvider? log, DateTimeOffset? now, params string[] settings) => new(await ApiServer.StartWithAsync(
        services => services.AddSingleton<IMqttAccess>(provider => new RecordedAccess(ActivatorUtilities.CreateInstance<MqttAccess>(provider))),
        log,
        now,
        ["--Jobs:DevicePort=auto", "--Mqtt:TlsPort=auto", .. settings]));

    /// <summary>Connects; returns who it turned out to be, null where it was refused.</summary>
    public async Task<MqttCaller?> CallerAsync(MqttWay way, string clientId = "c")
    {
        var (result, _) = await ConnectAsync(way, clientId);
        return result == MqttClientConnectResultCode.Success ? Callers[clientId] : null;
    }

    public async Task<(MqttClientConnectResultCode Result, IMqttClient Client)> ConnectAsync(MqttWay way, string clientId = "c")
    {
        var client = new MqttClientFactory().CreateMqttClient();
        _clients.Add(client);
        var options = new MqttClientOptionsBuilder().WithClientId(clientId).WithProtocolVersion(way.Version).WithTimeout(TimeSpan.FromSeconds(60));
        options = way.WebSocket is { } address
            ? options.WithWebSocketServer(web => web.WithUri(address.AbsoluteUri).WithRequestHeaders(way.Headers.ToDictionary()))
            : options.WithTcpServer("127.0.0.1", way.Port);
        if (way.WebSocket is null || way.WebSocket.Scheme == "wss")
        {
            options.WithTlsOptions(tls =>
            {
                tls.UseTls().WithCertificateValidationHandler(shown => IsOwn(shown.Certificate));
                if (way.Certificate is not null)
                {
                    tls.WithClientCertificates([way.Certificate]);
                }
                if (way.Protocol is { } protocol)
                {
                    tls.WithApplicationProtocols([new SslApplicationProtocol(protocol)]);
                }
            });
        }
        if (way.Password is not null || way.UserName is not null)
        {
            options.WithCredentials(way.UserName ?? "", way.Password);
        }
        var result = await client.ConnectAsync(options.Build(), TestContext.Current.CancellationToken);
        return (result.ResultCode, client);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }
        await server.DisposeAsync();
    }

    private bool IsOwn(X509Certificate certificate)
    {
        using var chain = new X509Chain { ChainPolicy = DeviceClient.Trust(server) };
        using var shown = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(shown);
    }
}

/// <summary>How a client comes, and what it shows.</summary>
internal sealed record MqttWay(int Port)
{
    public MqttWay(Uri webSocket)
        : this(0) => WebSocket = webSocket;

    public Uri? WebSocket { get; }

    public X509Certificate2? Certificate { get; init; }

    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>By ALPN.</summary>
    public string? Protocol { get; init; }

    public Dictionary<string, string> Headers { get; init; } = [];

    public MqttProtocolVersion Version { get; init; } = MqttProtocolVersion.V500;
}
