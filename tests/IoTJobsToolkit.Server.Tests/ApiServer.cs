using System.Net.Http.Headers;
using System.Text;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Server.Access;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Wire.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Server.Tests;

/// <summary>A server in this process, on a free port, with a store in memory and a clock that the test moves.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    public const string Arn = "arn:aws:iot:us-east-1:123456789012:";

    private static readonly DateTimeOffset Usual = DateTimeOffset.FromUnixTimeSeconds(1796119200);

    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private ApiServer(DirectoryInfo folder, WebApplication app) => (_folder, _app) = (folder, app);

    public required FakeTimeProvider Clock { get; init; }

    public required StringWriter Output { get; init; }

    public required IJobsStore Store { get; init; }

    public Uri Endpoint => Endpoints[0];

    public IReadOnlyList<Uri> Endpoints => [.. _app.Urls.Select(url => new Uri(url))];

    public string DatabasePath => PathIn(_folder);

    public AdministratorAccount Account => _app.Services.GetRequiredService<AdministratorAccount>();

    public string CredentialsPath => CredentialsFile.PathFor(DatabasePath);

    /// <summary>The administrator's.</summary>
    public SigV4Credentials Key => _app.Services.GetRequiredService<AccessKeys>().Find(Administrator.AccessKeyId!)!;

    public AdministratorKey Administrator => _app.Services.GetRequiredService<AdministratorKey>();

    public KestrelServerLimits Limits => _app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

    public IServiceProvider Services => _app.Services;

    /// <summary>Where devices call, of a server with <c>--Jobs:DevicePort=auto</c>.</summary>
    public Uri DeviceEndpoint => Endpoints[^1];

    public JobsEngine Engine => _app.Services.GetRequiredService<JobsEngine>();

    public static Task<ApiServer> StartAsync(params string[] settings) => StartAsync(new InMemoryJobsStore(), settings);

    public static Task<ApiServer> StartAsync(IJobsStore store, params string[] settings) => StartAsync(store, null, settings);

    /// <summary>With a clock that stands at the present instant, for clients which sign by their own.</summary>
    public static Task<ApiServer> StartNowAsync(IJobsStore store, params string[] settings) =>
        StartAsync(store, null, null, DateTimeOffset.UtcNow, settings);

    /// <summary>With services of the test in place of the server's own.</summary>
    public static Task<ApiServer> StartWithAsync(Action<IServiceCollection> services, params string[] settings) =>
        StartWithAsync(services, null, null, settings);

    public static Task<ApiServer> StartWithAsync(Action<IServiceCollection> services, ILoggerProvider? log, DateTimeOffset? now, params string[] settings) =>
        StartAsync(new InMemoryJobsStore(), null, log, now ?? Usual, settings, services);

    /// <summary>Both, on a store of the test.</summary>
    public static Task<ApiServer> StartWithAsync(IJobsStore store, Action<IServiceCollection> services, ILoggerProvider? log, DateTimeOffset? now, params string[] settings) =>
        StartAsync(store, null, log, now ?? Usual, settings, services);

    public static Task<ApiServer> StartAsync(IJobsStore store, IObjectStore? objects, params string[] settings) =>
        StartAsync(store, objects, null, settings);

    public static Task<ApiServer> StartAsync(IJobsStore store, IObjectStore? objects, ILoggerProvider? log, params string[] settings) =>
        StartAsync(store, objects, log, Usual, settings);

    private static async Task<ApiServer> StartAsync(
        IJobsStore store, IObjectStore? objects, ILoggerProvider? log, DateTimeOffset now, string[] settings, Action<IServiceCollection>? services = null)
    {
        var folder = Directory.CreateTempSubdirectory("api-server-");
        var builder = JobsServerHosting.CreateBuilder(["--urls=http://127.0.0.1:0", "--Jobs:DevicePort=0", "--Mqtt:Port=0", "--Mqtt:TlsPort=0", $"--Jobs:DatabasePath={PathIn(folder)}", .. settings]);
        builder.Logging.ClearProviders();
        if (log is not null)
        {
            builder.Logging.AddProvider(log).AddFilter("IoTJobsToolkit", LogLevel.Trace);
        }
        var clock = new FakeTimeProvider(now);
        var output = new StringWriter();
        builder.Services.AddSingleton<TextWriter>(output);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(new JobsServices { ObjectStore = objects ?? NoObjectStore.Instance });
        services?.Invoke(builder.Services);
        builder.AddJobsServer((_, _) => store);
        var app = builder.Build();
        app.MapJobsApi();
        await app.StartAsync();
        return new(folder, app) { Clock = clock, Output = output, Store = store };
    }

    /// <summary>A signed request of the control plane.</summary>
    public Task<ApiAnswer> Control(string request, string? body = null) => Signed("iot", request, body);

    /// <summary>A signed request of the data plane.</summary>
    public Task<ApiAnswer> Data(string request, string? body = null) => Signed("iot-jobs-data", request, body);

    public Task<ApiAnswer> Signed(string service, string request, string? body = null, SigV4Credentials? key = null, string region = "us-east-1",
        string? host = null, Action<HttpRequestMessage>? change = null, Uri? at = null,
        HttpMessageInvoker? through = null) =>
        Send(request, body, message =>
        {
            message.Headers.Host = host ?? message.RequestUri!.Authority;
            var signed = new SigV4Request
            {
                Method = message.Method.Method,
                RawPath = message.RequestUri!.AbsolutePath,
                RawQuery = message.RequestUri.Query.TrimStart('?'),
                Headers = [new("Host", message.Headers.Host)],
                PayloadHash = SigV4Request.HashPayload(Encoding.UTF8.GetBytes(body ?? "")),
            };
            foreach (var (name, value) in SigV4Signer.Sign(signed, key ?? Key, region, service, Clock.GetUtcNow()).All())
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
            change?.Invoke(message);
        }, at, through);

    /// <summary>A request as it stands, without a signature.</summary>
    public async Task<ApiAnswer> Send(string request, string? body = null, Action<HttpRequestMessage>? change = null, Uri? at = null,
        HttpMessageInvoker? through = null)
    {
        var space = request.IndexOf(' ', StringComparison.Ordinal);
        var uri = new Uri((at ?? Endpoint).GetLeftPart(UriPartial.Authority) + request[(space + 1)..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var message = new HttpRequestMessage(new(request[..space]), uri);
        if (body is not null)
        {
            message.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }
        change?.Invoke(message);
        using var response = await (through ?? _http).SendAsync(message, CancellationToken.None);
        return new(response, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Things, and a job for them with an empty document.</summary>
    public async Task CreateJob(string jobId, params string[] things)
    {
        foreach (var thing in things)
        {
            (await Control($"POST /things/{Uri.EscapeDataString(thing)}", "{}")).IsOk();
        }
        var targets = string.Join(',', things.Select(thing => $"\"{Arn}thing/{thing}\""));
        (await Control($"PUT /jobs/{jobId}", $$"""{"targets":[{{targets}}],"document":"{}"}""")).IsOk();
        await Engine.PassTimeAsync();
    }

    public Task StopAsync() => _app.StopAsync();

    /// <summary>As a signal begins it; completes when the server has stopped.</summary>
    public Task BeginStop()
    {
        _app.Lifetime.StopApplication();
        return _app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _http.Dispose();
        await Output.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string PathIn(DirectoryInfo folder) => Path.Combine(folder.FullName, "jobs.db");
}
