using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>
/// Stops a job: its rollout at once, its QUEUED executions as soon as possible, the running ones only with <see cref="Force"/>
/// (jobs-reference 14).
/// </summary>
public sealed record CancelJob(string JobId) : Operation<CancelJobResponse>
{
    public string? ReasonCode { get; init; }

    public string? Comment { get; init; }

    public bool? Force { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.Text("reasonCode", ReasonCode, 0, 128, TextPattern.ReasonCode);
        check.Comment(Comment);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(
        ActivitySubject.JOB, JobId, ActivityNote.Force(Force), ActivityNote.Named("reason", ReasonCode), ActivityNote.Named("comment:", Comment));

    internal override CancelJobResponse Run(JobsTransaction tx)
    {
        var job = tx.Job(JobId);
        var canceled = job.Cancel(Force == true, ReasonCode, Comment, tx.Now) ?? throw JobsException.InvalidRequest(
            job.Status == JobStatus.CANCELED
                ? $"Job {JobId} is CANCELED already{(job.ForceCanceled == true ? "" : "; with force its running executions can be canceled too")}."
                : $"Job {JobId} is {job.Status} and cannot be canceled.");

        if (Cancellation.MakesConcurrent(tx, job, canceled) && ConcurrentJobs.AreTooMany(tx))
        {
            throw JobsException.LimitExceeded(
                $"{ConcurrentJobs.Limit} jobs are being rolled out or canceled already; wait until some have finished.");
        }
        Cancellation.Begin(tx, job, canceled, ChangeOrigin.Operator, tx.Caller.Name);
        return new(tx.Settings.JobArn(JobId), JobId) { Description = job.Description };
    }
}

public sealed record CancelJobResponse(string JobArn, string JobId)
{
    public string? Description { get; init; }
}
