using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists what happened to jobs, oldest first: who did what, when, and which status it led to.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobHistory")]
[OutputType(typeof(JobHistoryEntry))]
public sealed class GetIoTJobHistoryCommand : ListingCmdlet
{
    /// <summary>Ids, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    protected override void ProcessRecord()
    {
        foreach (var (id, _) in JobIds(JobId))
        {
            List(
                id,
                nameof(ListJobHistoryResponse.Changes),
                token => new ListJobHistory(id) { MaxResults = MaxResult, NextToken = token },
                response => response.NextToken);
        }
    }
}
