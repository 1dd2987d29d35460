using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IoTJobsToolkit.Server.Mqtt.External;

/// <summary>Without its broker a server still does everything that it is asked for over HTTP.</summary>
internal sealed class BrokerCheck(BrokerService broker) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(broker.IsConnected
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("There is no connection to the MQTT broker: the server's log tells why. Over HTTP everything works."));
}
