using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IoTJobsToolkit.Server.Mqtt.External;

internal static class ExternalHosting
{
    /// <summary>Another broker in place of the server's own.</summary>
    /// <exception cref="StartException">A file that the settings name cannot be used.</exception>
    public static void AddExternalBroker(this IServiceCollection services, BrokerSettings broker)
    {
        using (new BrokerTls(broker))
        {
            // What cannot be used is told now, not with the first connection.
        }
        services.AddSingleton(broker);
        services.AddSingleton<BrokerTopics>();
        services.TryAddSingleton(new ChangedThings());
        services.AddSingleton<IThingAudience, EverybodyAudience>();
        services.AddSingleton<BrokerOutbox>();
        services.AddSingleton<BrokerPump>();
        services.AddInJobsTime<BrokerRequests>();
        services.AddInJobsTime<BrokerNotices>();
        services.AddSingleton<BrokerService>();
        services.AddHostedService(provider => provider.GetRequiredService<BrokerService>());
        services.AddHealthChecks().AddCheck<BrokerCheck>("mqtt-broker");
    }
}
