using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MQTTnet.Server;

namespace IoTJobsToolkit.Server.Mqtt.Listeners;

internal static class MqttListening
{
    /// <summary>Who may connect over MQTT, and where; the broker comes from elsewhere.</summary>
    public static void AddMqttListening(this IServiceCollection services, ServerSettings settings)
    {
        services.AddConnections();
        services.AddSingleton(new MqttDoorLimits(TimeSpan.FromSeconds(settings.MqttListen.ConnectSeconds)));
        services.AddSingleton<MqttDoor>();
        services.AddSingleton<IMqttServerAdapter>(provider => provider.GetRequiredService<MqttDoor>());
        services.AddInJobsTime<MqttCallers>();
        services.AddSingleton<RefusalLog>();
        services.TryAddSingleton<IMqttAccess, MqttAccess>();
        services.AddSingleton<UpgradeAccess>();
        services.AddHostedService<CredentialsWatch>();
        services.AddSingleton<MqttListener>();
        services.AddHostedService(provider => provider.GetRequiredService<MqttListener>());
    }
}
