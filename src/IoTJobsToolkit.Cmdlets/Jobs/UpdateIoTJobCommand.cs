using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Changes the description and configurations of an active job; each configuration given replaces the stored one as a whole.</summary>
[Cmdlet(VerbsData.Update, "IoTJob", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class UpdateIoTJobCommand : JobConfigurationCmdlet
{
    /// <summary>Ids, or wildcards over those of active jobs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    protected override string Identity => nameof(JobId);

    protected override void ProcessRecord()
    {
        var update = Update();
        foreach (var (id, _) in JobIds(JobId, JobStatus.IN_PROGRESS, JobStatus.SCHEDULED))
        {
            if (Wants(id, "Update job"))
            {
                Send(update with { JobId = id }, id, null);
            }
        }
    }

    private UpdateJob Update() => new("")
    {
        Description = Description,
        PresignedUrlConfig = PresignedUrlConfig,
        JobExecutionsRolloutConfig = RolloutConfig,
        AbortConfig = AbortConfig,
        TimeoutConfig = TimeoutConfig,
        NamespaceId = NamespaceId,
        JobExecutionsRetryConfig = RetryConfig,
    };
}
