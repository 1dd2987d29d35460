using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Simulations;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lets simulated devices carry out whatever jobs their things get, on the server or, for a database file, in this process.</summary>
[Cmdlet(VerbsLifecycle.Start, "IoTFleetSimulation", SupportsShouldProcess = true)]
[OutputType(typeof(FleetSimulationDetail))]
public sealed class StartIoTFleetSimulationCommand : ChangingCmdlet
{
    /// <summary>A name for it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    public string SimulationName { get; set; } = null!;

    /// <summary>How many: 1 to 10000.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Count")]
    [ValidateRange(1, 10_000)]
    public int Devices { get; set; }

    /// <summary>How the names of their things begin; the simulation's name and a hyphen when absent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ThingNamePrefix { get; set; }

    /// <summary>A group to which their things are added.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Group")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    public string? ThingGroupName { get; set; }

    /// <summary>Decides what happens: the same seed, jobs and things end in the same way.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? Seed { get; set; }

    /// <summary>MQTT, each by a connection of its own, or IN_PROCESS; MQTT where a server offers it, when absent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SimulationTransport? Transport { get; set; }

    /// <summary>Of the executions, so many end as FAILED.</summary>
    [Parameter]
    [ValidateRange(0d, 100d)]
    public decimal? FailurePercentage { get; set; }

    /// <summary>Of the executions, so many end as REJECTED.</summary>
    [Parameter]
    [ValidateRange(0d, 100d)]
    public decimal? RejectionPercentage { get; set; }

    /// <summary>Of the executions, so many begin, and nothing is heard of them any more.</summary>
    [Parameter]
    [ValidateRange(0d, 100d)]
    public decimal? SilencePercentage { get; set; }

    /// <summary>Of the executions, so many take ten times as long.</summary>
    [Parameter]
    [ValidateRange(0d, 100d)]
    public decimal? SlownessPercentage { get; set; }

    /// <summary>Of the reports, so many are sent twice.</summary>
    [Parameter]
    [ValidateRange(0d, 100d)]
    public decimal? DuplicatePercentage { get; set; }

    /// <summary>Of the reports, so many are sent with a version that is past as well.</summary>
    [Parameter]
    [ValidateRange(0d, 100d)]
    public decimal? StalePercentage { get; set; }

    /// <summary>What failures give as their reason, each as often as the others.</summary>
    [Parameter]
    public string[]? Reason { get; set; }

    /// <summary>From the begin of an execution to its end, on average; 5 when absent.</summary>
    [Parameter]
    [ValidateRange(0.1d, 86_400d)]
    public decimal? Seconds { get; set; }

    protected override string Identity => nameof(SimulationName);

    protected override void ProcessRecord()
    {
        if (Wants(SimulationName, $"Simulate {(Devices == 1 ? "1 device" : $"{Devices} devices")}"))
        {
            Send(
                new StartFleetSimulation(SimulationName, Devices)
                {
                    ThingNamePrefix = ThingNamePrefix,
                    ThingGroupName = ThingGroupName,
                    Seed = Seed,
                    Transport = Transport,
                    FailurePercentage = FailurePercentage,
                    RejectionPercentage = RejectionPercentage,
                    SilencePercentage = SilencePercentage,
                    SlownessPercentage = SlownessPercentage,
                    DuplicatePercentage = DuplicatePercentage,
                    StalePercentage = StalePercentage,
                    Reasons = Reason,
                    Seconds = Seconds,
                },
                SimulationName);
        }
    }
}
