using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Schedules;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>Creates a job and starts its rollout (http-api 10, CreateJob). Not idempotent: a job id is taken once.</summary>
public sealed record CreateJob(string JobId, IReadOnlyList<string> Targets) : Operation<CreateJobResponse>
{
    internal const int MaxActiveJobs = 100_000;

    public string? DocumentSource { get; init; }

    /// <summary>JSON text of at most 32768 UTF-16 units (jobs-reference 10.1).</summary>
    public string? Document { get; init; }

    public string? Description { get; init; }

    public PresignedUrlConfig? PresignedUrlConfig { get; init; }

    public TargetSelection? TargetSelection { get; init; }

    public JobExecutionsRolloutConfig? JobExecutionsRolloutConfig { get; init; }

    public AbortConfig? AbortConfig { get; init; }

    public TimeoutConfig? TimeoutConfig { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    public string? NamespaceId { get; init; }

    public string? JobTemplateArn { get; init; }

    public JobExecutionsRetryConfig? JobExecutionsRetryConfig { get; init; }

    public IReadOnlyDictionary<string, string>? DocumentParameters { get; init; }

    public SchedulingConfig? SchedulingConfig { get; init; }

    public IReadOnlyList<string>? DestinationPackageVersions { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.Targets(Targets);
        check.Length("documentSource", DocumentSource, 1, 1350);
        check.Length("document", Document, 0, JobDocument.MaxLength);
        check.Description(Description);
        check.PresignedUrlConfig(PresignedUrlConfig);
        check.Defined("targetSelection", TargetSelection);
        check.RolloutConfig(JobExecutionsRolloutConfig);
        check.AbortConfig(AbortConfig);
        check.TimeoutConfig(TimeoutConfig);
        check.Tags(Tags);
        check.NamespaceId(NamespaceId);
        check.Text("jobTemplateArn", JobTemplateArn, 1, 1600, TextPattern.Arn);
        check.RetryConfig(JobExecutionsRetryConfig);
        check.SchedulingConfig(SchedulingConfig);
        check.DocumentParameters(DocumentParameters);
        check.PackageVersions(DestinationPackageVersions);
        CheckOrigin();
        DocumentOrigin.CheckSource(DocumentSource);
        TemplateOrigin.CheckParameters(this);
    }

    /// <summary>Fetches the document from its source: once, now, and never again (jobs-reference 10.2).</summary>
    internal override async ValueTask<Operation> PrepareAsync(JobsServices services, CancellationToken cancellationToken) => DocumentSource is null
        ? this
        : this with { Document = await DocumentOrigin.FetchAsync(services, DocumentSource, cancellationToken).ConfigureAwait(false) };

    /// <summary>True once the template of <see cref="JobTemplateArn"/> has given what the request left out.</summary>
    internal bool IsFilled { get; init; }

    /// <summary>The job that is tried once more; null for every other.</summary>
    internal string? RestartOf { get; init; }

    /// <summary>What it has to be approved by; null for a job that begins by itself.</summary>
    internal JobApproval? Approval { get; init; }

    internal JobControls? Controls { get; init; }

    internal override ActivityNote Note(JobsTransaction tx) => new(
        ActivitySubject.JOB, JobId, ActivityNote.Counted(Targets.Count, "target", "targets"), TargetSelection?.ToString(),
        ActivityNote.Named("template", JobTemplateArn), SchedulingConfig is null ? null : "scheduled");

    internal override CreateJobResponse Run(JobsTransaction tx)
    {
        if (JobTemplateArn is not null && !IsFilled)
        {
            return TemplateOrigin.With(tx, this, filled => filled.Run(tx));
        }
        var targets = CheckAll(tx);
        var sequence = tx.NextSequence();
        var job = new Job
        {
            Sequence = sequence,
            JobId = JobId,
            Targets = [.. targets.Select(target => target with { AssociatedSequence = sequence })],
            Status = JobLifecycle.FirstStatus(SchedulingConfig, tx.Now),
            CreatedAt = tx.Now,
            LastUpdatedAt = tx.Now,
            Description = Description,
            DocumentSource = DocumentSource,
            PresignedUrlConfig = PresignedUrlConfig,
            TargetSelection = TargetSelection ?? Jobs.TargetSelection.SNAPSHOT,
            JobExecutionsRolloutConfig = JobExecutionsRolloutConfig?.Normalized(),
            AbortConfig = AbortConfig?.Copy(),
            TimeoutConfig = TimeoutConfig,
            JobExecutionsRetryConfig = JobExecutionsRetryConfig?.Copy(),
            SchedulingConfig = SchedulingConfig?.Copy(),
            NamespaceId = NamespaceId,
            DestinationPackageVersions = DestinationPackageVersions is null ? null : [.. DestinationPackageVersions],
            JobTemplateArn = JobTemplateArn,
            DocumentParameters = DocumentParameters is { Count: > 0 } ? DocumentParameters.Copy() : null,
            Tags = [.. Tags ?? []],
            RestartOf = RestartOf,
            Controls = Controls,
        };
        (job, var progress) = ScheduleChange.Begin(tx, job);
        tx.Create(job, Pausing.Keep(progress with { Approval = Approval, WaitsFor = Dependencies.Of(tx, Controls) }), Document!);
        return new(tx.Settings.JobArn(JobId), JobId) { Description = Description };
    }

    /// <summary>All that has to be in order beside the members by themselves; of a template's job when it is filled.</summary>
    /// <returns>The targets, each once.</returns>
    internal List<JobTarget> CheckAll(JobsTransaction tx)
    {
        if (SchedulingConfig is not null)
        {
            ScheduleRules.Check(SchedulingConfig, TargetSelection ?? Jobs.TargetSelection.SNAPSHOT, tx.Now);
        }
        DocumentDelivery.Check(tx, Document!, PresignedUrlConfig);
        RequireFreeId(tx);
        var targets = Targets.Distinct(StringComparer.Ordinal).Select(arn => JobTargets.Resolve(tx, arn)).ToList();
        CheckQuotas(tx, targets.Count);
        return targets;
    }

    /// <summary>Exactly one origin of the document (OPEN-22).</summary>
    private void CheckOrigin()
    {
        if (!IsFilled)
        {
            DocumentOrigin.RequireOne(("document", Document), ("documentSource", DocumentSource), ("jobTemplateArn", JobTemplateArn));
        }
    }

    internal void RequireFreeId(JobsTransaction tx)
    {
        if (tx.FindJob(JobId) is not null)
        {
            throw JobsException.AlreadyExists(
                $"The job id {JobId} is in use; choose another, or delete that job and wait until it is gone.", JobId, tx.Settings.JobArn(JobId));
        }
    }

    internal static void CheckQuotas(JobsTransaction tx, int targets)
    {
        if (!tx.HasLimits)
        {
            return;
        }
        JobTargets.CheckCount(tx, targets);
        if (tx.Memory.CountJobs(JobStatus.IN_PROGRESS) + tx.Memory.CountJobs(JobStatus.SCHEDULED) >= MaxActiveJobs)
        {
            throw JobsException.LimitExceeded($"There are {MaxActiveJobs} active jobs already; cancel or delete some first.");
        }
        if (ConcurrentJobs.AreTooMany(tx))
        {
            throw JobsException.LimitExceeded(
                $"{ConcurrentJobs.Limit} jobs are being rolled out or canceled already; wait until some have finished.");
        }
    }
}

/// <param name="JobArn">ARN of the new job.</param>
public sealed record CreateJobResponse(string JobArn, string JobId)
{
    public string? Description { get; init; }
}
