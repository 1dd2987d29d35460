using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Broker;
using IoTJobsToolkit.Server.Mqtt.Connections;
using IoTJobsToolkit.Server.Mqtt.External;
using IoTJobsToolkit.Server.Mqtt.Jobs;
using IoTJobsToolkit.Server.Mqtt.Keeping;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Server;

namespace IoTJobsToolkit.Server.Mqtt.Hosting;

/// <summary>MQTT in the server.</summary>
internal static class MqttHosting
{
    /// <summary>
    /// The broker and its address without TLS, or the connection to another broker. Who registers an <see cref="IMqttAccess"/>, an
    /// <see cref="ISessionsKeeper"/> or a
    /// <see cref="TopicPolicy"/> before has his own used.
    /// </summary>
    public static void AddMqttBroker(this WebApplicationBuilder builder, ServerSettings settings)
    {
        var services = builder.Services;
        services.AddSingleton(settings.Mqtt);
        services.AddSingleton<ThingTurns>();
        services.AddSingleton<RequestDesk>();
        services.AddSingleton<PlainListener>();
        services.TryAddSingleton<AnswerRequest>(provider =>
        {
            var (engine, clock) = (provider.GetRequiredService<JobsEngine>(), provider.GetRequiredService<JobsTime>());
            var logger = provider.GetRequiredService<ILogger<RequestDesk>>();
            return (caller, topic, payload) => JobsRequests.AnswerAsync(
                engine.As(caller.Caller), topic, payload, clock, fault => logger.LogError(fault, "A request of {Name} failed: {Message}", caller.Caller.Name, fault.Message));
        });
        if (settings.Mqtt.Broker is { } broker)
        {
            services.AddExternalBroker(broker);
            return;
        }
        services.TryAddSingleton(new BrokerLimits { RequestsPerSecond = settings.Engine.Limits == LimitsProfile.Aws ? new BrokerLimits().RequestsPerSecond : null });
        services.TryAddSingleton(settings.Mqtt.Topics);
        services.TryAddSingleton<ISessionsKeeper, EngineSessionsKeeper>();
        services.AddSingleton<ThingConnections>();
        services.AddSingleton<IConnectionWatch>(provider => provider.GetRequiredService<ThingConnections>());
        services.AddSingleton<IMqttNetLogger, LibraryLog>();

        services.AddSingleton<SessionRegistry>();
        services.AddSingleton<RetainedMessages>();
        services.AddSingleton<Router>();
        services.AddSingleton<Wills>();
        services.AddSingleton<Admission>();
        services.AddSingleton<Publishing>();
        services.AddSingleton<Subscribing>();
        services.AddSingleton<ThingAudience>();
        services.AddSingleton<IThingAudience>(provider => provider.GetRequiredService<ThingAudience>());
        services.AddInJobsTime<Notifier>();
        services.AddSingleton<JobsBroker>();
        services.AddHostedService<MqttService>();
    }
}
