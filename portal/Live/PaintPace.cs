namespace IoTJobsToolkit.Portal.Live;

/// <summary>
/// How often pages paint: four times a second, and less often where all of them together would take more than half of the machine, so that many open
/// pages do not slow down what they show. Paints that have to wait for a busy machine count as long ones.
/// </summary>
internal sealed class PaintPace
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);

    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>A paint's share in the average: that of the last fifty or so.</summary>
    private const double Weight = 0.02;

    private readonly Lock _lock = new();
    private double _paintTicks;

    /// <summary>Notes how long a paint took.</summary>
    public void Took(TimeSpan paint)
    {
        lock (_lock)
        {
            _paintTicks += (paint.Ticks - _paintTicks) * Weight;
        }
    }

    /// <summary>From one paint of a page to its next.</summary>
    public TimeSpan IntervalFor(int pages, int processors)
    {
        lock (_lock)
        {
            var interval = TimeSpan.FromTicks((long)(_paintTicks * pages * 2 / processors));
            return interval < Shortest ? Shortest : interval > Longest ? Longest : interval;
        }
    }
}
