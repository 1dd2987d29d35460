using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Device;

/// <summary>An execution which has not ended, with its document; the job id <c>$next</c> names the next pending one.</summary>
public sealed record DescribeJobExecution(string JobId, string ThingName) : Operation<DescribeJobExecutionResponse>, IActsForThing
{
    /// <summary>The job id which stands for the next pending execution.</summary>
    public const string Next = "$next";

    /// <summary>Only jobs of this namespace; null for the jobs without one. MQTT's topics name it, HTTP has no place for it (OPEN-21).</summary>
    [JsonIgnore]
    public string? NamespaceId { get; init; }

    /// <summary>True when absent.</summary>
    public bool? IncludeJobDocument { get; init; }

    public long? ExecutionNumber { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check)
    {
        check.Required("jobId", JobId);
        check.Pattern("jobId", JobId, TextPattern.JobIdOrNext);
        check.ThingName(ThingName);
        check.NamespaceId(NamespaceId);
    }

    internal override DescribeJobExecutionResponse Run(JobsTransaction tx)
    {
        var thing = tx.Thing(ThingName);
        var (execution, job) = JobId == Next ? tx.VisiblePending(thing, NamespaceId).FirstOrDefault() : Named(tx, thing);
        if (execution is null)
        {
            return new(null);
        }
        if (execution.HasEnded)
        {
            throw new JobsException(JobsError.TerminalState, $"The job execution is in terminal status {execution.Status}.");
        }
        var document = IncludeJobDocument == false ? null : DocumentDelivery.Deliver(tx, job, execution);
        return new(DeviceJobExecution.Of(execution, tx.Now, document));
    }

    private (JobExecution Execution, Job Job) Named(JobsTransaction tx, Thing thing)
    {
        var job = tx.Job(JobId).OfNamespace(NamespaceId).NotBeingDeleted();
        return (tx.LatestExecution(job, thing, ExecutionNumber), job);
    }
}

/// <param name="Execution">Absent for <c>$next</c> when nothing is pending.</param>
public sealed record DescribeJobExecutionResponse(DeviceJobExecution? Execution);
