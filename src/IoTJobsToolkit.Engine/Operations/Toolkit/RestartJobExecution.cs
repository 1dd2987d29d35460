using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Gives a thing another attempt of a job that is still IN_PROGRESS or SCHEDULED, where its latest FAILED, was REJECTED, TIMED_OUT or CANCELED. It comes at
/// once, or at the next maintenance window or the end of a pause; the rollout's rate does not count, and its retries begin anew. Of a job that has ended
/// <see cref="RestartJob"/> makes a new one.
/// </summary>
public sealed record RestartJobExecution(string JobId, string ThingName) : Operation<RestartJobExecutionResponse>, INamesThing
{
    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.ThingName(ThingName);
    }

    internal override ActivityNote Note(JobsTransaction tx) => ActivityNote.OfExecution(JobId, ThingName);

    internal override RestartJobExecutionResponse Run(JobsTransaction tx)
    {
        var job = tx.Job(JobId);
        var progress = tx.Progress(job);
        if (!job.CanBeUpdated || !Outcome.MayStillCreate(job, progress, tx.Now))
        {
            throw JobsException.InvalidRequest(job.CanBeUpdated
                ? $"The end time of job {JobId} has passed; no execution of it begins any more."
                : $"Job {JobId} is {job.Status}; restart the job to make a new one for the things that failed.");
        }
        var thing = tx.Thing(ThingName);
        var latest = tx.LatestExecution(job, thing);
        if (latest.Status is not (JobExecutionStatus.CANCELED or { IsFailure: true }))
        {
            throw JobsException.InvalidStateTransition(
                $"The execution of job {JobId} on thing {ThingName} is {latest.Status}; only one that FAILED, was REJECTED, TIMED_OUT or CANCELED is restarted.");
        }
        if (tx.FindPostponed(job, ThingName) is not null)
        {
            throw JobsException.InvalidRequest($"Another attempt of job {JobId} on thing {ThingName} waits already for the job to go on.");
        }
        if (job.TargetSelection == TargetSelection.CONTINUOUS && !Coverage.Covers(tx, job, thing))
        {
            throw JobsException.InvalidRequest($"Thing {ThingName} is no longer a target of job {JobId}.");
        }
        return Sweeping.IsOpen(job, progress, tx.Now) ? Queue(tx, job, latest) : Postpone(tx, job, latest);
    }

    private RestartJobExecutionResponse Queue(JobsTransaction tx, Job job, JobExecution latest)
    {
        var execution = ExecutionLifecycle.Queue(
            job, latest.ThingSequence, latest.ThingName, tx.HighestNumber(job, tx.Thing(ThingName)) + 1, tx.NextSequence(), ChangeOrigin.Operator,
            Outcome.Latest(tx.Now, latest.QueuedAt), tx.Caller.Name);
        tx.Save(null, execution);
        return new(JobId, ThingName) { ExecutionNumber = execution.Number };
    }

    private RestartJobExecutionResponse Postpone(JobsTransaction tx, Job job, JobExecution latest)
    {
        tx.Postpone(new(job.Sequence, latest.ThingName, latest.ThingSequence, ChangeOrigin.Operator) { By = tx.Caller.Name });
        return new(JobId, ThingName);
    }
}

public sealed record RestartJobExecutionResponse(string JobId, string ThingName)
{
    /// <summary>Of the new execution; null while it waits for the job's next maintenance window or the end of its pause.</summary>
    public long? ExecutionNumber { get; init; }
}
