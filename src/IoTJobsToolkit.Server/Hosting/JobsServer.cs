using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Access;
using IoTJobsToolkit.Server.Mqtt.Hosting;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Server.Tls;
using IoTJobsToolkit.Wire;
using IoTJobsToolkit.Wire.Credentials;
using IoTJobsToolkit.Wire.Rendezvous;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;

namespace IoTJobsToolkit.Server.Hosting;

/// <summary>What happens around the listening: once it listens, tell the module and the person who started it; before it stops, no more.</summary>
internal sealed class JobsServer(
    JobsEngine engine, ServerSettings settings, AccessKeys keys, AdministratorKey administrator, AdministratorAccount account, PlanePorts ports,
    ServerCertificate certificate, PlainListener plainMqtt, MqttListener mqtt, IServer server, TimeProvider clock, TextWriter output, RunningServer running)
    : IHostedLifecycleService, IDisposable
{
    private ServerRendezvous? _rendezvous;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var endpoint = Endpoint();
        engine.Configure(engine.Settings with { EndpointAddress = new Uri(DataEndpoint() ?? endpoint).Authority });
        // Compared with the start of this process, which no clock but the machine's tells.
        _rendezvous = new(
            endpoint, Environment.ProcessId, TimeProvider.System.GetUtcNow(), settings.Engine.Region, keys.Local.AccessKeyId, keys.Local.SecretAccessKey);
        _rendezvous.WriteFor(settings.DatabasePath);
        running.Facts = new(
            StartNotice.Version, endpoint, ServedAddresses.Of(settings, endpoint, ports, plainMqtt.Address, mqtt), settings.DatabasePath, settings.Auth,
            settings.Dialect, certificate.IsUsed ? LocalAuthority.CertificatePathFor(settings.DatabasePath) : null);
        foreach (var line in StartNotice.Lines(settings, administrator, account, endpoint, ports, plainMqtt.Address, mqtt, certificate.IsUsed))
        {
            output.WriteLine(line);
        }
        return output.FlushAsync(cancellationToken);
    }

    /// <summary>Whoever distributes requests gets time to see that this server is no longer ready.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (settings.DrainTime > TimeSpan.Zero)
        {
            await Task.Delay(settings.DrainTime, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        _rendezvous?.RemoveFor(settings.DatabasePath);
    }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await administrator.EnsureAsync(cancellationToken).ConfigureAwait(false);
        await account.EnsureAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A start that failed made secrets all the same: nobody could ever read them again.</summary>
    public void Dispose()
    {
        if (_rendezvous is null && (administrator.NewSecret ?? account.NewPassword) is not null)
        {
            output.WriteLine("  The server did not start. It made these, which are shown this once and count from now on:");
            output.WriteLine($"  Access key id   {administrator.AccessKeyId}");
            output.WriteLine($"  Secret key      {administrator.NewSecret ?? "as it was shown or set"}");
            output.WriteLine($"  Admin password  {account.NewPassword ?? "as it was set"}");
            output.Flush();
        }
    }

    /// <summary>The first address; where that means all of them, the machine's name.</summary>
    private string Endpoint()
    {
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.ToList() ?? [];
        return ListenAddresses.Reachable(ports.Learn(bound) is [{ } first, ..] ? first : ServerSettings.DefaultUrl);
    }

    private string? DataEndpoint() => ports.Addresses.FirstOrDefault(port => port.Plane == Plane.Data).Address ?? ports.DeviceAddress;
}
