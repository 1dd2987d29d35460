using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>
/// Deletes a job with all its executions: an ended one, or any with <see cref="Force"/>; ten at a time (jobs-reference 15.1).
/// </summary>
public sealed record DeleteJob(string JobId) : Operation<Nothing>
{
    internal const int MaxDeletions = 10;

    public bool? Force { get; init; }

    public string? NamespaceId { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.NamespaceId(NamespaceId);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.JOB, JobId, ActivityNote.Force(Force));

    internal override Nothing Run(JobsTransaction tx)
    {
        var job = tx.Job(JobId).InNamespace(NamespaceId);
        var deleted = job.Delete(Force == true, tx.Now) ?? throw JobsException.InvalidStateTransition(
            job.Status == JobStatus.DELETION_IN_PROGRESS
                ? $"Job {JobId} is being deleted already."
                : $"Job {JobId} is {job.Status}; cancel it first, or use force to delete it with its executions.");
        if (tx.HasLimits && tx.Memory.CountJobs(JobStatus.DELETION_IN_PROGRESS) >= MaxDeletions)
        {
            throw JobsException.LimitExceeded(
                $"{MaxDeletions} jobs are being deleted already; try again when one of them is gone.");
        }

        if (Outcome.AwaitsSweep(job, tx.Progress(job)))
        {
            tx.Raise(JobEventStatus.COMPLETED, job);
        }
        tx.Save(tx.Progress(job).AtRest() with { Sweep = new(SweepKind.Delete, tx.Now, tx.Caller.Name) });
        tx.Save(job, deleted, "deletion began", Force == true ? "force" : null);
        tx.Raise(JobEventStatus.DELETION_IN_PROGRESS, deleted);
        return Nothing.Value;
    }
}
