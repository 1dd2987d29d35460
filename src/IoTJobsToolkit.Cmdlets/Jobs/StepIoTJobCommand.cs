using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lets jobs pass what they stand at, whatever the figures say: the jobs they wait for, else the stage of their rollout.</summary>
[Cmdlet(VerbsCommon.Step, "IoTJob", SupportsShouldProcess = true)]
[OutputType(typeof(AdvanceJobResponse))]
public sealed class StepIoTJobCommand : ChangingCmdlet
{
    /// <summary>Ids, or wildcards over those of active jobs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    /// <summary>Why, for people.</summary>
    [Parameter]
    public string? Comment { get; set; }

    protected override string Identity => nameof(JobId);

    protected override void ProcessRecord()
    {
        foreach (var (id, _) in JobIds(JobId, JobStatus.IN_PROGRESS, JobStatus.SCHEDULED))
        {
            if (Wants(id, "Advance job past what it stands at"))
            {
                Send(new AdvanceJob(id) { Comment = Comment }, id);
            }
        }
    }
}
