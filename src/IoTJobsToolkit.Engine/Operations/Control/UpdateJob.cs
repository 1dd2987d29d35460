using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>
/// Changes a job's description and configurations: each member given replaces the stored one as a whole. Rates count from the next
/// window, timeouts for executions which start later (http-api UpdateJob).
/// </summary>
public sealed record UpdateJob(string JobId) : Operation<Nothing>
{
    public string? Description { get; init; }

    public PresignedUrlConfig? PresignedUrlConfig { get; init; }

    public JobExecutionsRolloutConfig? JobExecutionsRolloutConfig { get; init; }

    public AbortConfig? AbortConfig { get; init; }

    public TimeoutConfig? TimeoutConfig { get; init; }

    public string? NamespaceId { get; init; }

    /// <summary>May only set every count to 0.</summary>
    public JobExecutionsRetryConfig? JobExecutionsRetryConfig { get; init; }

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.Description(Description);
        check.PresignedUrlConfig(PresignedUrlConfig);
        check.RolloutConfig(JobExecutionsRolloutConfig);
        check.AbortConfig(AbortConfig);
        check.TimeoutConfig(TimeoutConfig);
        check.NamespaceId(NamespaceId);
        check.RetryConfig(JobExecutionsRetryConfig);
        if (JobExecutionsRetryConfig?.CriteriaList?.FirstOrDefault(criterion => criterion.NumberOfRetries > 0) is { } raised)
        {
            throw Check.Failed(
                "jobExecutionsRetryConfig.criteriaList.numberOfRetries", raised.NumberOfRetries, "UpdateJob may only set retries to 0");
        }
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.JOB, JobId, ActivityNote.Listed("changed",
    [
        Description is null ? null : "description", PresignedUrlConfig is null ? null : "presigned URLs",
        JobExecutionsRolloutConfig is null ? null : "rollout", AbortConfig is null ? null : "abort",
        TimeoutConfig is null ? null : "timeout", JobExecutionsRetryConfig is null ? null : "retries",
    ]));

    internal override Nothing Run(JobsTransaction tx)
    {
        var job = tx.Job(JobId).InNamespace(NamespaceId);
        if (!job.CanBeUpdated)
        {
            throw JobsException.InvalidRequest($"Job {JobId} is {job.Status}; only jobs IN_PROGRESS or SCHEDULED can be updated.");
        }
        if (PresignedUrlConfig is { RoleArn: null } && JobDocument.NeedsRole(tx.Document(job)))
        {
            throw JobsException.InvalidRequest(
                $"presignedUrlConfig.roleArn is required: the document of job {JobId} holds placeholders for presigned URLs.");
        }
        if (PresignedUrlConfig is not null)
        {
            DocumentDelivery.Check(tx, tx.Document(job), PresignedUrlConfig);
        }
        tx.Save(job, job with
        {
            Description = Description ?? job.Description,
            PresignedUrlConfig = PresignedUrlConfig ?? job.PresignedUrlConfig,
            JobExecutionsRolloutConfig = JobExecutionsRolloutConfig?.Normalized() ?? job.JobExecutionsRolloutConfig,
            AbortConfig = AbortConfig?.Copy() ?? job.AbortConfig,
            TimeoutConfig = TimeoutConfig ?? job.TimeoutConfig,
            JobExecutionsRetryConfig = JobExecutionsRetryConfig?.Copy() ?? job.JobExecutionsRetryConfig,
            LastUpdatedAt = tx.Now,
        }, "updated");
        return Nothing.Value;
    }
}
