namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>The system's time, from which the test may jump ahead; what waits meanwhile waits as long as it would.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + new TimeSpan(Volatile.Read(ref _shift));

    public void Jump(TimeSpan time) => Interlocked.Add(ref _shift, time.Ticks);
}
