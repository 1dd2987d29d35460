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
        var affected = progress.Counts.Queued + (force ? progress.Counts.InProgress : 0);
        tx.Save(progress with
        {
            Rollout = null,
            Sweep = affected > 0 ? new(SweepKind.Cancel, tx.Now, by, force) { Origin = origin, Earlier = progress.Sweep } : null,
        });
        tx.Save(before, canceled, "canceled", Details(canceled));
    }

    private static string? Details(Job job) =>
        string.Join("; ", new[] { job.ForceCanceled == true ? "force" : null, job.ReasonCode, job.Comment }.Where(text => text is not null))
            is { Length: > 0 } details ? details : null;
}
