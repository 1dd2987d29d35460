using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Lets a job go that was created to be approved; its author may not. Its rollout begins now, or with its start time or first maintenance window.
/// </summary>
public sealed record ApproveJob(string JobId) : Operation<Nothing>
{
    /// <summary>For people: up to 2028 characters; it stands in the job's history.</summary>
    public string? Comment { get; init; }

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.Comment(Comment);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.JOB, JobId, ActivityNote.Named("comment:", Comment));

    internal override Nothing Run(JobsTransaction tx)
    {
        var (job, approval) = Awaiting(tx, JobId);
        if (approval.By == tx.Caller.Name)
        {
            throw new JobsException(JobsError.AccessDenied, $"Job {JobId} is {approval.By}'s own: somebody else has to approve it.");
        }
        tx.Save(Approving.Approve(tx.Progress(job), tx.Now));
        tx.Save(job, job, "approved", Comment);
        return Nothing.Value;
    }

    /// <exception cref="JobsException"><see cref="JobsError.InvalidRequest"/>: it does not wait for approval.</exception>
    internal static (Job Job, JobApproval Approval) Awaiting(JobsTransaction tx, string jobId)
    {
        var job = tx.Job(jobId);
        return tx.Progress(job).Approval is { } approval && job.CanBeUpdated
            ? (job, approval)
            : throw JobsException.InvalidRequest(job is { Status: JobStatus.CANCELED, ReasonCode: Approving.Denied or Approving.Expired }
                ? $"Job {jobId} is CANCELED: {(job.ReasonCode == Approving.Denied ? "it was denied" : "nobody approved it in time")}."
                : $"Job {jobId} is {job.Status} and does not wait for approval.");
    }
}

/// <summary>Cancels a job that waits for approval. Its author may do that, too.</summary>
public sealed record DenyJob(string JobId) : Operation<Nothing>
{
    /// <summary>Why, for people: up to 2028 characters; it is the job's comment from then on.</summary>
    public string? Comment { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.Comment(Comment);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.JOB, JobId, ActivityNote.Named("comment:", Comment));

    internal override Nothing Run(JobsTransaction tx)
    {
        var (job, _) = ApproveJob.Awaiting(tx, JobId);
        Approving.Deny(tx, job, Comment);
        return Nothing.Value;
    }
}
