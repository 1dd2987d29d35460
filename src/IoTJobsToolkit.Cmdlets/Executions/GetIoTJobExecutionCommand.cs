using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Describes the execution of a job on a thing.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobExecution")]
[OutputType(typeof(JobExecutionDetail))]
public sealed class GetIoTJobExecutionCommand : IoTJobsCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public string JobId { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    public string[] ThingName { get; set; } = null!;

    /// <summary>The latest where none is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? ExecutionNumber { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var thing in ThingName)
        {
            Send(
                new DescribeJobExecution(JobId, thing) { ExecutionNumber = ExecutionNumber },
                thing,
                nameof(DescribeJobExecutionResponse.Execution));
        }
    }
}
