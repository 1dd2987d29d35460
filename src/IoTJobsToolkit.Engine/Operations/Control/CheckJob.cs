using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Schedules;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>What a job is put together from, as a form shows it.</summary>
public enum JobPart
{
    Identity,
    Targets,
    Document,
    Rollout,
    Abort,
    Timeout,
    Retries,
    Schedule,
}

/// <summary>What CreateJob would say of a request now.</summary>
/// <param name="Refusals">By part; empty where the job would be created.</param>
public sealed record JobCheck(IReadOnlyDictionary<JobPart, JobsException> Refusals)
{
    /// <summary>The document as the job would keep it, a managed template's parameters filled in; null where it is fetched or refused.</summary>
    public string? Document { get; init; }

    /// <summary>The document as the asked thing would get it; null where none was asked for or it cannot be made.</summary>
    public string? Delivered { get; init; }

    /// <summary>When the job would run; null for always, and where the schedule cannot be read.</summary>
    public JobSchedule? Schedule { get; init; }

    /// <summary>Why a device could not get the document.</summary>
    public string? DeliveryProblem { get; init; }
}

/// <summary>Asks the rules of <see cref="CreateJob"/> about each part of a request by itself, and creates nothing; asked by the portal, not by callers.</summary>
/// <param name="ThingName">A thing for which the document is to be delivered; null for none.</param>
internal sealed record CheckJob(CreateJob Request, string? ThingName) : Operation<JobCheck>
{
    /// <summary>A request that is in order, for the parts which are not looked at.</summary>
    private static readonly CreateJob Blank = new("job", ["arn:"]) { Document = "{}" };

    internal override OperationAccess Access => OperationAccess.Reads;

    internal override JobCheck Run(JobsTransaction tx)
    {
        var check = new Check(tx.Settings);
        var refusals = new Dictionary<JobPart, JobsException>();
        var (job, schedule) = (Request, (JobSchedule?)null);
        Try(JobPart.Document, () => job = Fill(tx, check));

        Part(JobPart.Identity, Blank with
        {
            JobId = job.JobId,
            Description = job.Description,
            Tags = job.Tags,
            NamespaceId = job.NamespaceId,
            DestinationPackageVersions = job.DestinationPackageVersions,
        }, part => part.RequireFreeId(tx));
        Part(JobPart.Targets, Blank with { Targets = job.Targets, TargetSelection = job.TargetSelection }, part =>
            CreateJob.CheckQuotas(tx, part.Targets.Distinct(StringComparer.Ordinal).Select(arn => JobTargets.Resolve(tx, arn)).ToList().Count));
        Part(JobPart.Rollout, Blank with { JobExecutionsRolloutConfig = job.JobExecutionsRolloutConfig });
        Part(JobPart.Abort, Blank with { AbortConfig = job.AbortConfig });
        Part(JobPart.Timeout, Blank with { TimeoutConfig = job.TimeoutConfig });
        Part(JobPart.Retries, Blank with { JobExecutionsRetryConfig = job.JobExecutionsRetryConfig });
        Part(JobPart.Schedule, Blank with { SchedulingConfig = job.SchedulingConfig }, part =>
        {
            if (part.SchedulingConfig is { } config)
            {
                schedule = JobSchedule.Of(config);
                ScheduleRules.Check(config, job.TargetSelection ?? Jobs.TargetSelection.SNAPSHOT, tx.Now);
            }
        });
        var result = new JobCheck(refusals) { Document = refusals.ContainsKey(JobPart.Document) ? null : job.Document, Schedule = schedule };
        return ThingName is null || job.Document is null ? result : Deliver(tx, job, result);

        void Part(JobPart name, CreateJob part, Action<CreateJob>? further = null) => Try(name, () =>
        {
            part.Validate(check);
            further?.Invoke(part);
        });

        void Try(JobPart name, Action rules)
        {
            try
            {
                rules();
            }
            catch (JobsException refusal)
            {
                refusals[name] = refusal;
            }
        }
    }

    /// <summary>The request with what its template gives; its document is in order, one that is to be fetched is not looked at.</summary>
    private CreateJob Fill(JobsTransaction tx, Check check)
    {
        (Blank with
        {
            Document = Request.Document,
            DocumentSource = Request.DocumentSource,
            JobTemplateArn = Request.JobTemplateArn,
            DocumentParameters = Request.DocumentParameters,
            PresignedUrlConfig = Request.PresignedUrlConfig,
        }).Validate(check);
        var filled = Request.JobTemplateArn is null ? Request : TemplateOrigin.Fill(tx, Request);
        if (filled.Document is { } document)
        {
            DocumentDelivery.Check(tx, document, filled.PresignedUrlConfig);
        }
        return filled;
    }

    private JobCheck Deliver(JobsTransaction tx, CreateJob job, JobCheck result)
    {
        try
        {
            var delivered = DocumentDelivery.Deliver(
                tx, job.Document!, job.PresignedUrlConfig, new(ThingName!, job.JobId, 1, tx.Now), new PresignerWithoutSecrets(tx.Services.ObjectStore));
            return result with { Delivered = delivered };
        }
        catch (JobsException problem)
        {
            return result with { DeliveryProblem = problem.Message };
        }
    }
}
