using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Engine.NotificationRules;

/// <summary>Something that a commit changed and that somebody may want to be told of.</summary>
/// <param name="Executions">Empty for what is told of the job itself.</param>
internal sealed record Happening(
    NotificationEvent Event, string JobId, DateTimeOffset At, string? By, string? Details, IReadOnlyList<JobExecution> Executions);

/// <summary>Reads out of a commit's changes what happened, whoever caused it.</summary>
internal static class Happenings
{
    public static IEnumerable<Happening> Of(JobsTransaction tx)
    {
        var changes = tx.Changes;
        return [.. changes.Jobs.Values.SelectMany(change => OfJob(tx, change)), .. OfProgress(tx), .. OfExecutions(changes)];
    }

    private static IEnumerable<Happening> OfJob(JobsTransaction tx, Change<Job> change)
    {
        if (change.After is not { PurgedAt: null } job)
        {
            yield break;
        }
        var by = tx.Changes.History.LastOrDefault(record => record.JobSequence == job.Sequence && record.ThingName is null)?.By;
        if (change.Before is null)
        {
            yield return new(NotificationEvent.JOB_CREATED, job.JobId, job.CreatedAt, by, job.Description, []);
        }
        if (job.Status == change.Before?.Status)
        {
            yield break;
        }
        switch (job.Status)
        {
            case JobStatus.COMPLETED:
                yield return new(NotificationEvent.JOB_COMPLETED, job.JobId, job.CompletedAt ?? job.LastUpdatedAt, null, null, []);
                break;
            case JobStatus.CANCELED:
                var aborted = AbortRule.HasAborted(job);
                yield return new(
                    aborted ? NotificationEvent.JOB_ABORTED : NotificationEvent.JOB_CANCELED, job.JobId, job.LastUpdatedAt, aborted ? null : by,
                    string.Join(": ", new[] { job.ReasonCode, job.Comment }.OfType<string>()) is { Length: > 0 } why ? why : null, []);
                break;
        }
    }

    private static IEnumerable<Happening> OfProgress(JobsTransaction tx)
    {
        foreach (var (before, after) in tx.Changes.Progress.Values)
        {
            if (after is null || tx.FindJob(after.JobSequence) is not { PurgedAt: null } job)
            {
                continue;
            }
            if (after.Approval is { } approval && before?.Approval is null)
            {
                yield return new(NotificationEvent.JOB_AWAITING_APPROVAL, job.JobId, approval.RequestedAt, approval.By, null, []);
            }
            if (after.Pause is { } pause && before?.Pause is null)
            {
                yield return new(NotificationEvent.JOB_PAUSED, job.JobId, pause.At, pause.By, pause.Comment, []);
            }
        }
    }

    private static IEnumerable<Happening> OfExecutions(JobsChanges changes) => changes.Executions.Values
        .Where(change => change.After is not null && change.After.Status != change.Before?.Status && EventOf(change.After.Status) is not null)
        .GroupBy(change => (change.After!.JobId, change.After.Status), change => change.After!)
        .Select(group => new Happening(
            EventOf(group.Key.Status)!.Value, group.Key.JobId, group.Min(execution => execution.LastUpdatedAt), null, null, [.. group.OrderBy(execution => execution.LastUpdatedAt)]));

    private static NotificationEvent? EventOf(JobExecutionStatus status) => status switch
    {
        JobExecutionStatus.FAILED => NotificationEvent.EXECUTION_FAILED,
        JobExecutionStatus.TIMED_OUT => NotificationEvent.EXECUTION_TIMED_OUT,
        JobExecutionStatus.REJECTED => NotificationEvent.EXECUTION_REJECTED,
        _ => null,
    };
}
