using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Lets a job go on that was paused: its rollout begins a new one-minute window now, but no earlier than the next one was due, or at its next
/// maintenance window; retries and joins that waited are made, and devices are told of what is QUEUED. Windows that passed are not made up for.
/// </summary>
public sealed record ResumeJob(string JobId) : Operation<Nothing>
{
    /// <summary>Why, for people: up to 2028 characters; it stands in the job's history.</summary>
    public string? Comment { get; init; }

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.Comment(Comment);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.JOB, JobId, ActivityNote.Named("comment:", Comment));

    internal override Nothing Run(JobsTransaction tx)
    {
        var job = tx.Job(JobId);
        var progress = tx.Progress(job);
        if (!job.CanBeUpdated)
        {
            throw JobsException.InvalidRequest($"Job {JobId} is {job.Status}; it has nothing left to go on with.");
        }
        if (progress.Pause is null)
        {
            throw JobsException.InvalidRequest($"Job {JobId} is not paused.");
        }
        tx.Save(Pausing.End(progress, tx.Now));
        tx.Save(job, job, "resumed", Comment);
        return Nothing.Value;
    }
}
