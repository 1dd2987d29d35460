using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Cancels jobs: queued executions are canceled, with -Force the running ones too; their devices can no longer report.</summary>
[Cmdlet(VerbsLifecycle.Stop, "IoTJob", SupportsShouldProcess = true)]
[OutputType(typeof(CancelJobResponse))]
public sealed class StopIoTJobCommand : ForcingCmdlet
{
    /// <summary>Ids, or wildcards over those of active jobs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ReasonCode { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Comment { get; set; }

    protected override string Identity => nameof(JobId);

    protected override void ProcessRecord()
    {
        foreach (var (id, _) in JobIds(JobId, JobStatus.IN_PROGRESS, JobStatus.SCHEDULED))
        {
            if (Wants(id, Forces ? "Cancel job, running executions included" : "Cancel job") && Cancel(id) && !Forces)
            {
                WarnOfRunning(id);
            }
        }
    }

    private bool Cancel(string id) => Send(
        new CancelJob(id) { ReasonCode = ReasonCode, Comment = Comment, Force = Forces },
        id,
        null,
        () => Settle(id, $"Canceling job {id}", counts => counts.Queued + (Forces ? counts.InProgress : 0)));

    private void WarnOfRunning(string id)
    {
        var job = Peek<DescribeJobResponse>(async (jobs, stop) => await jobs.ExecuteAsync(new DescribeJob(id), stop).ConfigureAwait(false));
        if (job?.Job.JobProcessDetails.NumberOfInProgressThings is > 0 and var running)
        {
            WriteWarning(running == 1
                ? $"1 execution of job {id} still runs and goes on until it ends; {ForceText} cancels it too."
                : $"{running} executions of job {id} still run and go on until they end; {ForceText} cancels them too.");
        }
    }
}
