using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Templates;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>
/// Creates a job template from a document, or from a job whose document and configurations it takes over, except for those that the
/// request gives (http-api 10, CreateJobTemplate).
/// </summary>
public sealed record CreateJobTemplate(string JobTemplateId, string Description) : Operation<CreateJobTemplateResponse>
{
    internal const int MaxTemplates = 100;

    public string? JobArn { get; init; }

    public string? DocumentSource { get; init; }

    /// <summary>JSON text of at most 32768 UTF-16 units (jobs-reference 10.1).</summary>
    public string? Document { get; init; }

    public PresignedUrlConfig? PresignedUrlConfig { get; init; }

    public JobExecutionsRolloutConfig? JobExecutionsRolloutConfig { get; init; }

    public AbortConfig? AbortConfig { get; init; }

    public TimeoutConfig? TimeoutConfig { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    public JobExecutionsRetryConfig? JobExecutionsRetryConfig { get; init; }

    public IReadOnlyList<MaintenanceWindow>? MaintenanceWindows { get; init; }

    public IReadOnlyList<string>? DestinationPackageVersions { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.JobTemplateId(JobTemplateId);
        check.Length("documentSource", DocumentSource, 1, 1350);
        check.Length("document", Document, 0, JobDocument.MaxLength);
        check.Required("description", Description);
        check.Description(Description);
        check.PresignedUrlConfig(PresignedUrlConfig);
        check.RolloutConfig(JobExecutionsRolloutConfig);
        check.AbortConfig(AbortConfig);
        check.TimeoutConfig(TimeoutConfig);
        check.Tags(Tags);
        check.RetryConfig(JobExecutionsRetryConfig);
        check.MaintenanceWindows("maintenanceWindows", MaintenanceWindows);
        check.PackageVersions(DestinationPackageVersions);
        DocumentOrigin.RequireOne(("jobArn", JobArn), ("document", Document), ("documentSource", DocumentSource));
        DocumentOrigin.CheckSource(DocumentSource);
    }

    /// <summary>Fetches the document from its source: once, now, and never again.</summary>
    internal override async ValueTask<Operation> PrepareAsync(JobsServices services, CancellationToken cancellationToken) => DocumentSource is null
        ? this
        : this with { Document = await DocumentOrigin.FetchAsync(services, DocumentSource, cancellationToken).ConfigureAwait(false) };

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.JOB_TEMPLATE, JobTemplateId, ActivityNote.Named("from", JobArn));

    internal override CreateJobTemplateResponse Run(JobsTransaction tx)
    {
        if (Document is not null)
        {
            DocumentDelivery.Check(tx, Document, PresignedUrlConfig);
        }
        if (tx.FindTemplate(JobTemplateId) is not null)
        {
            throw JobsException.Conflict($"The job template id {JobTemplateId} is in use; choose another, or delete that template first.", JobTemplateId);
        }
        var template = JobArn is null ? Template(tx, null, Document!) : FromJob(tx, JobArn);
        if (tx.HasLimits && tx.Memory.Templates.ById.Count >= MaxTemplates)
        {
            throw JobsException.LimitExceeded($"There are {MaxTemplates} job templates already; delete one that is no longer needed.");
        }
        tx.Save(null, template);
        return new(tx.Settings.JobTemplateArn(JobTemplateId), JobTemplateId);
    }

    /// <summary>A job of another account or region counts as not existing.</summary>
    private JobTemplate FromJob(JobsTransaction tx, string jobArn)
    {
        var job = tx.Settings.NameOf("job", jobArn) is { } jobId ? tx.FindJob(jobId) : null;
        if (job is null)
        {
            throw JobsException.NotFound($"There is no job {jobArn} in account {tx.Settings.AccountId}, region {tx.Settings.Region}.");
        }
        var template = Template(tx, job, tx.Document(job));
        DocumentDelivery.Check(tx, template.Document, template.PresignedUrlConfig);
        return template;
    }

    private JobTemplate Template(JobsTransaction tx, Job? job, string document) => new()
    {
        Sequence = tx.NextSequence(),
        TemplateId = JobTemplateId,
        CreatedAt = tx.Now,
        Description = Description,
        Document = document,
        DocumentSource = DocumentSource ?? job?.DocumentSource,
        PresignedUrlConfig = PresignedUrlConfig ?? job?.PresignedUrlConfig,
        JobExecutionsRolloutConfig = JobExecutionsRolloutConfig?.Normalized() ?? job?.JobExecutionsRolloutConfig,
        AbortConfig = AbortConfig?.Copy() ?? job?.AbortConfig,
        TimeoutConfig = TimeoutConfig ?? job?.TimeoutConfig,
        JobExecutionsRetryConfig = JobExecutionsRetryConfig?.Copy() ?? job?.JobExecutionsRetryConfig,
        MaintenanceWindows = MaintenanceWindows is null ? job?.SchedulingConfig?.MaintenanceWindows : [.. MaintenanceWindows],
        DestinationPackageVersions = DestinationPackageVersions is null ? job?.DestinationPackageVersions : [.. DestinationPackageVersions],
        Tags = [.. Tags ?? []],
    };
}

/// <param name="JobTemplateArn">ARN of the new template: what CreateJob takes.</param>
public sealed record CreateJobTemplateResponse(string JobTemplateArn, string JobTemplateId);
