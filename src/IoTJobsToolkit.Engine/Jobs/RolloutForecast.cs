using IoTJobsToolkit.Engine.Schedules;

namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>A one-minute window of a rollout.</summary>
/// <param name="Executions">How many it may create; 1 or more.</param>
public readonly record struct ForecastWindow(DateTimeOffset At, long Executions);

/// <summary>When a rollout will create its executions, by the rule of each minute (jobs-reference 5) and the job's calendar (9).</summary>
/// <remarks>Where the rate grows with what succeeded, each execution is taken to succeed before the next window: nothing goes faster.</remarks>
public static class RolloutForecast
{
    /// <summary>Windows one after the other, without end where nothing ends them; none at or after the end time.</summary>
    /// <param name="from">The earliest instant of the first.</param>
    /// <param name="made">What was made before the first.</param>
    public static IEnumerable<ForecastWindow> Windows(
        JobExecutionsRolloutConfig? config, JobSchedule? schedule, LimitsProfile limits, DateTimeOffset from, RolledOut made = default)
    {
        var at = schedule is null ? from : schedule.OpensAt(from);
        var closes = at is { } first ? schedule?.ClosesAt(first) : null;
        var (notified, increases) = (made.Notified, made.Increases);
        while (at is { } time && !(time >= schedule?.End))
        {
            increases = RolloutRate.Increases(config, increases, notified, notified);
            var executions = RolloutRate.PerWindow(config, increases, limits);
            yield return new(time, executions);
            notified = notified > long.MaxValue - executions ? long.MaxValue : notified + executions;
            at = time + Rollout.OneWindow;
            if (at >= closes)
            {
                at = schedule!.OpensAt(at.Value);
                closes = at is { } opening ? schedule.ClosesAt(opening) : null;
            }
        }
    }
}
