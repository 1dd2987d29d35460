using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Access;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire.Rendezvous;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;

namespace IoTJobsToolkit.Server.Hosting;

/// <summary>What happens around the listening: once it listens, tell the module and the person who started it; before it stops, no more.</summary>
internal sealed class JobsServer(
    JobsEngine engine, ServerSettings settings, CredentialsFile credentials, AccessKeys keys, AdministratorKey administrator, IServer server,
    TimeProvider clock, TextWriter output)
    : IHostedLifecycleService
{
    private ServerRendezvous? _rendezvous;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var endpoint = Endpoint();
        engine.Configure(engine.Settings with { EndpointAddress = new Uri(endpoint).Authority });
        _rendezvous = new(
            endpoint, Environment.ProcessId, clock.GetUtcNow(), settings.Engine.Region, keys.Local.AccessKeyId, keys.Local.SecretAccessKey);
        _rendezvous.WriteFor(settings.DatabasePath);
        foreach (var line in StartNotice.Lines(settings, credentials, administrator, endpoint))
        {
            output.WriteLine(line);
        }
        return output.FlushAsync(cancellationToken);
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _rendezvous?.RemoveFor(settings.DatabasePath);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => administrator.EnsureAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The first address; where that means all of them, the machine's name.</summary>
    private string Endpoint()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? ServerSettings.DefaultUrl;
        return ListenAddresses.Reachable(address);
    }
}
