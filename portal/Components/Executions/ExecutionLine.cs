using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Components.Executions;

/// <summary>A row of executions, of a job or of a thing.</summary>
public sealed record ExecutionLine(
    string JobId, string ThingName, long Number, JobExecutionStatus Status, int RetryAttempt,
    DateTimeOffset QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset LastUpdatedAt)
{
    public (string JobId, string ThingName, long Number) Key => (JobId, ThingName, Number);

    public static ExecutionLine Of(string jobId, string thingName, JobExecutionSummary summary) => new(
        jobId, thingName, summary.ExecutionNumber, summary.Status, summary.RetryAttempt,
        summary.QueuedAt, summary.StartedAt, summary.LastUpdatedAt);

    public static ExecutionLine Of(JobExecution execution) => new(
        execution.JobId, execution.ThingName, execution.Number, execution.Status, execution.RetryAttempt,
        execution.QueuedAt, execution.StartedAt, execution.LastUpdatedAt);
}
