using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Device;

/// <summary>
/// Hands a thing its next execution and starts it when it is QUEUED; one which runs already is handed out again unchanged,
/// but for a step timer given (OPEN-7).
/// </summary>
public sealed record StartNextPendingJobExecution(string ThingName) : Operation<StartNextPendingJobExecutionResponse>, IActsForThing
{
    /// <summary>Only jobs of this namespace; null for the jobs without one. MQTT's topics name it, HTTP has no place for it (OPEN-21).</summary>
    [JsonIgnore]
    public string? NamespaceId { get; init; }

    public IReadOnlyDictionary<string, string>? StatusDetails { get; init; }

    /// <summary>1..10080, or -1 for none.</summary>
    public long? StepTimeoutInMinutes { get; init; }

    internal override void Validate(Check check)
    {
        check.ThingName(ThingName);
        check.NamespaceId(NamespaceId);
        check.StatusDetails(StatusDetails);
        check.StepTimeout(StepTimeoutInMinutes);
    }

    internal override StartNextPendingJobExecutionResponse Run(JobsTransaction tx)
    {
        if (tx.VisiblePending(tx.Thing(ThingName), NamespaceId).FirstOrDefault() is not ({ } next, { } job))
        {
            return new(null);
        }
        var started = next.Status == JobExecutionStatus.QUEUED
            ? next.Start(job.TimeoutConfig, tx.Caller.Name, tx.Now)!.WithDetails(StatusDetails?.Copy(), next)
            : next;
        started = started.WithStepTimer(StepTimeoutInMinutes, tx.Now);
        if (started != next)
        {
            tx.Save(next, started);
        }
        return new(DeviceJobExecution.Of(started, tx.Now, DocumentDelivery.Deliver(tx, job, started)));
    }
}

/// <param name="Execution">Absent when nothing is pending.</param>
public sealed record StartNextPendingJobExecutionResponse(DeviceJobExecution? Execution);
