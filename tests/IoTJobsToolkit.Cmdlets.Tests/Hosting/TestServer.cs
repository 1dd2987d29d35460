using System.Collections.Concurrent;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.LiteDb;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire.Rendezvous;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Cmdlets.Tests.Hosting;

/// <summary>The server's API with a database file, on a free port of this machine.</summary>
internal sealed class TestServer : IDisposable
{
    public const string KeyId = "IOTJTESTKEY";
    public const string Secret = "a-secret-of-the-tests-only";

    private readonly ConcurrentQueue<string> _requests = [];
    private readonly ConcurrentQueue<string> _changes = [];
    private readonly WebApplication _app;

    public TestServer(string databasePath, params string[] settings)
    {
        var builder = JobsServerHosting.CreateBuilder([
            // A watched settings file each would use up what the machine has of watches.
            "--hostBuilder:reloadConfigOnChange=false", "--urls=http://127.0.0.1:0", "--Jobs:DevicePort=0", "--Mqtt:Port=0", "--Mqtt:TlsPort=0", $"--Jobs:DatabasePath={databasePath}",
            $"--Jobs:Bootstrap:AccessKeyId={KeyId}", $"--Jobs:Bootstrap:SecretAccessKey={Secret}", .. settings]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TextWriter.Null);
        builder.AddJobsServer(Open);
        _app = builder.Build();
        _app.Use(NoteChange);
        _app.UseRouting(); // Named, it comes after: the API's endpoints end the pipeline where they are found.
        _app.MapJobsApi();
        _app.StartAsync().GetAwaiter().GetResult();
        Endpoint = _app.Urls.First();
        Rendezvous = ServerRendezvous.Find(databasePath)!;
    }

    public string Endpoint { get; }

    public JobsEngine Engine => _app.Services.GetRequiredService<JobsEngine>();

    public int Port => new Uri(Endpoint).Port;

    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>The requests so far which were not for reading only.</summary>
    public IReadOnlyCollection<string> Changes => _changes;

    /// <summary>What it left beside the database.</summary>
    public ServerRendezvous Rendezvous { get; }

    public void Dispose()
    {
        _app.StopAsync().GetAwaiter().GetResult();
        _app.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private async Task NoteChange(HttpContext http, RequestDelegate next)
    {
        _requests.Enqueue($"{http.Request.Method} {http.Request.Path}");
        http.Request.EnableBuffering();
        var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
        http.Request.Body.Position = 0;
        if (http.Request.Method != "GET" && http.Request.Path != "/toolkit/measure-job" && !body.Contains("\"dryRun\":true", StringComparison.Ordinal))
        {
            _changes.Enqueue($"{http.Request.Method} {http.Request.Path}");
        }
        await next(http);
    }

    private static IJobsStore Open(ServerSettings settings, TimeProvider clock) => LiteDbJobsStore.Open(settings.DatabasePath, clock);
}
