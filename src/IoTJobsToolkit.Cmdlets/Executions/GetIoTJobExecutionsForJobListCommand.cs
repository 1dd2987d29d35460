using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists the executions of a job, each attempt for itself.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobExecutionsForJobList")]
[OutputType(typeof(JobExecutionSummaryForJob))]
public sealed class GetIoTJobExecutionsForJobListCommand : ListingCmdlet
{
    /// <summary>Ids, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    [Parameter]
    public JobExecutionStatus? Status { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var (id, _) in JobIds(JobId))
        {
            List(
                id,
                nameof(ListJobExecutionsForJobResponse.ExecutionSummaries),
                token => new ListJobExecutionsForJob(id) { Status = Status, MaxResults = MaxResult, NextToken = token },
                response => response.NextToken);
        }
    }
}
