using IoTJobsToolkit.Engine.Blockages;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Components.Times;

namespace IoTJobsToolkit.Portal.Components.Executions;

/// <summary>What an execution waits for, in the few words that a column has.</summary>
public static class WaitingFor
{
    public static string Words(JobBlockage blockage, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(blockage);
        return blockage.Cause switch
        {
            BlockageCause.JOB_SCHEDULED => $"starts {In(blockage.Until, now)}",
            BlockageCause.AWAITS_APPROVAL => "job awaits approval",
            BlockageCause.DEPENDENCY => $"after {blockage.Detail}",
            BlockageCause.JOB_PAUSED => "job is paused",
            BlockageCause.WINDOW_CLOSED when blockage.Until is null => "no window opens any more",
            BlockageCause.WINDOW_CLOSED => $"window opens {In(blockage.Until, now)}",
            BlockageCause.ROLLOUT_RATE => $"place {(blockage.Position ?? 0).Figure()} of the rollout",
            BlockageCause.ROLLOUT_IN_FLIGHT => "rollout waits for those in flight",
            BlockageCause.ROLLOUT_STAGE => "rollout stands at its stage",
            BlockageCause.ROLLOUT_QUOTA => "rollout waits for others",
            BlockageCause.OTHER_JOB_AHEAD => $"behind {blockage.Detail}",
            BlockageCause.NEVER_CONNECTED => "device never connected",
            BlockageCause.NOT_CONNECTED => $"device away {For(blockage.Since, now)}",
            BlockageCause.DEVICE_IDLE => "device has not asked",
            _ when blockage.Until is { } deadline => $"device at it, times out {In(deadline, now)}",
            _ => "device at it",
        };
    }

    private static string In(DateTimeOffset? at, DateTimeOffset now) => at is { } time && time > now ? $"in {Text(time - now)}" : "now";

    private static string For(DateTimeOffset? since, DateTimeOffset now) => since is { } time ? $"for {Text(now - time)}" : "";

    /// <summary>Whole minutes from one minute on: a column does not count seconds.</summary>
    private static string Text(TimeSpan span) => span < TimeSpan.FromMinutes(1)
        ? "less than 1 min"
        : Lasting.Text(TimeSpan.FromMinutes(Math.Floor(span.TotalMinutes)));
}
