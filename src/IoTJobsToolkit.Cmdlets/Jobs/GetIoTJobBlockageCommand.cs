using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Blockages;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Tells what executions that have not ended wait for, and when they should move.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobBlockage")]
[OutputType(typeof(JobBlockage))]
public sealed class GetIoTJobBlockageCommand : ListingCmdlet
{
    /// <summary>Ids, or wildcards over those of active jobs; all of these when absent.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string[]? JobId { get; set; }

    /// <summary>These things only: names, or wildcards over them.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
    public string[]? ThingName { get; set; }

    protected override void ProcessRecord()
    {
        var things = ThingName is { Length: > 0 } given ? ThingNames(given).Select(thing => thing.Name).ToList() : [null!];
        foreach (var (id, _) in JobIds(JobId ?? ["*"], JobStatus.IN_PROGRESS, JobStatus.SCHEDULED))
        {
            foreach (var thing in things)
            {
                List(
                    id,
                    nameof(ListJobBlockagesResponse.Blockages),
                    token => new ListJobBlockages(id) { ThingName = thing, MaxResults = MaxResult, NextToken = token },
                    response => response.NextToken);
            }
        }
    }
}
