using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Cancels jobs: queued executions are canceled, with -Force the running ones too; their devices can no longer report.</summary>
[Cmdlet(VerbsLifecycle.Stop, "IoTJob", SupportsShouldProcess = true)]
[OutputType(typeof(CancelJobResponse))]
public sealed class StopIoTJobCommand : ForcingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public string[] JobId { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ReasonCode { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Comment { get; set; }

    protected override string Identity => nameof(JobId);

    protected override void ProcessRecord()
    {
        foreach (var id in JobId)
        {
            if (Wants(id, Forces ? "Cancel job, running executions included" : "Cancel job"))
            {
                Send(
                    new CancelJob(id) { ReasonCode = ReasonCode, Comment = Comment, Force = Forces },
                    id,
                    null,
                    () => Settle(id, $"Canceling job {id}", counts => counts.Queued + (Forces ? counts.InProgress : 0)));
            }
        }
    }
}
