namespace IoTJobsToolkit.Portal.Live;

/// <summary>
/// How often pages paint: four times a second, and less often where all of them together would take more than half of the machine, or, beyond fifty pages,
/// an ever smaller share of it: so that many open pages do not slow down what they show. A paint that had to wait for a busy machine counts as a long one.
/// </summary>
internal sealed class PaintPace
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);

    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    /// <summary>As many pages as a team has open.</summary>
    private const int Few = 50;

    /// <summary>A paint's share in the average: that of the last fifty or so.</summary>
    private const double Weight = 0.02;

    private readonly Lock _lock = new();
    private double _paintTicks;

    /// <summary>Notes how long a paint took, from when it was due.</summary>
    public void Took(TimeSpan paint)
    {
        lock (_lock)
        {
            _paintTicks += (Math.Max(0, paint.Ticks) - _paintTicks) * Weight; // Before it was due: a clock that was set back, or nothing was wanted any more.
        }
    }

    /// <summary>From one paint of a page to its next.</summary>
    public TimeSpan IntervalFor(int pages, int processors)
    {
        lock (_lock)
        {
            var share = 0.5 * Math.Min(1, (double)Few / Math.Max(1, pages));
            var interval = TimeSpan.FromTicks((long)(_paintTicks * pages / (share * processors)));
            return interval < Shortest ? Shortest : interval > Longest ? Longest : interval;
        }
    }
}
