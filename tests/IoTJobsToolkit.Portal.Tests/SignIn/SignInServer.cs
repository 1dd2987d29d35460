using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Wire.Credentials;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.SignIn;

/// <summary>The whole server with its pages, in this process, with a clock that the test moves.</summary>
internal sealed class SignInServer : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;

    private SignInServer(DirectoryInfo folder, WebApplication app, TimeProvider clock) => (_folder, _app, Clock) = (folder, app, clock);

    public TimeProvider Clock { get; }

    public Uri Address => new(_app.Urls.First());

    public JobsEngine Engine => _app.Services.GetRequiredService<JobsEngine>();

    public static Task<SignInServer> StartAsync(params string[] settings) => StartAsync(new FakeTimeProvider(DateTimeOffset.UtcNow), settings);

    public static Task<SignInServer> StartAsync(TimeProvider clock, params string[] settings) => StartAsync(clock, null, settings);

    public static async Task<SignInServer> StartAsync(TimeProvider clock, ILoggerProvider? log, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("sign-in-");
        var app = PortalHost.Build(
            [
                "--urls=http://127.0.0.1:0", "--Jobs:DevicePort=0", "--Mqtt:Port=0", "--Mqtt:TlsPort=0", $"--Jobs:Bootstrap:AdminPassword={Password}",
                $"--Jobs:DatabasePath={Path.Combine(folder.FullName, "jobs.db")}", "--applicationName=IoTJobsToolkit.Portal", .. settings,
            ],
            (_, _) => new InMemoryJobsStore(),
            builder =>
            {
                builder.Logging.ClearProviders();
                if (log is not null)
                {
                    builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace);
                }
                builder.Services.AddSingleton(clock);
                builder.Services.AddSingleton<TextWriter>(new StringWriter());
            });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(folder, app, clock);
    }

    /// <summary>How to call it over https: its own authority is trusted, and no other.</summary>
    public SslClientAuthenticationOptions Tls => new()
    {
        CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(LocalAuthority.CertificatePathFor(Path.Combine(_folder.FullName, "jobs.db"))) },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };

    public Task<T> RunAsync<T>(Operation<T> operation) => Engine.As(Caller.Operator("test")).ExecuteAsync(operation, TestContext.Current.CancellationToken);

    public Task AddAsync(string name, AccessRole role = AccessRole.VIEWER) => RunAsync(new CreateAccount(name, role, Password));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>A browser as far as signing in needs one: it keeps cookies, and posts forms with their tokens.</summary>
internal sealed partial class SignInBrowser(Uri home, SslClientAuthenticationOptions? tls = null) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new(), SslOptions = tls ?? new() });

    public async Task<HttpResponseMessage> GetAsync(string path) => await _http.GetAsync(new Uri(home, path), TestContext.Current.CancellationToken);

    public async Task<string> TextAsync(string path)
    {
        using var answer = await GetAsync(path);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <param name="page">Where the form stands; null to post without a token.</param>
    public async Task<HttpResponseMessage> PostAsync(string path, string? page, params (string Name, string Value)[] fields)
    {
        var token = page is null ? "" : Token().Match(await TextAsync(page)).Groups[1].Value;
        using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await _http.PostAsync(new Uri(home, path), form, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> SignInAsync(string account, string password, string returnUrl = "/") =>
        PostAsync("/portal/sign-in", "/portal/sign-in", ("account", account), ("password", password), ("returnUrl", returnUrl));

    public async Task AssertSignedInAsync(bool isSignedIn = true)
    {
        using var answer = await GetAsync("/portal/settings");
        Assert.Equal(isSignedIn ? HttpStatusCode.OK : HttpStatusCode.Redirect, answer.StatusCode);
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("""__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();
}
