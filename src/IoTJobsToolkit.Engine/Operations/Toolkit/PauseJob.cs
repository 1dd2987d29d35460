using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Holds a job that is IN_PROGRESS or SCHEDULED: no executions are made, and devices do not get to see those which are QUEUED, until
/// <see cref="ResumeJob"/>. What is IN_PROGRESS goes on. To AWS's clients the job is one whose devices have not come yet.
/// </summary>
public sealed record PauseJob(string JobId) : Operation<PauseJobResponse>
{
    /// <summary>Why, for people: up to 2028 characters; it stands in the job's history.</summary>
    public string? Comment { get; init; }

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.Comment(Comment);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.JOB, JobId, ActivityNote.Named("comment:", Comment));

    internal override PauseJobResponse Run(JobsTransaction tx)
    {
        var job = tx.Job(JobId);
        var progress = tx.Progress(job);
        if (!job.CanBeUpdated)
        {
            throw JobsException.InvalidRequest($"Job {JobId} is {job.Status}; only jobs IN_PROGRESS or SCHEDULED can be paused.");
        }
        if (progress.Pause is { } earlier)
        {
            throw JobsException.InvalidRequest($"Job {JobId} is paused already, by {earlier.By}.");
        }
        var pause = new JobPause(tx.Now, tx.Caller.Name, Comment);
        tx.Save(Pausing.Begin(progress, pause));
        tx.Save(job, job, "paused", Comment);
        return new(JobId, pause.At, pause.By) { Comment = Comment };
    }
}

/// <summary>A job that is paused.</summary>
public sealed record PauseJobResponse(string JobId, DateTimeOffset PausedAt, string PausedBy)
{
    public string? Comment { get; init; }
}
