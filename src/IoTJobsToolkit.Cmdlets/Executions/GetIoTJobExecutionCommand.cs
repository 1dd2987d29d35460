using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Describes the execution of a job on a thing.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobExecution")]
[OutputType(typeof(JobExecutionDetail))]
public sealed class GetIoTJobExecutionCommand : IoTJobsCmdlet
{
    /// <summary>An id, or a wildcard over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string JobId { get; set; } = null!;

    /// <summary>Names, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
    public string[] ThingName { get; set; } = null!;

    /// <summary>The latest where none is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? ExecutionNumber { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var (job, thing, isListed) in Executions(JobId, ThingName, ExecutionNumber))
        {
            Describe(
                new DescribeJobExecution(job, thing) { ExecutionNumber = ExecutionNumber },
                thing,
                isListed,
                nameof(DescribeJobExecutionResponse.Execution));
        }
    }
}
