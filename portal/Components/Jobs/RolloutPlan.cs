using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>What a rollout's rate comes to, window by window, by the engine's own rule (jobs-reference 5.3).</summary>
/// <remarks>Where the rate grows with what succeeded, each execution is taken to succeed before the next window: nothing goes faster.</remarks>
/// <param name="Windows">Created at the end of each one-minute window, those sampled which are too many to draw.</param>
/// <param name="Minutes">When the last window opens, in minutes after the first.</param>
public sealed record RolloutPlan(IReadOnlyList<(long Minute, long Created)> Windows, long Minutes)
{
    /// <summary>Windows looked at one by one; the rate of the last one holds for what is left.</summary>
    private const int MostWindows = 20_000;

    private const int Drawn = 100;

    /// <param name="total">Executions which it comes to.</param>
    /// <param name="made">What was made of them before the first window.</param>
    public static RolloutPlan Of(JobExecutionsRolloutConfig? config, LimitsProfile limits, long total, RolledOut made = default)
    {
        var windows = new List<(long, long)>();
        var (created, increases, minute) = (made.Notified, made.Increases, 0L);
        while (created < total)
        {
            increases = RolloutRate.Increases(config, increases, created, created);
            var rate = Math.Max(1, RolloutRate.PerWindow(config, increases, limits));
            if (minute == MostWindows)
            {
                minute += (total - created - 1) / rate;
                created = total;
            }
            else
            {
                created += Math.Min(rate, total - created);
            }
            windows.Add((minute++, created));
        }
        return new(Sampled(windows), Math.Max(0, minute - 1));
    }

    /// <summary>How many are created by then.</summary>
    public long At(double minute)
    {
        var created = 0L;
        foreach (var window in Windows)
        {
            if (window.Minute > minute)
            {
                break;
            }
            created = window.Created;
        }
        return created;
    }

    private static List<(long, long)> Sampled(List<(long, long)> windows)
    {
        if (windows.Count <= Drawn)
        {
            return windows;
        }
        var step = (double)(windows.Count - 1) / (Drawn - 1);
        return [.. Enumerable.Range(0, Drawn).Select(i => windows[(int)Math.Round(i * step)])];
    }
}
