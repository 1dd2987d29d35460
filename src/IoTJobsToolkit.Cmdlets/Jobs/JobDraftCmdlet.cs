using System.Collections;
using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>What a new job is to be: one for all the things and groups that come down the pipeline.</summary>
public abstract class JobDraftCmdlet : JobConfigurationCmdlet, ITargetParameters
{
    private readonly GatheredTargets<CreateJob> _jobs = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string JobId { get; set; } = null!;

    /// <summary>ARNs of things and thing groups.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Targets")]
    [ArgumentCompleter(typeof(TargetArnCompleter))]
    public string[]? Target { get; set; }

    /// <summary>Names of things, or wildcards over them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ThingName")]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
    public string[]? Thing { get; set; }

    /// <summary>Names of thing groups, or wildcards over them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ThingGroupName", "GroupName")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    [SupportsWildcards]
    public string[]? Group { get; set; }

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
    public TargetSelection? TargetSelection { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Tags")]
    [TagArgument]
    public Tag[]? Tag { get; set; }

    /// <summary>ARN of a custom or managed template, which gives the document and the configurations that are not given here.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobTemplateArnCompleter))]
    public string? JobTemplateArn { get; set; }

    /// <summary>A template of Get-IoTJobTemplate: the same as its -JobTemplateArn.</summary>
    [Parameter(ValueFromPipeline = true)]
    public DescribeJobTemplateResponse? JobTemplate { get; set; }

    /// <summary>A template of Get-IoTManagedJobTemplate: the same as its ARN as -JobTemplateArn.</summary>
    [Parameter(ValueFromPipeline = true)]
    public DescribeManagedJobTemplateResponse? ManagedJobTemplate { get; set; }

    /// <summary>Values of a managed template's parameters, as Get-IoTManagedJobTemplate lists them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DocumentParameters")]
    [ArgumentCompleter(typeof(DocumentParameterCompleter))]
    public Hashtable? DocumentParameter { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? SchedulingConfig_StartTime { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? SchedulingConfig_EndTime { get; set; }

    /// <summary>What becomes of open executions at the end.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("EndBehavior")]
    public JobEndBehavior? SchedulingConfig_EndBehavior { get; set; }

    /// <summary>For CONTINUOUS jobs: records, hashtables, objects, or short texts as 'cron(0 22 * * ? *) 120', in UTC and minutes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SchedulingConfig_MaintenanceWindows", "MaintenanceWindow")]
    [MaintenanceWindowArgument]
    [ArgumentCompleter(typeof(MaintenanceWindowCompleter))]
    public MaintenanceWindow[]? SchedulingConfig_MaintenanceWindow { get; set; }

    /// <summary>The start as an instant, where a time without a zone is local; or as a time span from now.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FromNowArgument]
    public DateTimeOffset? StartAt { get; set; }

    /// <summary>The end as an instant, where a time without a zone is local; or as a time span from now.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FromNowArgument]
    public DateTimeOffset? EndAt { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DestinationPackageVersions")]
    public string[]? DestinationPackageVersion { get; set; }

    protected override string Identity => nameof(JobId);

    private SchedulingConfig? SchedulingConfig => this is
        {
            SchedulingConfig_StartTime: null, SchedulingConfig_EndTime: null, StartAt: null, EndAt: null,
            SchedulingConfig_EndBehavior: null, SchedulingConfig_MaintenanceWindow: null,
        }
        ? null
        : new()
        {
            StartTime = ScheduleArguments.Time(
                this, (nameof(StartAt), StartAt), (nameof(SchedulingConfig_StartTime), SchedulingConfig_StartTime)),
            EndTime = ScheduleArguments.Time(this, (nameof(EndAt), EndAt), (nameof(SchedulingConfig_EndTime), SchedulingConfig_EndTime)),
            EndBehavior = SchedulingConfig_EndBehavior,
            MaintenanceWindows = SchedulingConfig_MaintenanceWindow,
        };

    protected override void ProcessRecord()
    {
        var refusals = Refusals;
        var targets = TargetArguments.Of(this, ArnPrefix, ThingNames, GroupNames);
        // Where a list broke off, the targets are not all that were asked for: a job for some of them would go out unseen.
        if (refusals == Refusals && (targets.Count > 0 || !TargetArguments.HaveWildcards(this)))
        {
            _jobs.Add(JobId, targets, Draft);
        }
    }

    protected override void EndProcessing()
    {
        if (_jobs.Count == 0 && Refusals == 0)
        {
            var hint = MyInvocation.ExpectingInput ? " Names that are plain text do not come by the pipeline: give them as -Thing or -Group." : "";
            WriteWarning($"Nothing came down the pipeline, or no name matches: no job was {Done}.{hint}");
        }
        foreach (var (id, job, targets) in _jobs)
        {
            JobId = id;
            Do(job with { Targets = targets });
        }
        base.EndProcessing();
    }

    /// <summary>What is done to jobs, as in "no job was created".</summary>
    private protected abstract string Done { get; }

    private protected abstract void Do(CreateJob job);

    private CreateJob Draft() => new(JobId, [])
    {
        Document = DocumentOf(Own(Document, JobTemplate?.Document ?? ManagedJobTemplate?.Document), DocumentPath),
        DocumentSource = Own(DocumentSource, JobTemplate?.DocumentSource),
        Description = Description,
        PresignedUrlConfig = PresignedUrlConfig,
        TargetSelection = TargetSelection,
        JobExecutionsRolloutConfig = RolloutConfig,
        AbortConfig = AbortConfig,
        TimeoutConfig = TimeoutConfig,
        Tags = Tag,
        NamespaceId = NamespaceId,
        JobTemplateArn = JobTemplateArn ?? JobTemplate?.JobTemplateArn ?? ManagedJobTemplate?.TemplateArn,
        JobExecutionsRetryConfig = RetryConfig,
        DocumentParameters = TextMap.Of(DocumentParameter),
        SchedulingConfig = SchedulingConfig,
        DestinationPackageVersions = DestinationPackageVersion,
    };

    /// <summary>What a template brings along when it comes down the pipeline is the template's, and not given for the job.</summary>
    private static string? Own(string? value, string? templates) => ReferenceEquals(value, templates) ? null : value;
}
