using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Shows an execution which has not ended as its device sees it, with the document.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJJobExecution")]
[OutputType(typeof(DeviceJobExecution))]
public sealed class GetIoTJJobExecutionCommand : IoTJobsCmdlet
{
    /// <summary>A job id, or <c>$next</c> for the next pending execution.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public string JobId { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    public string ThingName { get; set; } = null!;

    /// <summary>True when absent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public bool? IncludeJobDocument { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? ExecutionNumber { get; set; }

    protected override void ProcessRecord() => Send(
        new DescribeJobExecution(JobId, ThingName) { IncludeJobDocument = IncludeJobDocument, ExecutionNumber = ExecutionNumber },
        ThingName,
        nameof(DescribeJobExecutionResponse.Execution));
}
