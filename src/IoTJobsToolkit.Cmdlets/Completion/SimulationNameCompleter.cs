using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Names of simulated fleets that go on.</summary>
public sealed class SimulationNameCompleter : LiveCompleter
{
    private protected override Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken) => search.AddPages(async _ =>
    {
        var list = await lease.Jobs.ExecuteAsync(new ListFleetSimulations(), cancellationToken).ConfigureAwait(false);
        return (list.Simulations.Select(simulation => (simulation.SimulationName, (string?)$"{simulation.Devices} devices")), null);
    });
}
