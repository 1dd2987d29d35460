using IoTJobsToolkit.Engine.Simulations;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Lists the simulated fleets that go on, by name.</summary>
public sealed record ListFleetSimulations : Operation<ListFleetSimulationsResponse>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override ListFleetSimulationsResponse Run(JobsTransaction tx) => new(tx.Services.Simulator.Running);
}

public sealed record ListFleetSimulationsResponse(IReadOnlyList<FleetSimulationDetail> Simulations);
