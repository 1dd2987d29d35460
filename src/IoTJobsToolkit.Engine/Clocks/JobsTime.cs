namespace IoTJobsToolkit.Engine.Clocks;

/// <summary>
/// The time of an engine's jobs, for whoever shows or answers it; timers and lengths of time are real. The same as the real time but where the engine goes
/// by a virtual clock.
/// </summary>
public sealed class JobsTime(JobsEngine engine, TimeProvider real) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    public override long TimestampFrequency => real.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => engine.Time;

    public override long GetTimestamp() => real.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => real.CreateTimer(callback, state, dueTime, period);
}
