using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Components.Times;

namespace IoTJobsToolkit.Portal.Components.Execution;

/// <summary>One record of an execution's history, in words.</summary>
/// <param name="After">How long after the step before; null for the first.</param>
public sealed record TimelineStep(ExecutionChange Change, string Words, TimeSpan? After)
{
    /// <summary>Oldest first.</summary>
    public static IReadOnlyList<TimelineStep> Of(FoundExecution found)
    {
        var history = found.Execution.History;
        return
        [
            .. history.Select((change, i) => new TimelineStep(
                change, WordsOf(change, found), i == 0 ? null : change.At - history[i - 1].At)),
        ];
    }

    private static string WordsOf(ExecutionChange change, FoundExecution found)
    {
        var execution = found.Execution;
        return (change.To, change.Origin) switch
        {
            (JobExecutionStatus.QUEUED, ChangeOrigin.Retry) => Retry(found),
            (JobExecutionStatus.QUEUED, ChangeOrigin.Join) => "Queued: the thing became a target of the job",
            (JobExecutionStatus.QUEUED, _) => "Queued by the job's rollout",
            (JobExecutionStatus.IN_PROGRESS, _) => $"Started by the device{Other(change, execution)}",
            (JobExecutionStatus.SUCCEEDED, _) => $"Succeeded, as the device{Other(change, execution)} reported",
            (JobExecutionStatus.FAILED, _) => $"Failed, as the device{Other(change, execution)} reported",
            (JobExecutionStatus.REJECTED, _) => $"Rejected by the device{Other(change, execution)}",
            (JobExecutionStatus.TIMED_OUT, _) => TimedOut(change, execution),
            (JobExecutionStatus.CANCELED, ChangeOrigin.Abort) => "Canceled: an abort criterion of the job was met",
            (JobExecutionStatus.CANCELED, ChangeOrigin.EndTime) => "Canceled at the job's end time",
            (JobExecutionStatus.CANCELED, _) => $"Canceled by {change.By}{(execution.ForceCanceled ? " with force" : "")}",
            (JobExecutionStatus.REMOVED, ChangeOrigin.ThingDeleted) => $"Removed: the thing was deleted by {change.By}",
            (JobExecutionStatus.REMOVED, ChangeOrigin.Leave) => "Removed: the thing is no longer a target of the job",
            _ => $"{change.To.Words()} by {change.By}",
        };
    }

    private static string Retry(FoundExecution found)
    {
        var before = found.OfThing.LastOrDefault(other => other.Number < found.Execution.Number);
        return $"Queued as retry {found.Execution.RetryAttempt}{(before is null ? "" : $" after {before.Status.Words().ToLowerInvariant()}")}";
    }

    private static string TimedOut(ExecutionChange change, JobExecution execution)
    {
        var lasted = execution.StartedAt is { } started ? $" after {Lasting.Text(change.At - started)} in progress" : "";
        return execution.InProgressDeadline == change.At ? $"Timed out{lasted}" : $"Timed out{lasted}: the step timer of the device ran out";
    }

    /// <summary>Devices act under the name of their thing, as a rule.</summary>
    private static string Other(ExecutionChange change, JobExecution execution) =>
        change.By == execution.ThingName || change.By.Length == 0 ? "" : $" ({change.By})";
}
