using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists the executions of a thing over all jobs, the newest first.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobExecutionsForThingList")]
[OutputType(typeof(JobExecutionSummaryForThing))]
public sealed class GetIoTJobExecutionsForThingListCommand : ListingCmdlet
{
    /// <summary>Names, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
    public string[] ThingName { get; set; } = null!;

    [Parameter]
    public JobExecutionStatus? Status { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? NamespaceId { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public string? JobId { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var (thing, _) in ThingNames(ThingName))
        {
            List(thing, nameof(ListJobExecutionsForThingResponse.ExecutionSummaries), token => Page(thing, token), response => response.NextToken);
        }
    }

    private ListJobExecutionsForThing Page(string thing, string? token) => new(thing)
    {
        Status = Status,
        NamespaceId = NamespaceId,
        JobId = JobId,
        MaxResults = MaxResult,
        NextToken = token,
    };
}
