using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Simulations;

namespace IoTJobsToolkit.Engine.Tests.Activities;

/// <summary>Simulations without devices.</summary>
internal sealed class NamesOnlySimulator : ISimulator
{
    private readonly List<FleetSimulationDetail> _running = [];

    public IReadOnlyList<FleetSimulationDetail> Running => _running;

    public Task StartAsync(JobsEngine engine, StartFleetSimulation request, CancellationToken cancellationToken)
    {
        _running.Add(new(request.SimulationName, request.Devices!.Value, SimulationTransport.IN_PROCESS, request.Seed ?? 1, engine.Time));
        return Task.CompletedTask;
    }

    public Task<FleetSimulationDetail> StopAsync(JobsEngine engine, string simulationName, bool removeThings, CancellationToken cancellationToken)
    {
        var stopped = _running.Single(simulation => simulation.SimulationName == simulationName);
        _running.Remove(stopped);
        return Task.FromResult(stopped);
    }
}
