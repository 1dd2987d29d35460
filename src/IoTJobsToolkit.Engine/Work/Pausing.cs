using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>
/// A pause is a closed maintenance window that an operator closes and opens: no executions are made, those which are QUEUED are not shown to their
/// things, joins and retries wait. What is IN_PROGRESS goes on, timers run, and schedule, cancel and abort do what they always do.
/// </summary>
internal static class Pausing
{
    public static JobProgress Begin(JobProgress progress, JobPause pause) => Keep(progress with { Pause = pause });

    public static JobProgress End(JobProgress progress, DateTimeOffset now) => Release(progress with { Pause = null, CountedFrom = progress.Counts }, now);

    /// <summary>Something no longer holds the job: it goes on, unless something else does.</summary>
    public static JobProgress Release(JobProgress progress, DateTimeOffset now) => progress.IsOpen ? GoOn(progress, now) : progress;

    /// <summary>What the job is about to do waits where it is held.</summary>
    public static JobProgress Keep(JobProgress progress) => progress.IsHeld
        ? progress with { Rollout = progress.Rollout?.Pause(), PostponedAt = null }
        : progress;

    /// <summary>A window opened or a hold ended: the rollout's one-minute windows begin anew, and what waited is made, unless the job is still held.</summary>
    public static JobProgress GoOn(JobProgress progress, DateTimeOffset now) => progress.IsHeld
        ? progress
        : progress with
        {
            Rollout = progress.Rollout?.Resume(now), PostponedAt = progress.Postponed > 0 ? now : null, PostponedAfter = null,
        };
}
