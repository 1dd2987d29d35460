namespace IoTJobsToolkit.Portal.Tests;

/// <summary>Real time, but of another day; its timers wait as long as others.</summary>
internal sealed class LeapingClock(TimeSpan ahead = default) : TimeProvider
{
    private TimeSpan _ahead = ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public void Leap(TimeSpan span) => _ahead += span;
}
