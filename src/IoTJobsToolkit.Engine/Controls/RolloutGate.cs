using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Controls;

/// <summary>Stops a rollout at the end of a stage, and where enough is in flight; lets it go on as executions end, in the minutes it had before.</summary>
internal static class RolloutGate
{
    /// <summary>Further things looked at in a slice that may make few executions.</summary>
    private const int Margin = 20;

    /// <summary>Executions which the rollout may make now beside its rate.</summary>
    public static long Room(Job job, JobProgress progress, Rollout rollout) => Math.Min(InFlight(job, progress), InStage(job, progress, rollout));

    /// <summary>Things to look at in a slice of <paramref name="size"/>.</summary>
    public static int Take(Job job, JobProgress progress, Rollout rollout, int size) =>
        job.Controls is null ? size : (int)Math.Min(size, Math.Min(int.MaxValue - Margin, Room(job, progress, rollout)) + Margin);

    /// <summary>The rollout has come to a thing for which there is no room.</summary>
    public static JobProgress Stop(Job job, JobProgress progress, Rollout rollout, DateTimeOffset now) =>
        Look(job, progress with { Rollout = rollout with { Hold = RolloutHold.STAGE } }, now);

    /// <summary>A rollout that stands goes on where there is room for it: an execution ended, successes became old enough, somebody advanced it.</summary>
    public static JobProgress Look(Job job, JobProgress progress, DateTimeOffset now)
    {
        if (progress.Rollout is not { Hold: not null } rollout)
        {
            return progress;
        }
        while (IsPassed(job, progress, rollout, now))
        {
            progress = progress with { StagesPassed = progress.StagesPassed + 1 };
        }
        var standsAtStage = InStage(job, progress, rollout) == 0;
        return progress with
        {
            Rollout = standsAtStage
                ? rollout with { Hold = RolloutHold.STAGE, LooksAgainAt = MayPass(job, progress) ? Verification.NextAt(progress, now) : null }
                : InFlight(job, progress) == 0 ? rollout with { Hold = RolloutHold.IN_FLIGHT, LooksAgainAt = null } : rollout.GoOn(now),
        };
    }

    private static long InFlight(Job job, JobProgress progress) =>
        job.Controls?.MaxInFlight is { } most ? Math.Max(0, most - progress.Counts.Pending) : long.MaxValue;

    private static long InStage(Job job, JobProgress progress, Rollout rollout) =>
        job.Controls?.StageEnd(progress.StagesPassed) is { } end ? Math.Max(0, end - rollout.Notified) : long.MaxValue;

    private static bool MayPass(Job job, JobProgress progress) => job.Controls!.Stages[progress.StagesPassed].SuccessPercentage is not null;

    private static bool IsPassed(Job job, JobProgress progress, Rollout rollout, DateTimeOffset now) =>
        InStage(job, progress, rollout) == 0 && job.Controls!.Stages[progress.StagesPassed].SuccessPercentage is { } share &&
        100m * Verification.Succeeded(progress, now) >= share * rollout.Notified;
}
