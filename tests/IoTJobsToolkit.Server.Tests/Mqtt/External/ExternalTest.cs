using IoTJobsToolkit.Server.Mqtt.External;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;

namespace IoTJobsToolkit.Server.Tests.Mqtt.External;

/// <summary>A test with another broker, and servers and devices which connect to it.</summary>
public abstract class ExternalTest : IAsyncLifetime
{
    private readonly List<TestClient> _clients = [];
    private readonly List<ApiServer> _servers = [];

    private protected Mosquitto Broker { get; private set; } = null!;

    private protected LogLines Log { get; } = new();

    public virtual async ValueTask InitializeAsync() => Broker = await PrepareAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _clients.ForEach(client => client.Dispose());
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
        if (Broker is not null)
        {
            await Broker.DisposeAsync();
        }
        Log.Dispose();
    }

    private protected virtual Task<Mosquitto> PrepareAsync() => Mosquitto.StartAsync();

    /// <summary>A server that is not connected yet.</summary>
    private protected async Task<ApiServer> ServeAsync(Action<IServiceCollection>? services = null, params string[] settings)
    {
        var server = await ApiServer.StartWithAsync(services ?? (_ => { }), Log, null, settings.Length > 0 ? settings : Broker.Settings);
        _servers.Add(server);
        return server;
    }

    private protected async Task<ApiServer> ConnectServerAsync(Action<IServiceCollection>? services = null, params string[] settings)
    {
        var server = await ServeAsync(services, settings);
        await ConnectedAsync(server);
        return server;
    }

    /// <summary>Time passes until the server is connected and has told whom it had to.</summary>
    private protected async Task ConnectedAsync(ApiServer server)
    {
        var (service, notices) = (server.Services.GetRequiredService<BrokerService>(), server.Services.GetRequiredService<BrokerNotices>());
        await UntilAsync(() => service.IsConnected && notices.IsCaughtUp, () => server.Clock.Advance(service.IsConnected ? TimeSpan.Zero : TimeSpan.FromSeconds(1)));
    }

    private protected async Task LostAsync(ApiServer server) => await UntilAsync(() => !server.Services.GetRequiredService<BrokerService>().IsConnected);

    private protected async Task<TestClient> DeviceAsync(string thing, string? id = null)
    {
        var client = new TestClient(Broker.DevicePort, thing, MqttProtocolVersion.V500) { Mount = Broker.Prefix }; // Mosquitto before 2.0.12 does not take it away.
        client.Options.WithClientId(id ?? thing);
        _clients.Add(client);
        Assert.Equal(MqttClientConnectResultCode.Success, (await client.ConnectAsync()).ResultCode);
        return client;
    }

    /// <summary>A device that hears what is answered and told.</summary>
    private protected async Task<TestClient> ListeningDeviceAsync(string thing)
    {
        var device = await DeviceAsync(thing);
        foreach (var below in new[] { "notify", "notify-next", "+/accepted", "+/rejected", "+/+/accepted", "+/+/rejected", "+/+/+/accepted" })
        {
            await device.SubscribeAsync($"$aws/things/{thing}/jobs/{below}");
        }
        return device;
    }

    private protected async Task UntilAsync(Func<bool> isSo, Action? meanwhile = null)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (!isSo())
        {
            Assert.False(deadline.IsCancellationRequested, $"It has not come to that:\n{string.Join('\n', Log.All)}");
            meanwhile?.Invoke();
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
