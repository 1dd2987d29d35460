using System.Collections;
using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Hands a device its next execution and starts it; nothing is written when none is pending.</summary>
[Cmdlet(VerbsLifecycle.Start, "IoTJNextPendingJobExecution", SupportsShouldProcess = true)]
[OutputType(typeof(DeviceJobExecution))]
public sealed class StartIoTJNextPendingJobExecutionCommand : ChangingCmdlet
{
    /// <summary>Names, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
    public string[] ThingName { get; set; } = null!;

    [Parameter]
    [Alias("StatusDetails")]
    public Hashtable? StatusDetail { get; set; }

    /// <summary>1 to 10080, or a time span; -1 for none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StepTimeoutInMinutes")]
    [DurationArgument(DurationUnit.Minutes)]
    public long? StepTimeoutInMinute { get; set; }

    protected override string Identity => nameof(ThingName);

    protected override void ProcessRecord()
    {
        foreach (var (name, _) in ThingNames(ThingName))
        {
            if (Wants(name, "Start next pending job execution"))
            {
                Send(Start(name), name, nameof(StartNextPendingJobExecutionResponse.Execution));
            }
        }
    }

    private StartNextPendingJobExecution Start(string name) => new(name)
    {
        StatusDetails = TextMap.Of(StatusDetail),
        StepTimeoutInMinutes = StepTimeoutInMinute,
    };
}
