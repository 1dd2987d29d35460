using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Device;

/// <summary>A device's report of progress or of its result (jobs-reference 3, 7; order of checks mqtt-api 4.4).</summary>
public sealed record UpdateJobExecution(string JobId, string ThingName) : Operation<UpdateJobExecutionResponse>, IActsForThing
{
    /// <summary>Only jobs of this namespace; null for the jobs without one. MQTT's topics name it, HTTP has no place for it (OPEN-21).</summary>
    [JsonIgnore]
    public string? NamespaceId { get; init; }

    /// <summary>IN_PROGRESS, SUCCEEDED, FAILED or REJECTED; required with every report.</summary>
    public JobExecutionStatus? Status { get; init; }

    /// <summary>Replaces the stored details when given.</summary>
    public IReadOnlyDictionary<string, string>? StatusDetails { get; init; }

    /// <summary>1..10080 starts a new step timer, -1 removes it, absent keeps it.</summary>
    public long? StepTimeoutInMinutes { get; init; }

    public long? ExpectedVersion { get; init; }

    public bool? IncludeJobExecutionState { get; init; }

    public bool? IncludeJobDocument { get; init; }

    public long? ExecutionNumber { get; init; }

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.ThingName(ThingName);
        check.NamespaceId(NamespaceId);
        check.Required("status", Status);
        check.Defined("status", Status);
        if (!Status!.Value.IsReportable)
        {
            throw Check.Failed("status", Status, "A device may report [IN_PROGRESS, SUCCEEDED, FAILED, REJECTED]");
        }
        check.StatusDetails(StatusDetails);
        check.StepTimeout(StepTimeoutInMinutes);
    }

    internal override UpdateJobExecutionResponse Run(JobsTransaction tx)
    {
        var job = tx.Job(JobId).OfNamespace(NamespaceId).NotBeingDeleted();
        var execution = tx.LatestExecution(job, tx.Thing(ThingName), ExecutionNumber);
        var moved = Status == JobExecutionStatus.IN_PROGRESS
            ? execution.Start(job.TimeoutConfig, tx.Caller.Name, tx.Now)
            : execution.Finish(Status!.Value, tx.Caller.Name, tx.Now);
        if (moved is null)
        {
            throw JobsException.InvalidStateTransition($"The job execution is in terminal status {execution.Status}.", execution);
        }
        if (ExpectedVersion is { } expected && expected != execution.VersionNumber)
        {
            throw JobsException.VersionMismatch(expected, execution);
        }
        if (Sweeping.IsWaiting(job, tx.Progress(job), execution, tx.Now))
        {
            throw JobsException.InvalidStateTransition(
                tx.Progress(job).Pause is null
                    ? $"The job execution is QUEUED until the next maintenance window of job {JobId} opens."
                    : $"The job execution is QUEUED until job {JobId} goes on: it is paused.",
                execution);
        }

        var updated = moved.WithDetails(StatusDetails?.Copy(), execution).WithStepTimer(StepTimeoutInMinutes, tx.Now);
        tx.Save(execution, updated);
        return new()
        {
            ExecutionState = IncludeJobExecutionState == true ? JobExecutionState.Of(updated) : null,
            JobDocument = IncludeJobDocument == true ? DocumentDelivery.Deliver(tx, job, updated) : null,
        };
    }
}

/// <summary>Both members only where they were asked for.</summary>
public sealed record UpdateJobExecutionResponse
{
    public JobExecutionState? ExecutionState { get; init; }

    public string? JobDocument { get; init; }
}
