using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Makes a new job of one that is COMPLETED or CANCELED, for the things or groups named: with its document as it was fetched then, and all its
/// configuration. The new job begins at once; it has no start and end time, and is a SNAPSHOT, unless there are maintenance windows to keep to. Each of the
/// two names the other.
/// </summary>
/// <param name="NewJobId">Id of the new job.</param>
/// <param name="Targets">ARNs, as CreateJob takes them.</param>
public sealed record RestartJob(string JobId, string NewJobId, IReadOnlyList<string> Targets) : Operation<RestartJobResponse>
{
    /// <summary>Why, for people: up to 2028 characters; it stands in the history of the job that had ended.</summary>
    public string? Comment { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.Required("newJobId", NewJobId);
        check.Text("newJobId", NewJobId, 1, 64, TextPattern.JobId);
        check.Targets(Targets);
        check.Comment(Comment);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(
        ActivitySubject.JOB, NewJobId, $"restart of {JobId}", ActivityNote.Counted(Targets.Count, "target", "targets"), ActivityNote.Named("comment:", Comment));

    internal override RestartJobResponse Run(JobsTransaction tx)
    {
        var job = tx.Job(JobId);
        if (!job.HasEnded)
        {
            throw JobsException.InvalidRequest(job.CanBeUpdated
                ? $"Job {JobId} is {job.Status}: restart its executions, there is no need of a new job."
                : $"Job {JobId} is {job.Status}.");
        }
        var request = Request(tx, job);
        request.Validate(new Check(tx.Settings));
        var created = request.Run(tx);
        tx.Save(job, job, "restarted", Comment is null ? $"as {NewJobId}" : $"as {NewJobId}: {Comment}");
        return new(JobId, NewJobId, created.JobArn);
    }

    private CreateJob Request(JobsTransaction tx, Job job)
    {
        var windows = job.SchedulingConfig?.MaintenanceWindows is { Count: > 0 } kept ? kept : null;
        return new(NewJobId, Targets)
        {
            IsFilled = true,
            RestartOf = JobId,
            Document = tx.Document(job),
            DocumentSource = job.DocumentSource,
            Description = job.Description,
            PresignedUrlConfig = job.PresignedUrlConfig,
            TargetSelection = windows is null ? TargetSelection.SNAPSHOT : job.TargetSelection,
            JobExecutionsRolloutConfig = job.JobExecutionsRolloutConfig,
            AbortConfig = job.AbortConfig,
            TimeoutConfig = job.TimeoutConfig,
            Tags = job.Tags,
            NamespaceId = job.NamespaceId,
            JobTemplateArn = job.JobTemplateArn,
            JobExecutionsRetryConfig = job.JobExecutionsRetryConfig,
            DocumentParameters = job.DocumentParameters,
            SchedulingConfig = windows is null ? null : new() { MaintenanceWindows = windows },
            DestinationPackageVersions = job.DestinationPackageVersions,
            Controls = job.Controls?.ForRestart() is { IsAny: true } controls ? controls : null,
        };
    }
}

/// <summary>A job that was made of one which had ended.</summary>
/// <param name="JobId">Of the job that had ended.</param>
public sealed record RestartJobResponse(string JobId, string NewJobId, string NewJobArn);
