namespace IoTJobsToolkit.Portal.Live;

/// <summary>When a panel reads again what may have changed: at most once a second, and never more than a tenth of the time.</summary>
public sealed class ReadingPace(TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private DateTimeOffset _readAgainAt;
    private bool _isStale;
    private bool _isReading;

    /// <param name="changed">What the panel shows may be old.</param>
    /// <param name="atOnce">Nothing is known about what changed: the panel reads now.</param>
    /// <returns>When the panel wants to be painted again because it must be read but may not yet; null when it is up to date.</returns>
    public async Task<TimeSpan?> FollowAsync(bool changed, bool atOnce, Func<Task> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        _isStale |= changed || atOnce;
        if (!_isStale)
        {
            return null;
        }
        var wait = _isReading ? LiveView.PaintInterval : _readAgainAt - clock.GetUtcNow();
        if (wait > TimeSpan.Zero && (_isReading || !atOnce))
        {
            return wait;
        }
        (_isStale, _isReading) = (false, true);
        var began = clock.GetTimestamp();
        try
        {
            await read();
        }
        finally
        {
            var took = 10 * clock.GetElapsedTime(began);
            _readAgainAt = clock.GetUtcNow() + (took > Interval ? took : Interval);
            _isReading = false;
        }
        return null;
    }
}
