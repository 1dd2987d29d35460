using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Mqtt.Hosting;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using IoTJobsToolkit.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IoTJobsToolkit.Server.Simulation;

/// <summary>Simulated fleets of this server: they end before it does.</summary>
internal static class SimulationHosting
{
    public static void AddFleetSimulations(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var clock = provider.GetRequiredService<TimeProvider>();
            return new FleetSimulator(clock) { MqttLines = engine => Lines(provider.GetService<PlainListener>(), engine, clock) };
        });
        services.AddHostedService<SimulationsEnd>();
    }

    private static Func<string, CancellationToken, Task<IDeviceLine>>? Lines(PlainListener? mqtt, JobsEngine engine, TimeProvider clock) => mqtt?.Address is { } broker
        ? (thing, _) => Task.FromResult<IDeviceLine>(new MqttDeviceLine(broker, thing, new DeviceToken(engine.As(Caller.System), thing, clock).GetAsync))
        : null;

    private sealed class SimulationsEnd(FleetSimulator simulator) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => simulator.DisposeAsync().AsTask();
    }
}
