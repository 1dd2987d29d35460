using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>
/// Deletes one execution: a queued or ended one, a running one only with <see cref="Force"/> (jobs-reference 15.2); the latest where
/// no number is given (C-5).
/// </summary>
public sealed record DeleteJobExecution(string JobId, string ThingName) : Operation<Nothing>, INamesThing
{
    public long? ExecutionNumber { get; init; }

    public bool? Force { get; init; }

    public string? NamespaceId { get; init; }

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.ThingName(ThingName);
        check.NamespaceId(NamespaceId);
    }

    internal override ActivityNote Note(JobsTransaction tx) => ActivityNote.OfExecution(
        JobId, ThingName, ExecutionNumber is { } number ? $"number {number}" : null, ActivityNote.Force(Force));

    internal override Nothing Run(JobsTransaction tx)
    {
        var job = tx.Job(JobId).InNamespace(NamespaceId).NotBeingDeleted();
        var thing = tx.Thing(ThingName);
        var execution = tx.LatestExecution(job, thing, ExecutionNumber);
        if (execution.Status == JobExecutionStatus.IN_PROGRESS && Force != true)
        {
            throw JobsException.InvalidStateTransition(
                $"The execution of job {JobId} on thing {ThingName} is IN_PROGRESS; use force to delete it.");
        }

        tx.DeleteNumber(job, thing, execution);
        tx.Record(new(
            job.Sequence, tx.NextSequence(), tx.Now, tx.Caller.Name, "execution deleted", job.Status, job.Status,
            $"was {execution.Status}", ThingName, execution.Number));
        tx.Save(execution, null);
        return Nothing.Value;
    }
}
