using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Server.Mqtt.Hosting;
using IoTJobsToolkit.Server.Simulation;
using IoTJobsToolkit.Simulation;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Server.Demo;

/// <summary>The demo: a fleet over this server's own MQTT, and jobs for it.</summary>
internal sealed partial class DemoService(JobsEngine engine, PlainListener mqtt, TimeProvider clock, TextWriter output, ILogger<DemoService> logger)
    : BackgroundService, IHostedLifecycleService
{
    private const int Seed = 7;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly IJobs _jobs = engine.As(Caller.Operator("demo", AccessRole.ADMINISTRATOR, CallOrigin.API));

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        output.WriteLine(
            $"  Demo            {DemoFleet.ThingNames.Count} simulated devices{(mqtt.Address is null ? "" : " over MQTT")}; within a minute a rollout is under way, " +
            "a job cancels itself, one has failed for three reasons, and one waits for its window");
        return output.FlushAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await DemoFleet.EnsureAsync(_jobs, stoppingToken).ConfigureAwait(false);
            var simulation = new FleetSimulation(DemoFleet.ThingNames, OpenAsync, new(), Seed, clock);
            await using (simulation.ConfigureAwait(false))
            {
                await new DemoProgram(_jobs, engine.Settings, clock, (job, reason) => LogRefused(logger, job, reason)).RunAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (JobsException refusal)
        {
            LogEnded(logger, refusal.Message);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private Task<IDeviceLine> OpenAsync(string thingName, CancellationToken cancellationToken) => Task.FromResult<IDeviceLine>(mqtt.Address is { } broker
        ? new MqttDeviceLine(broker, thingName, new DeviceToken(_jobs, thingName, clock).GetAsync)
        : new JobsLine(engine.As(Caller.Device(thingName)), thingName, Interval, clock));

    [LoggerMessage(Level = LogLevel.Error, Message = "The demo ends: {Reason}")]
    private static partial void LogEnded(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo's {Job} is not created now: {Reason}")]
    private static partial void LogRefused(ILogger logger, string job, string reason);
}
