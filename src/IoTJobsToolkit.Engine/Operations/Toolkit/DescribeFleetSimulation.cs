using IoTJobsToolkit.Engine.Simulations;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Tells what a simulated fleet has done so far.</summary>
public sealed record DescribeFleetSimulation(string SimulationName) : Operation<FleetSimulationDetail>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check) => check.Required("simulationName", SimulationName);

    internal override FleetSimulationDetail Run(JobsTransaction tx) => Find(tx, SimulationName);

    internal static FleetSimulationDetail Find(JobsTransaction tx, string name) =>
        tx.Services.Simulator.Running.FirstOrDefault(simulation => simulation.SimulationName == name)
        ?? throw JobsException.NotFound($"There is no simulation {name}. Simulations end with the process that runs them.");
}
