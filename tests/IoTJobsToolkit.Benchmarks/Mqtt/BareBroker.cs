using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.AspNetCore;
using MQTTnet.Server;

namespace IoTJobsToolkit.Benchmarks.Mqtt;

/// <summary>What can be had: the same library behind Kestrel, which answers each message with bytes that are there already.</summary>
internal sealed class BareBroker : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly MqttServer _server;

    private BareBroker(WebApplication app)
    {
        (_app, _server) = (app, app.Services.GetRequiredService<MqttServer>());
        _server.InterceptingPublishAsync += AnswerAsync;
    }

    public int Port => new Uri(_app.Urls.First()).Port;

    /// <summary>What it answers next.</summary>
    public byte[] Answer { get; set; } = [];

    public static async Task<BareBroker> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]); // Else it watches all files where it was started.
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseMqtt()));
        builder.Services.AddHostedMqttServer(options => options.WithoutDefaultEndpoint());
        builder.Services.AddMqttConnectionHandler();
        builder.Services.AddConnections();
        var app = builder.Build();
        var bare = new BareBroker(app);
        await app.StartAsync();
        return bare;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(InterceptingPublishEventArgs published)
    {
        published.ProcessPublish = false;
        if (published.SessionItems[nameof(MqttSessionStatus)] is not MqttSessionStatus session)
        {
            session = await _server.GetSessionAsync(published.ClientId);
            published.SessionItems[nameof(MqttSessionStatus)] = session;
        }
        session.TryEnqueueApplicationMessage(
            new MqttApplicationMessage { Topic = published.ApplicationMessage.Topic + "/accepted", Payload = new(Answer) }, out _);
    }
}
