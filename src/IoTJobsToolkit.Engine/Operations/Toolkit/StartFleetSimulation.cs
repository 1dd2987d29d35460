using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Simulations;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Lets simulated devices carry out whatever jobs their things get, until they are stopped or the process ends. Things and group are made where they are not there.
/// What a device does with an execution is decided by the seed, the job's id, the thing's name and the execution's number.
/// </summary>
/// <param name="SimulationName">1..64 characters of a thing's name.</param>
/// <param name="Devices">1..10000.</param>
public sealed record StartFleetSimulation(string SimulationName, int? Devices) : Operation<FleetSimulationDetail>
{
    /// <summary>How the names of the things begin, up to 100 characters; the simulation's name and a hyphen when absent. Things of such a name that are there take part.</summary>
    public string? ThingNamePrefix { get; init; }

    /// <summary>A group to which the things are added; none when absent.</summary>
    public string? ThingGroupName { get; init; }

    /// <summary>Decides what happens; 1 when absent.</summary>
    public int? Seed { get; init; }

    /// <summary>MQTT where the server has a broker on this machine, when absent.</summary>
    public SimulationTransport? Transport { get; init; }

    /// <summary>0..100 of the executions: end as FAILED, for one of <see cref="Reasons"/>.</summary>
    public decimal? FailurePercentage { get; init; }

    /// <summary>0..100 of the executions: end as REJECTED before anything is done.</summary>
    public decimal? RejectionPercentage { get; init; }

    /// <summary>0..100 of the executions: begin, and nothing is heard of them any more. With failures and rejections 100 at the most.</summary>
    public decimal? SilencePercentage { get; init; }

    /// <summary>0..100 of the executions: take ten times as long.</summary>
    public decimal? SlownessPercentage { get; init; }

    /// <summary>0..100 of the reports: are sent twice.</summary>
    public decimal? DuplicatePercentage { get; init; }

    /// <summary>0..100 of the reports: are sent with a version that is past as well.</summary>
    public decimal? StalePercentage { get; init; }

    /// <summary>What failures give as their reason, up to 20 texts of 1..256 characters; one when absent.</summary>
    public IReadOnlyList<string>? Reasons { get; init; }

    /// <summary>From the begin of an execution to its end, on average: 0.1..86400; 5 when absent.</summary>
    public decimal? Seconds { get; init; }

    internal override bool ChangesElsewhere => true;

    internal override void Validate(Check check)
    {
        check.Required("simulationName", SimulationName);
        check.Text("simulationName", SimulationName, 1, 64, TextPattern.Name);
        check.Required("devices", Devices);
        check.Range("devices", Devices, 1, 10_000);
        check.Text("thingNamePrefix", ThingNamePrefix, 1, 100, TextPattern.Name);
        check.Text("thingGroupName", ThingGroupName, 1, 128, TextPattern.Name);
        check.Defined("transport", Transport);
        foreach (var (name, share) in new[]
        {
            ("failurePercentage", FailurePercentage), ("rejectionPercentage", RejectionPercentage), ("silencePercentage", SilencePercentage),
            ("slownessPercentage", SlownessPercentage), ("duplicatePercentage", DuplicatePercentage), ("stalePercentage", StalePercentage),
        })
        {
            check.Range(name, share, 0m, 100m);
        }
        check.Range("seconds", Seconds, 0.1m, 86_400m);
        check.Count("reasons", Reasons, 1, 20);
        foreach (var reason in Reasons ?? [])
        {
            check.Length("reasons.member", reason, 1, 256);
        }
        if ((FailurePercentage ?? 0) + (RejectionPercentage ?? 0) + (SilencePercentage ?? 0) > 100)
        {
            throw JobsException.InvalidRequest("failurePercentage, rejectionPercentage and silencePercentage are of the same executions: together they are more than 100.");
        }
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.SIMULATION, SimulationName, ActivityNote.Counted(Devices ?? 0, "device", "devices"));

    internal override async ValueTask<Operation> PrepareAsync(JobsEngine engine, CancellationToken cancellationToken)
    {
        await engine.Services.Simulator.StartAsync(engine, this, cancellationToken).ConfigureAwait(false);
        return this;
    }

    internal override FleetSimulationDetail Run(JobsTransaction tx) => DescribeFleetSimulation.Find(tx, SimulationName);
}
