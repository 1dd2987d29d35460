using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Engine.Simulations;

/// <summary>Who lets simulated devices act, as long as he runs himself.</summary>
public interface ISimulator
{
    /// <summary>Those that go on now, by name.</summary>
    IReadOnlyList<FleetSimulationDetail> Running { get; }

    /// <exception cref="JobsException">It cannot be; nothing was begun.</exception>
    Task StartAsync(JobsEngine engine, StartFleetSimulation request, CancellationToken cancellationToken);

    /// <summary>How it was at its end.</summary>
    /// <exception cref="JobsException">There is none of that name.</exception>
    Task<FleetSimulationDetail> StopAsync(JobsEngine engine, string simulationName, bool removeThings, CancellationToken cancellationToken);
}

/// <summary>Where nobody simulates.</summary>
internal sealed class NoSimulator : ISimulator
{
    public static NoSimulator Instance { get; } = new();

    public IReadOnlyList<FleetSimulationDetail> Running => [];

    public Task StartAsync(JobsEngine engine, StartFleetSimulation request, CancellationToken cancellationToken) => throw None();

    public Task<FleetSimulationDetail> StopAsync(JobsEngine engine, string simulationName, bool removeThings, CancellationToken cancellationToken) => throw None();

    private static JobsException None() => JobsException.InvalidRequest("Nobody simulates devices here; start a server of the toolkit.");
}
