using System.Collections;
using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Reports a device's progress or result; nothing is written unless it was asked for.</summary>
[Cmdlet(VerbsData.Update, "IoTJJobExecution", SupportsShouldProcess = true)]
[OutputType(typeof(UpdateJobExecutionResponse))]
public sealed class UpdateIoTJJobExecutionCommand : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public string JobId { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    public string ThingName { get; set; } = null!;

    /// <summary>IN_PROGRESS, SUCCEEDED, FAILED or REJECTED.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    public JobExecutionStatus Status { get; set; }

    /// <summary>Replaces the stored details when given.</summary>
    [Parameter]
    [Alias("StatusDetails")]
    public Hashtable? StatusDetail { get; set; }

    /// <summary>1 to 10080, or a time span, starts a new step timer; -1 removes it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StepTimeoutInMinutes")]
    [DurationArgument(DurationUnit.Minutes)]
    public long? StepTimeoutInMinute { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? ExpectedVersion { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public bool? IncludeJobExecutionState { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public bool? IncludeJobDocument { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? ExecutionNumber { get; set; }

    protected override string Identity => nameof(JobId);

    protected override void ProcessRecord()
    {
        if (Wants($"{JobId} on {ThingName}", $"Report {Status}"))
        {
            Send(Update(), ThingName, IncludeJobExecutionState == true || IncludeJobDocument == true ? Selection.Whole : null);
        }
    }

    private UpdateJobExecution Update() => new(JobId, ThingName)
    {
        Status = Status,
        StatusDetails = TextMap.Of(StatusDetail),
        StepTimeoutInMinutes = StepTimeoutInMinute,
        ExpectedVersion = ExpectedVersion,
        IncludeJobExecutionState = IncludeJobExecutionState,
        IncludeJobDocument = IncludeJobDocument,
        ExecutionNumber = ExecutionNumber,
    };
}
