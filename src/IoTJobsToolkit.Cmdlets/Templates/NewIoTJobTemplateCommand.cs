using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// Creates a job template from a document, or from a job whose document and configurations it takes over, except for those given here.
/// </summary>
[Cmdlet(VerbsCommon.New, "IoTJobTemplate", SupportsShouldProcess = true)]
[OutputType(typeof(CreateJobTemplateResponse))]
public sealed class NewIoTJobTemplateCommand : ConfigurationCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string JobTemplateId { get; set; } = null!;

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string Description { get; set; } = null!;

    /// <summary>ARN of a job.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobArnCompleter))]
    public string? JobArn { get; set; }

    /// <summary>A job of Get-IoTJob: the same as its -JobArn.</summary>
    [Parameter(ValueFromPipeline = true)]
    public DescribeJobResponse? Job { get; set; }

    /// <summary>The job document: JSON text, or a hashtable, object or record that becomes it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DocumentArgument]
    public string? Document { get; set; }

    /// <summary>A file with the job document.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DocumentPath { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? DocumentSource { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Tags")]
    [TagArgument]
    public Tag[]? Tag { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("MaintenanceWindows")]
    [MaintenanceWindowArgument]
    public MaintenanceWindow[]? MaintenanceWindow { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DestinationPackageVersions")]
    public string[]? DestinationPackageVersion { get; set; }

    protected override string Identity => nameof(JobTemplateId);

    protected override void ProcessRecord()
    {
        var template = Create();
        if (Wants(JobTemplateId, "Create job template"))
        {
            Send(template, JobTemplateId);
        }
    }

    private CreateJobTemplate Create() => new(JobTemplateId, Description)
    {
        JobArn = JobArn ?? Job?.JobArn,
        Document = DocumentOf(Document, DocumentPath),
        // The source that a job brings along down the pipeline is the job's.
        DocumentSource = ReferenceEquals(DocumentSource, Job?.DocumentSource) ? null : DocumentSource,
        PresignedUrlConfig = PresignedUrlConfig,
        JobExecutionsRolloutConfig = RolloutConfig,
        AbortConfig = AbortConfig,
        TimeoutConfig = TimeoutConfig,
        Tags = Tag,
        JobExecutionsRetryConfig = RetryConfig,
        MaintenanceWindows = MaintenanceWindow,
        DestinationPackageVersions = DestinationPackageVersion,
    };
}
