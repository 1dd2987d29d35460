using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Simulations;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Ends simulated fleets, in the middle of what they do, and tells what they have done.</summary>
[Cmdlet(VerbsLifecycle.Stop, "IoTFleetSimulation", SupportsShouldProcess = true)]
[OutputType(typeof(FleetSimulationDetail))]
public sealed class StopIoTFleetSimulationCommand : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(SimulationNameCompleter))]
    public string[] SimulationName { get; set; } = null!;

    /// <summary>Deletes the things, and the group, that the simulation made.</summary>
    [Parameter]
    public SwitchParameter RemoveThings { get; set; }

    protected override string Identity => nameof(SimulationName);

    protected override void ProcessRecord()
    {
        foreach (var name in SimulationName)
        {
            if (Wants(name, RemoveThings ? "Stop simulation, and delete the things it made" : "Stop simulation"))
            {
                Send(new StopFleetSimulation(name) { RemoveThings = RemoveThings ? true : null }, name);
            }
        }
    }
}
