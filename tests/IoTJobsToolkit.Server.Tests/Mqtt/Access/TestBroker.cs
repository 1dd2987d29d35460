using System.Collections.Concurrent;
using System.Threading.Channels;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using Microsoft.Extensions.Hosting;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Access;

/// <summary>The least broker that there can be behind the door: it asks who connects, and before each message whether that still counts.</summary>
internal sealed class TestBroker : IHostedService, IDisposable
{
    private readonly MqttServer _server;
    private readonly Channel<(string Client, string Topic, bool IsGood)> _published = Channel.CreateUnbounded<(string, string, bool)>();

    public TestBroker(MqttDoor door, IMqttAccess access)
    {
        var factory = new MqttServerFactory();
        _server = factory.CreateMqttServer(factory.CreateServerOptionsBuilder().WithoutDefaultEndpoint().Build(), [door]);
        _server.ValidatingConnectionAsync += async arriving =>
        {
            var caller = await access.AdmitAsync(
                (MqttConnection)arriving.ChannelAdapter, arriving.ClientId, arriving.UserName, arriving.RawPassword, arriving.CancellationToken);
            arriving.ReasonCode = caller is null ? MqttConnectReasonCode.NotAuthorized : MqttConnectReasonCode.Success;
            if (caller is not null)
            {
                Callers[arriving.ClientId] = caller;
            }
        };
        _server.InterceptingPublishAsync += async message =>
        {
            message.ProcessPublish = await access.IsGoodAsync(Callers[message.ClientId], message.CancellationToken);
            await _published.Writer.WriteAsync((message.ClientId, message.ApplicationMessage.Topic, message.ProcessPublish));
        };
    }

    /// <summary>Who came in, by client id.</summary>
    public ConcurrentDictionary<string, MqttCaller> Callers { get; } = new();

    public ChannelReader<(string Client, string Topic, bool IsGood)> Published => _published.Reader;

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync();

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync();

    public void Dispose() => _server.Dispose();
}
