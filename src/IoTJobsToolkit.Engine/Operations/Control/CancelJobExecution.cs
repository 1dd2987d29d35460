using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>Cancels the latest execution of a job on a thing; a running one only with <see cref="Force"/> (jobs-reference 3, 14).</summary>
public sealed record CancelJobExecution(string JobId, string ThingName) : Operation<Nothing>, INamesThing
{
    public bool? Force { get; init; }

    public long? ExpectedVersion { get; init; }

    /// <summary>Replaces the stored details when given.</summary>
    public IReadOnlyDictionary<string, string>? StatusDetails { get; init; }

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.ThingName(ThingName);
        check.StatusDetails(StatusDetails);
    }

    internal override ActivityNote Note(JobsTransaction tx) => ActivityNote.OfExecution(JobId, ThingName, ActivityNote.Force(Force));

    internal override Nothing Run(JobsTransaction tx)
    {
        var execution = tx.LatestExecution(tx.Job(JobId).NotBeingDeleted(), tx.Thing(ThingName));
        var canceled = execution.Cancel(Force == true, ChangeOrigin.Operator, tx.Caller.Name, tx.Now)
            ?? throw JobsException.InvalidStateTransition(execution.HasEnded
                ? $"The execution of job {JobId} on thing {ThingName} is {execution.Status} and cannot be canceled."
                : $"The execution of job {JobId} on thing {ThingName} is {execution.Status}; use force to cancel it.");
        if (ExpectedVersion is { } expected && expected != execution.VersionNumber)
        {
            throw JobsException.VersionConflict(expected, execution.VersionNumber);
        }

        tx.Save(execution, canceled.WithDetails(StatusDetails?.Copy(), execution));
        return Nothing.Value;
    }
}
