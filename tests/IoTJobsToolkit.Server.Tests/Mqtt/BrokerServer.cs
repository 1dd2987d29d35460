using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Hosting;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using Microsoft.Extensions.DependencyInjection;
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
