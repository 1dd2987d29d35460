using System.Collections;
using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Cancels the execution of a job on a thing; a running one only with -Force.</summary>
[Cmdlet(VerbsLifecycle.Stop, "IoTJobExecution", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class StopIoTJobExecutionCommand : ForcingCmdlet
{
    /// <summary>An id, or a wildcard over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string JobId { get; set; } = null!;

    /// <summary>Names, or wildcards over those of things with an execution that has not ended.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
    public string[] ThingName { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? ExpectedVersion { get; set; }

    /// <summary>Replaces the stored details when given.</summary>
    [Parameter]
    [Alias("StatusDetails")]
    public Hashtable? StatusDetail { get; set; }

    protected override string Identity => nameof(JobId);

    protected override void ProcessRecord()
    {
        var given = JobId;
        foreach (var (job, thing, _) in Executions(given, ThingName, null, JobExecutionStatus.QUEUED, JobExecutionStatus.IN_PROGRESS))
        {
            JobId = job;
            if (Wants($"{job} on {thing}", Forces ? "Cancel job execution, even while it runs" : "Cancel job execution"))
            {
                SendAhead(Cancel(thing), thing);
            }
        }
        JobId = given; // What a command line gives stays for the next object of the pipeline.
    }

    private CancelJobExecution Cancel(string thing) => new(JobId, thing)
    {
        Force = Forces,
        ExpectedVersion = ExpectedVersion,
        StatusDetails = TextMap.Of(StatusDetail),
    };
}
