using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Simulations;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Tells what simulated fleets have done so far.</summary>
[Cmdlet(VerbsCommon.Get, "IoTFleetSimulation")]
[OutputType(typeof(FleetSimulationDetail))]
public sealed class GetIoTFleetSimulationCommand : IoTJobsCmdlet
{
    /// <summary>Names, or wildcards over them; all when absent.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(SimulationNameCompleter))]
    [SupportsWildcards]
    public string[] SimulationName { get; set; } = ["*"];

    protected override void ProcessRecord()
    {
        foreach (var name in SimulationName)
        {
            if (!WildcardPattern.ContainsWildcardCharacters(name))
            {
                Send(new DescribeFleetSimulation(name), name);
            }
            else if (TryRun(new ListFleetSimulations(), name, out var list))
            {
                var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
                foreach (var simulation in list.Simulations.Where(simulation => pattern.IsMatch(simulation.SimulationName)))
                {
                    Write(simulation, simulation.SimulationName, Selection.Whole);
                }
            }
        }
    }
}
