using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Deletes ended jobs with their executions; with -Force any job.</summary>
[Cmdlet(VerbsCommon.Remove, "IoTJob", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RemoveIoTJobCommand : ForcingCmdlet
{
    /// <summary>Ids, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? NamespaceId { get; set; }

    private static JobStatus[] NotBeingDeleted { get; } = [JobStatus.IN_PROGRESS, JobStatus.SCHEDULED, JobStatus.COMPLETED, JobStatus.CANCELED];

    protected override string Identity => nameof(JobId);

    protected override void ProcessRecord()
    {
        foreach (var (id, _) in JobIds(JobId, NotBeingDeleted))
        {
            if (Wants(id, Forces ? "Delete job with all its executions, running ones included" : "Delete job with all its executions"))
            {
                Send(
                    new DeleteJob(id) { Force = Forces, NamespaceId = NamespaceId },
                    id,
                    null,
                    () => Settle(id, $"Deleting job {id}", counts => counts.Total));
            }
        }
    }
}
