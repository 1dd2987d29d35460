namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>One change of a job, or of an execution, as files hold it.</summary>
/// <param name="What">What happened to the job; why the execution moved (rollout, retry, device, operator, timer, ...).</param>
public sealed record JobHistoryLine(DateTimeOffset At, string JobId, string? ThingName, long? ExecutionNumber, string By, string What, string? From, string? To, string? Details)
{
    public static JobHistoryLine Of(JobHistoryEntry change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new(change.At, change.JobId, change.ThingName, change.ExecutionNumber, change.By, change.What, change.From?.ToString(), change.To?.ToString(), change.Details);
    }

    public static JobHistoryLine Of(JobExecutionHistoryEntry change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new(
            change.At, change.JobId, change.ThingName, change.ExecutionNumber, change.By, change.Origin.ToString().ToLowerInvariant(), change.From?.ToString(), change.To.ToString(),
            change.StatusDetails is { Count: > 0 } details ? string.Join("; ", details.Select(detail => $"{detail.Key}: {detail.Value}")) : null);
    }
}
