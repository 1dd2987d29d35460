using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists the changes of status of a job's executions, with who made them and what devices said; or how each stood at a moment of the past.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobExecutionHistory")]
[OutputType(typeof(JobExecutionHistoryEntry))]
public sealed class GetIoTJobExecutionHistoryCommand : ListingCmdlet
{
    /// <summary>Ids, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    /// <summary>The executions on these things only.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    public string[]? ThingName { get; set; }

    /// <summary>Of each execution the last change until then: a date, or an age: a number of days or a time span.</summary>
    [Parameter]
    [PastArgument]
    public DateTimeOffset? At { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var (id, _) in JobIds(JobId))
        {
            foreach (var thing in ThingName ?? [null!])
            {
                List(
                    id,
                    nameof(ListJobExecutionHistoryResponse.Changes),
                    token => new ListJobExecutionHistory(id) { ThingName = thing, At = At, MaxResults = MaxResult, NextToken = token },
                    response => response.NextToken);
            }
        }
    }
}
