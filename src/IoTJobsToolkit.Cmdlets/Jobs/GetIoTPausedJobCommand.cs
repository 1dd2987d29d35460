using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists the jobs that are paused: since when, by whom and why.</summary>
[Cmdlet(VerbsCommon.Get, "IoTPausedJob")]
[OutputType(typeof(PauseJobResponse))]
public sealed class GetIoTPausedJobCommand : ListingCmdlet
{
    /// <summary>Ids; what is not paused is left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public string[]? JobId { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var id in JobId ?? [null!])
        {
            List(
                id ?? "paused jobs",
                nameof(ListPausedJobsResponse.Jobs),
                token => new ListPausedJobs { JobId = id, MaxResults = MaxResult, NextToken = token },
                response => response.NextToken);
        }
    }
}
