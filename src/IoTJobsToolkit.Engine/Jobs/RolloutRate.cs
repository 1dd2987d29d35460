namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>How many executions a one-minute window creates (jobs-reference 5.3), in exact decimals.</summary>
public static class RolloutRate
{
    /// <summary>Executions per minute where nothing else is said.</summary>
    public const int Default = 1000;

    /// <summary>n of 5.3: how often an exponential rate has grown; it never decreases.</summary>
    /// <param name="notified">Executions which the rollout created before this window.</param>
    /// <param name="succeeded">Executions which are SUCCEEDED at its start.</param>
    public static int Increases(JobExecutionsRolloutConfig? config, int before, long notified, long succeeded)
    {
        if (config?.ExponentialRate?.RateIncreaseCriteria is not { } criteria)
        {
            return before;
        }
        var byNotified = criteria.NumberOfNotifiedThings is { } a ? notified / a : 0;
        var bySucceeded = criteria.NumberOfSucceededThings is { } b ? succeeded / b : 0;
        return (int)Math.Max(before, Math.Min(int.MaxValue, Math.Max(byNotified, bySucceeded)));
    }

    /// <summary>The window's executions: constant M, or min(M, floor(B × F^n)).</summary>
    /// <param name="increases">n, of <see cref="Increases"/>.</param>
    public static long PerWindow(JobExecutionsRolloutConfig? config, int increases, LimitsProfile limits)
    {
        long maximum = config?.MaximumPerMinute ?? config?.ExponentialRate?.MaximumPerMinute ??
            (limits == LimitsProfile.None && config?.ExponentialRate is null ? long.MaxValue : Default);
        if (config?.ExponentialRate is not { } rate)
        {
            return maximum;
        }
        decimal grown = rate.BaseRatePerMinute ?? Default;
        for (var i = 0; i < increases && grown < maximum; i++)
        {
            grown *= rate.IncrementFactor ?? 1;
        }
        return Math.Min(maximum, (long)decimal.Floor(Math.Min(grown, maximum)));
    }
}
