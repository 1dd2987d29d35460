using System.Net;
using System.Net.Sockets;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Wire.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Benchmarks.Http;

/// <summary>The server as it is shipped, without the portal's pages.</summary>
internal sealed class JobsHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private JobsHost(WebApplication app, SigV4Credentials key) => (_app, Key) = (app, key);

    public SigV4Credentials Key { get; }

    public JobsEngine Engine => _app.Services.GetRequiredService<JobsEngine>();

    public IPEndPoint Address => IPEndPoint.Parse(new Uri(_app.Urls.First()).Authority);

    /// <summary>Where MQTT is spoken without TLS; 0 for nowhere.</summary>
    public int MqttPort { get; private init; }

    public static async Task<JobsHost> StartAsync(string databasePath, IJobsStore store, bool withMqtt = false)
    {
        var mqttPort = withMqtt ? FreePort() : 0;
        var key = new SigV4Credentials("AKIABENCH", "a secret of the benchmark");
        var builder = JobsServerHosting.CreateBuilder(
        [
            "--urls=http://127.0.0.1:0", "--Jobs:DevicePort=0", $"--Mqtt:Port={mqttPort}", "--Mqtt:TlsPort=0", $"--Jobs:DatabasePath={databasePath}", "--Jobs:Limits=none",
            $"--Jobs:Bootstrap:AccessKeyId={key.AccessKeyId}", $"--Jobs:Bootstrap:SecretAccessKey={key.SecretAccessKey}",
        ]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TextWriter.Null);
        builder.AddJobsServer((_, _) => store);
        var app = builder.Build();
        app.MapJobsApi();
        await app.StartAsync();
        return new(app, key) { MqttPort = mqttPort };
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
