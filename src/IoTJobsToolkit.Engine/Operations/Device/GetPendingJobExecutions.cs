using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Device;

/// <summary>
/// What a thing still has to do, running and queued, each by queuedAt: the first ten of jobs without maintenance windows and the first five of
/// jobs with them (OPEN-17).
/// </summary>
public sealed record GetPendingJobExecutions(string ThingName) : Operation<GetPendingJobExecutionsResponse>, IActsForThing
{
    /// <summary>Only jobs of this namespace; null for the jobs without one. MQTT's topics name it, HTTP has no place for it (OPEN-21).</summary>
    [JsonIgnore]
    public string? NamespaceId { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check)
    {
        check.ThingName(ThingName);
        check.NamespaceId(NamespaceId);
    }

    internal override GetPendingJobExecutionsResponse Run(JobsTransaction tx) =>
        GetPendingJobExecutionsResponse.Of(tx.VisiblePending(tx.Thing(ThingName), NamespaceId));
}

public sealed record GetPendingJobExecutionsResponse(
    IReadOnlyList<PendingJobExecution> InProgressJobs, IReadOnlyList<PendingJobExecution> QueuedJobs)
{
    private const int Shown = 10;
    private const int ShownWithWindows = 5;

    internal static GetPendingJobExecutionsResponse Of(IEnumerable<(JobExecution Execution, Job Job)> visible)
    {
        int all = 0, withWindows = 0;
        var pending = visible
            .Where(next => next.Job.SchedulingConfig?.MaintenanceWindows is { Count: > 0 } ? withWindows++ < ShownWithWindows : all++ < Shown)
            .Take(Shown + ShownWithWindows)
            .ToLookup(next => next.Execution.Status, next => PendingJobExecution.Of(next.Execution));
        return new([.. pending[JobExecutionStatus.IN_PROGRESS]], [.. pending[JobExecutionStatus.QUEUED]]);
    }
}
