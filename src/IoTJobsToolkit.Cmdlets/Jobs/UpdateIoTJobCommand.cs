using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Changes the description and configurations of an active job; each configuration given replaces the stored one as a whole.</summary>
[Cmdlet(VerbsData.Update, "IoTJob", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class UpdateIoTJobCommand : JobConfigurationCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public string[] JobId { get; set; } = null!;

    protected override string Identity => nameof(JobId);

    protected override void ProcessRecord()
    {
        foreach (var id in JobId)
        {
            if (Wants(id, "Update job"))
            {
                Send(Update(id), id, null);
            }
        }
    }

    private UpdateJob Update(string id) => new(id)
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
