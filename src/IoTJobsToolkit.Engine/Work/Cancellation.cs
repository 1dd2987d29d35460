using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>How a canceled job stops: its rollout at once, its executions by a sweep (jobs-reference 14).</summary>
internal static class Cancellation
{
    public static void Begin(JobsTransaction tx, Job before, Job canceled, ChangeOrigin origin, string by)
    {
        var progress = tx.Progress(before);
        var force = canceled.ForceCanceled == true;
        var sweep = SweepOf(progress, tx.Now, by, force, origin);
        tx.Save(progress.AtRest() with { Sweep = sweep });
        tx.Save(before, canceled, "canceled", Details(canceled));
        tx.Raise(JobEventStatus.CANCELLATION_IN_PROGRESS, canceled);
        if (sweep is null)
        {
            tx.Raise(JobEventStatus.CANCELED, canceled);
        }
    }

    /// <summary>Whether a job which rests now will be at work for a while, which only so many jobs may be at a time (jobs-reference 17).</summary>
    public static bool MakesConcurrent(JobsTransaction tx, Job before, Job canceled)
    {
        var progress = tx.Progress(before);
        return !before.IsConcurrent(progress) &&
            SweepOf(progress, tx.Now, tx.Caller.Name, canceled.ForceCanceled == true, ChangeOrigin.Operator) is not null;
    }

    /// <summary>The work of canceling what is pending; null when nothing is.</summary>
    public static JobSweep? SweepOf(JobProgress progress, DateTimeOffset at, string by, bool force, ChangeOrigin origin) =>
        progress.Counts.Queued + (force ? progress.Counts.InProgress : 0) > 0
            ? new(SweepKind.Cancel, at, by, force) { Origin = origin, Earlier = progress.Sweep?.Earlier ?? progress.Sweep }
            : null;

    private static string? Details(Job job) =>
        string.Join("; ", new[] { job.ForceCanceled == true ? "force" : null, job.ReasonCode, job.Comment }.Where(text => text is not null))
            is { Length: > 0 } details ? details : null;
}
