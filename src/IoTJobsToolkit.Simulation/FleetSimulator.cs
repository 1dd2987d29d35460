using System.Collections.Concurrent;
using System.Globalization;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Simulations;

namespace IoTJobsToolkit.Simulation;

/// <summary>Simulations by name, until they are stopped or this is disposed of.</summary>
/// <param name="clock">By which devices take their time; the real one, also where jobs go by a virtual clock.</param>
public sealed class FleetSimulator(TimeProvider clock) : ISimulator, IAsyncDisposable
{
    private const int AtATime = 200;

    /// <summary>Questions a second of all devices without a connection.</summary>
    private const double Questions = 500;

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Started> _started = new(StringComparer.Ordinal);

    /// <summary>The line of a thing over MQTT; null where there is no broker for it.</summary>
    public Func<JobsEngine, Func<string, CancellationToken, Task<IDeviceLine>>?> MqttLines { get; init; } = _ => null;

    public IReadOnlyList<FleetSimulationDetail> Running =>
        [.. _started.Values.Where(started => started.Simulation is not null).Select(started => started.Detail()).OrderBy(detail => detail.SimulationName, StringComparer.Ordinal)];

    public async Task StartAsync(JobsEngine engine, StartFleetSimulation request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(request);
        var overMqtt = request.Transport == SimulationTransport.IN_PROCESS ? null : MqttLines(engine);
        if (overMqtt is null && request.Transport == SimulationTransport.MQTT)
        {
            throw JobsException.InvalidRequest("There is no MQTT without TLS on this machine for simulated devices (Mqtt:Port); let them run IN_PROCESS.");
        }
        var started = new Started(request, engine.Time, overMqtt is null ? SimulationTransport.IN_PROCESS : SimulationTransport.MQTT);
        if (!_started.TryAdd(request.SimulationName, started))
        {
            throw new JobsException(JobsError.ResourceAlreadyExists, $"A simulation {request.SimulationName} goes on already; stop it first, or choose another name.");
        }
        try
        {
            await MakeAsync(engine.As(Caller.System), started, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _started.TryRemove(request.SimulationName, out _);
            throw;
        }
        var interval = TimeSpan.FromSeconds(Math.Max(ShortestInterval.TotalSeconds, started.ThingNames.Count / Questions));
        started.Simulation = new(
            started.ThingNames,
            overMqtt ?? ((thing, _) => Task.FromResult<IDeviceLine>(new JobsLine(engine.As(Caller.Device(thing)), thing, interval, clock))),
            BehaviorOf(request), request.Seed ?? 1, clock);
    }

    public async Task<FleetSimulationDetail> StopAsync(JobsEngine engine, string simulationName, bool removeThings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        if (!_started.TryGetValue(simulationName, out var started) || started.Simulation is null || !_started.TryRemove(simulationName, out started))
        {
            throw JobsException.NotFound($"There is no simulation {simulationName}. Simulations end with the process that runs them.");
        }
        await started.Simulation!.DisposeAsync().ConfigureAwait(false);
        if (removeThings)
        {
            await RemoveAsync(engine.As(Caller.System), started, cancellationToken).ConfigureAwait(false);
        }
        return started.Detail();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _started.Keys)
        {
            if (_started.TryRemove(name, out var started) && started.Simulation is { } simulation)
            {
                await simulation.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task MakeAsync(IJobs jobs, Started started, CancellationToken cancellationToken)
    {
        if (started.Request.ThingGroupName is { } group)
        {
            started.MadeGroup = await MadeAsync(jobs, new DescribeThingGroup(group), new CreateThingGroup(group), cancellationToken).ConfigureAwait(false);
        }
        foreach (var names in started.ThingNames.Chunk(AtATime))
        {
            await Task.WhenAll(names.Select(async name =>
            {
                if (await MadeAsync(jobs, new DescribeThing(name), new CreateThing(name), cancellationToken).ConfigureAwait(false))
                {
                    started.MadeThings.Add(name);
                }
                if (started.Request.ThingGroupName is { } joined)
                {
                    await jobs.ExecuteAsync(new AddThingToThingGroup { ThingName = name, ThingGroupName = joined }, cancellationToken).ConfigureAwait(false);
                }
            })).ConfigureAwait(false);
        }
    }

    private static async Task RemoveAsync(IJobs jobs, Started started, CancellationToken cancellationToken)
    {
        foreach (var names in started.MadeThings.Chunk(AtATime))
        {
            await Task.WhenAll(names.Select(name => jobs.ExecuteAsync(new DeleteThing(name), cancellationToken))).ConfigureAwait(false);
        }
        if (started.MadeGroup)
        {
            await jobs.ExecuteAsync(new DeleteThingGroup(started.Request.ThingGroupName!), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>False where it was there already; creating it once more would not be refused.</summary>
    private static async Task<bool> MadeAsync<TFound, TMade>(IJobs jobs, Operation<TFound> describe, Operation<TMade> create, CancellationToken cancellationToken)
    {
        try
        {
            await jobs.ExecuteAsync(describe, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (JobsException refusal) when (refusal.Error == JobsError.ResourceNotFound)
        {
            await jobs.ExecuteAsync(create, cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    private static DeviceBehavior BehaviorOf(StartFleetSimulation request)
    {
        var usual = new DeviceBehavior();
        return usual with
        {
            FailureShare = Share(request.FailurePercentage),
            RejectionShare = Share(request.RejectionPercentage),
            SilenceShare = Share(request.SilencePercentage),
            SlownessShare = Share(request.SlownessPercentage),
            DuplicateShare = Share(request.DuplicatePercentage),
            StaleShare = Share(request.StalePercentage),
            Reasons = request.Reasons ?? usual.Reasons,
            Seconds = (double?)request.Seconds ?? usual.Seconds,
        };

        static double Share(decimal? percentage) => (double)(percentage ?? 0) / 100;
    }

    private sealed class Started(StartFleetSimulation request, DateTimeOffset at, SimulationTransport transport)
    {
        public StartFleetSimulation Request => request;

        public IReadOnlyList<string> ThingNames { get; } =
            [.. Enumerable.Range(1, request.Devices!.Value).Select(i => string.Create(CultureInfo.InvariantCulture, $"{Prefix(request)}{i:0000}"))];

        public ConcurrentBag<string> MadeThings { get; } = [];

        public bool MadeGroup { get; set; }

        /// <summary>Null while its things are being made.</summary>
        public FleetSimulation? Simulation { get; set; }

        public FleetSimulationDetail Detail()
        {
            var counts = Simulation!.Counts;
            return new(request.SimulationName, ThingNames.Count, transport, request.Seed ?? 1, at)
            {
                ThingNamePrefix = Prefix(request),
                ThingGroupName = request.ThingGroupName,
                BegunExecutions = counts.BegunExecutions,
                SucceededExecutions = counts.SucceededExecutions,
                FailedExecutions = counts.FailedExecutions,
                RejectedExecutions = counts.RejectedExecutions,
                SilentExecutions = counts.SilentExecutions,
                RefusedReports = counts.RefusedReports,
                Disturbances = counts.Disturbances,
            };
        }

        private static string Prefix(StartFleetSimulation request) => request.ThingNamePrefix ?? request.SimulationName + "-";
    }
}
