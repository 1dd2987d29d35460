using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lets paused jobs go on.</summary>
[Cmdlet(VerbsLifecycle.Resume, "IoTJob", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class ResumeIoTJobCommand : ChangingCmdlet
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
            if (Wants(id, "Resume job"))
            {
                Send(new ResumeJob(id) { Comment = Comment }, id, null);
            }
        }
    }
}
