using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Schedules;

namespace IoTJobsToolkit.Portal.Vitals;

/// <summary>When a job will have finished at its present pace, or why nobody can tell.</summary>
/// <param name="Unknown">Why not, in a word or two; null where <paramref name="At"/> is known.</param>
public sealed record Forecast(DateTimeOffset? At, string? Unknown = null)
{
    /// <summary>What is further away is not foretold.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    public static Forecast Of(Job job, JobProgress progress, double perMinute, LimitsProfile limits, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(progress);
        if (progress.Approval is not null)
        {
            return new(null, "awaits approval");
        }
        if (progress.WaitsFor.Count > 0)
        {
            return new(null, "after other jobs");
        }
        if (progress.Rollout?.Hold == RolloutHold.STAGE)
        {
            return new(null, "at its stage");
        }
        if (progress.Rollout is not null && job.Controls?.StageEnd(progress.StagesPassed) is not null)
        {
            return new(null, "after its stages");
        }
        if (progress.Pause is not null)
        {
            return new(null, "paused");
        }
        if (job.TargetSelection == TargetSelection.CONTINUOUS)
        {
            return new(null, "continuous");
        }
        if (ToCreate(job, progress) is not { } toCreate)
        {
            return new(null, "after its rollout");
        }
        var left = progress.Counts.Pending + toCreate;
        if (perMinute <= 0 && left > 0)
        {
            return new(null, "unknown");
        }
        var minutes = left == 0 ? 0 : Math.Max(left / perMinute, RolloutMinutes(job, progress, toCreate, limits));
        if (minutes > Furthest.TotalMinutes)
        {
            return new(null, "in over a year");
        }
        var at = now.AddMinutes(minutes);
        // At its end time what is left may be canceled.
        return JobSchedule.Of(job.SchedulingConfig) is { End: { } end, EndBehavior: not JobEndBehavior.STOP_ROLLOUT } && end < at ? new(end) : new(at);
    }

    /// <summary>Executions which the rollout has still to create; null where groups hide how many.</summary>
    private static long? ToCreate(Job job, JobProgress progress) => progress.Rollout switch
    {
        null => 0,
        _ when job.Targets.Any(target => target.Kind == TargetKind.ThingGroup) => null,
        var rollout => Math.Max(0, job.Targets.Count - progress.RolledOut.Notified - rollout.Notified),
    };

    /// <summary>How long creating them takes, window by window where the rate grows, for a day of windows at the most.</summary>
    private static double RolloutMinutes(Job job, JobProgress progress, long toCreate, LimitsProfile limits)
    {
        var config = job.JobExecutionsRolloutConfig;
        var (notified, increases) = (progress.Rollout?.Notified ?? 0, progress.Rollout?.Increases ?? 0);
        var minutes = 0;
        while (toCreate > 0)
        {
            increases = RolloutRate.Increases(config, increases, notified, progress.Counts.Succeeded);
            var window = Math.Max(1, RolloutRate.PerWindow(config, increases, limits));
            if (minutes == 24 * 60)
            {
                return minutes + (double)toCreate / window;
            }
            (notified, toCreate, minutes) = (notified + Math.Min(window, toCreate), toCreate - window, minutes + 1);
        }
        return minutes;
    }
}
