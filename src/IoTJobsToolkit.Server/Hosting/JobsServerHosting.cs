using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Security.Cryptography;
using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Server.Access;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Server.Health;
using IoTJobsToolkit.Server.Mqtt.Hosting;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using IoTJobsToolkit.Server.Notifications;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Server.Simulation;
using IoTJobsToolkit.Server.Telemetry;
using IoTJobsToolkit.Server.Tls;
using IoTJobsToolkit.Simulation;
using IoTJobsToolkit.Wire.Credentials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Server.Hosting;

/// <summary>The server in three steps: builder, services, run.</summary>
public static class JobsServerHosting
{
    private const string EnvironmentPrefix = "IOTJOBS_";

    /// <summary>
    /// A builder which finds its files wherever it is started from, and its settings in appsettings.json, the environment and the
    /// command line, each over the one before.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // Settings are read once, at the start: watching their files would only use up what a machine has of watches.
        string[] unwatched = ["--hostBuilder:reloadConfigOnChange=false", .. args];
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = unwatched, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables(EnvironmentPrefix).AddCommandLine(args);
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning)
            // Who asks for it is told in the answer, as often as he asks.
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)
            // A start that fails is told in one sentence, by whoever runs the server.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel.", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, $"{builder.Environment.ApplicationName}.staticwebassets.runtime.json")))
        {
            // Not published: the assets lie where they were built from, and only the environment Development would look there.
            StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        }
        return builder;
    }

    /// <param name="openStore">Opens the store; a <see cref="StartException"/> of <see cref="StartException.DatabaseInUse"/> is tried again for a while.</param>
    /// <exception cref="StartException">A setting is wrong.</exception>
    public static ServerSettings AddJobsServer(this WebApplicationBuilder builder, Func<ServerSettings, TimeProvider, IJobsStore> openStore)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = ServerSettings.Read(builder.Configuration);
        var ports = ListenAddresses.Apply(builder, settings);
        KestrelLimits.Apply(builder, settings.Http);
        HttpsDefaults.Apply(builder, ports);

        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(ports);
        services.AddSingleton<MatcherPolicy, PlanePortsPolicy>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Console.Out);
        services.AddSingleton(provider => new CredentialIssuer(settings.DatabasePath, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider =>
        {
            var clock = provider.GetRequiredService<TimeProvider>();
            var logger = provider.GetRequiredService<ILogger<JobsEngine>>();
            var given = provider.GetService<JobsServices>() ?? JobsServices.None;
            var time = settings.Clock == ClockMode.Virtual ? new VirtualClock(clock) : clock;
            return new JobsEngine(StoreOpening.Open(settings, clock, openStore), time, settings.Engine, given with
            {
                Credentials = provider.GetRequiredService<CredentialIssuer>(),
                Passwords = provider.GetRequiredService<IPasswords>(),
                Simulator = provider.GetRequiredService<FleetSimulator>(),
                Notifications = provider.GetRequiredService<INotificationSender>(),
                Meters = provider.GetRequiredService<IMeterFactory>(),
                Audience = provider.GetRequiredService<IThingAudience>(),
                OnFault = fault => logger.LogError(fault, "Background work failed and will be tried again: {Message}", fault.Message),
            });
        });
        services.AddFleetSimulations();
        services.AddSingleton<JobsTime>();
        services.AddSingleton(provider =>
        {
            provider.GetRequiredService<JobsEngine>(); // The credentials belong to whoever has the database.
            return CredentialsFile.Open(settings.DatabasePath);
        });
        services.AddSingleton<AccessKeys>();
        services.AddSingleton<AdministratorKey>();
        services.AddSingleton<IPasswords, IdentityPasswords>();
        services.AddSingleton<AdministratorAccount>();
        services.AddSingleton(provider => new ServerCertificate(
            provider.GetRequiredService<CredentialIssuer>(),
            provider.GetRequiredService<TimeProvider>(),
            [.. settings.Devices.Names, .. ListenAddresses.Names(builder.Configuration)]));
        services.AddInJobsTime<DeviceCertificates>();
        services.AddSingleton<TokenGuesses>();
        services.AddInJobsTime<DeviceTokens>();
        services.AddSingleton<DeviceAccess>();
        services.AddSingleton<ApiAccess>();
        services.AddSingleton<BodyMemory>();
        services.AddSingleton<RequestBody>();
        services.AddSingleton<JobsApi>();
        services.AddServerHealth();
        services.AddSingleton(settings.Telemetry);
        services.AddTelemetry(settings.Telemetry);
        services.AddNotifications();
        builder.AddMqttBroker(settings);
        services.AddSingleton<RunningServer>();
        services.AddHostedService<JobsServer>();
        services.AddMqttListening(settings);
        services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.DrainTime + settings.ShutdownTime);
        return settings;
    }

    /// <summary>A service whose <see cref="TimeProvider"/> is the time of the jobs: credentials of things run out by that.</summary>
    public static void AddInJobsTime<T>(this IServiceCollection services)
        where T : class =>
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<T>(provider, provider.GetRequiredService<JobsTime>()));

    /// <summary>
    /// Runs until it is told to stop; requests in flight are answered, then the database is closed. Told a second time, it waits for nobody.
    /// </summary>
    /// <exception cref="StartException">It could not start.</exception>
    public static async Task RunJobsServerAsync(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        await using (app.ConfigureAwait(false))
        {
            try
            {
                await app.StartAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (Occupied(exception) is not null)
            {
                throw new StartException(
                    StartException.AddressInUse,
                    $"{Occupied(exception)} Stop what listens there, or choose another {ChoiceFor(app, Occupied(exception)!)}.",
                    exception);
            }
            catch (Exception exception) when (exception is FormatException or SocketException or ArgumentException)
            {
                throw new StartException(StartException.BadSetting, $"The server cannot listen as urls and Jobs:DevicePort say: {exception.Message}", exception);
            }
            catch (Exception exception) when (IsOfCertificate(exception))
            {
                throw new StartException(
                    StartException.BadSetting, $"The certificate that Kestrel:Certificates or Kestrel:Endpoints names cannot be used: {exception.Message}", exception);
            }
            await StopSignals.WaitAndStopAsync(app).ConfigureAwait(false);
        }
    }

    /// <summary>The web server itself says so where a certificate is none for servers.</summary>
    private static bool IsOfCertificate(Exception exception) =>
        exception is CryptographicException or NotSupportedException ||
        exception is InvalidOperationException && exception.Source?.StartsWith("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal) is true;

    private static string ChoiceFor(WebApplication app, string occupied) =>
        app.Services.GetRequiredService<ServerSettings>().Devices.Port is { } port && occupied.Contains($":{port}:", StringComparison.Ordinal)
            ? $"port for devices with --{DeviceSettings.Section}:{DeviceSettings.PortName}=PORT, 0 for none"
            : "address with --urls=http://127.0.0.1:PORT";

    private static string? Occupied(Exception exception) =>
        exception is IOException { InnerException: AddressInUseException or SocketException } ? exception.Message : null;
}
