using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Simulations;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Ends simulated devices, in the middle of what they do; answers what they have done.</summary>
public sealed record StopFleetSimulation(string SimulationName) : Operation<FleetSimulationDetail>
{
    /// <summary>Deletes the things, and the group, that the simulation made.</summary>
    public bool? RemoveThings { get; init; }

    internal FleetSimulationDetail? Stopped { get; init; }

    internal override bool ChangesElsewhere => true;

    internal override void Validate(Check check) => check.Required("simulationName", SimulationName);

    internal override ActivityNote Note(JobsTransaction tx) =>
        new(ActivitySubject.SIMULATION, SimulationName, RemoveThings == true ? "with the things it made" : null);

    internal override async ValueTask<Operation> PrepareAsync(JobsEngine engine, CancellationToken cancellationToken) => this with
    {
        Stopped = await engine.Services.Simulator.StopAsync(engine, SimulationName, RemoveThings == true, cancellationToken).ConfigureAwait(false),
    };

    internal override FleetSimulationDetail Run(JobsTransaction tx) => Stopped!;
}
