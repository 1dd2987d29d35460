using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Hosting;
using IoTJobsToolkit.Server.Mqtt.Keeping;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using IoTJobsToolkit.Wire.Mqtt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;

namespace IoTJobsToolkit.Server.Tests.Mqtt;

/// <summary>A server with a broker on a free port, where devices may publish and subscribe below <c>open/</c>.</summary>
internal sealed class BrokerServer : IAsyncDisposable
{
    private readonly List<TestClient> _clients = [];

    private BrokerServer(ApiServer api, PlainAccess access) => (Api, Access) = (api, access);

    public ApiServer Api { get; }

    public PlainAccess Access { get; }

    public static Task<BrokerServer> StartAsync(params string[] settings) => StartAsync(_ => { }, settings);

    public static async Task<BrokerServer> StartAsync(Action<IServiceCollection> services, params string[] settings)
    {
        var access = new PlainAccess();
        return new(
            await ApiServer.StartWithAsync(
                own =>
                {
                    own.AddSingleton<IMqttAccess>(access);
                    services(own);
                },
                ["--Mqtt:Port=auto", "--Mqtt:DevicesPublish=open/#", "--Mqtt:DevicesSubscribe=open/#", .. settings]),
            access);
    }

    /// <summary>On a store of the test; devices may publish and subscribe as <paramref name="rules"/> say.</summary>
    public static async Task<BrokerServer> StartAsync(IJobsStore store, TopicPolicy? rules = null, DateTimeOffset? now = null, ILoggerProvider? log = null)
    {
        var access = new PlainAccess();
        return new(
            await ApiServer.StartWithAsync(
                store,
                own =>
                {
                    own.AddSingleton<IMqttAccess>(access);
                    own.AddSingleton(rules ?? new TopicPolicy(["open/#"], ["open/#"]));
                },
                log,
                now,
                "--Mqtt:Port=auto"),
            access);
    }

    public T Get<T>()
        where T : notnull => Api.Services.GetRequiredService<T>();

    public int Port => Get<PlainListener>().Address!.Port;

    public IEnumerable<Session> Sessions => Get<SessionRegistry>().All;

    /// <summary>A client that is not connected yet.</summary>
    public TestClient Client(string user, MqttProtocolVersion version = MqttProtocolVersion.V500)
    {
        var client = new TestClient(Port, user, version);
        _clients.Add(client);
        return client;
    }

    public async Task<TestClient> ConnectAsync(string user, MqttProtocolVersion version = MqttProtocolVersion.V500)
    {
        var client = Client(user, version);
        Assert.Equal(MqttClientConnectResultCode.Success, (await client.ConnectAsync()).ResultCode);
        return client;
    }

    /// <summary>A client whose session outlives its connection.</summary>
    public TestClient Persistent(string user, MqttProtocolVersion version = MqttProtocolVersion.V500)
    {
        var client = Client(user, version);
        client.Options.WithCleanStart(false).WithCleanSession(false);
        if (version == MqttProtocolVersion.V500)
        {
            client.Options.WithSessionExpiryInterval(3600);
        }
        return client;
    }

    /// <summary>Such a client subscribes and leaves.</summary>
    public async Task SubscribeAndLeaveAsync(string user, string filter, MqttProtocolVersion version = MqttProtocolVersion.V500)
    {
        var client = Persistent(user, version);
        await client.ConnectAsync();
        await client.SubscribeAsync(filter);
        await client.DisconnectAsync();
        await BrokerTest.UntilAsync(() => Sessions.Single(session => session.Key.Owner == user) is { Line: null, DisconnectedAt: not null });
    }

    /// <summary>Time passes until it is so.</summary>
    public async Task PassUntilAsync(Func<Task<bool>> isSo)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await isSo())
        {
            deadline.Token.ThrowIfCancellationRequested();
            Api.Clock.Advance(EngineSessionsKeeper.Moment);
            await Task.Yield();
        }
    }

    public async Task CreateThings(params string[] things)
    {
        foreach (var thing in things)
        {
            (await Api.Control($"POST /things/{thing}", "{}")).IsOk();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }
        await Api.DisposeAsync();
    }
}
