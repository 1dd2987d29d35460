using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Controls;

/// <summary>Successes that are not old enough to count, together with those of about the same time.</summary>
/// <param name="CountAt">When they do.</param>
public readonly record struct FreshSuccesses(DateTimeOffset CountAt, long Count);

/// <summary>
/// The time for which an execution must have SUCCEEDED before it counts for the rollout: kept to the minute, of more than half an hour to a 32nd.
/// Nothing counts too early.
/// </summary>
internal static class Verification
{
    private const int Parts = 32;

    public static JobProgress Succeed(JobProgress progress, JobControls? controls, DateTimeOffset now)
    {
        if (controls?.VerificationInMinutes is not { } minutes)
        {
            return progress;
        }
        var part = TimeSpan.FromMinutes((minutes + Parts - 1) / Parts);
        var countAt = now.AddTicks(part.Ticks - now.UtcTicks % part.Ticks).AddMinutes(minutes);
        var fresh = progress.Fresh.Where(successes => successes.CountAt > now).ToList();
        if (fresh.Count > 0 && fresh[^1].CountAt >= countAt)
        {
            fresh[^1] = fresh[^1] with { Count = fresh[^1].Count + 1 };
        }
        else
        {
            fresh.Add(new(countAt, 1));
        }
        return progress with { Fresh = fresh };
    }

    public static long Succeeded(JobProgress progress, DateTimeOffset now) =>
        Math.Max(0, progress.Counts.Succeeded - progress.Fresh.Where(successes => successes.CountAt > now).Sum(successes => successes.Count));

    /// <summary>When further ones count; null when none are fresh.</summary>
    public static DateTimeOffset? NextAt(JobProgress progress, DateTimeOffset now) =>
        progress.Fresh.Where(successes => successes.CountAt > now).Select(successes => (DateTimeOffset?)successes.CountAt).FirstOrDefault();
}
