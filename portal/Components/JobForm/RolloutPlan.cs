using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Schedules;

namespace IoTJobsToolkit.Portal.Components.JobForm;

/// <summary>When a rollout creates its executions, if everybody succeeds within the minute.</summary>
/// <param name="Points">Executions created up to an instant; the first with 0, at the start.</param>
/// <param name="FinishedAt">When the last is created; null where that is too far off to say, or never comes.</param>
/// <param name="Created">How many are created before the end of the schedule, or as far as was looked.</param>
public sealed record RolloutPlan(IReadOnlyList<(DateTimeOffset At, long Executions)> Points, DateTimeOffset? FinishedAt, long Created, long Total)
{
    /// <summary>Windows of a minute which are looked at: 69 days of a rollout.</summary>
    private const int MostWindows = 100_000;

    private const int MostPoints = 120;

    /// <summary>By the engine's own forecast; null where no window opens.</summary>
    public static RolloutPlan? Of(JobExecutionsRolloutConfig? config, JobSchedule? schedule, long total, DateTimeOffset now, LimitsProfile limits)
    {
        if ((schedule is null ? now : schedule.OpensAt(now)) is not { } start)
        {
            return null;
        }
        var points = new List<(DateTimeOffset, long)> { (start, 0) };
        var created = 0L;
        DateTimeOffset? finished = null;
        foreach (var window in RolloutForecast.Windows(config, schedule, limits, now).Take(MostWindows))
        {
            if (created == total)
            {
                break;
            }
            created += Math.Min(total - created, window.Executions);
            points.Add((window.At, created));
            finished = created == total ? window.At : null;
        }
        return new(Thin(points), finished, created, total);
    }

    private static List<(DateTimeOffset, long)> Thin(List<(DateTimeOffset, long)> points)
    {
        var step = Math.Max(1, (points.Count + MostPoints - 1) / MostPoints);
        return [.. points.Where((_, i) => i % step == 0 || i == points.Count - 1)];
    }
}
