namespace IoTJobsToolkit.Server.Mqtt.Connections;

/// <summary>
/// So many in a second, and a second's worth at once. What comes faster is not refused but read later, so that nothing is lost and nobody else
/// notices. For one reader at a time.
/// </summary>
internal sealed class Pace(int perSecond, TimeProvider clock)
{
    private double _left = perSecond;
    private long _at = clock.GetTimestamp();

    public Task TakeAsync(int count, CancellationToken cancellationToken)
    {
        var now = clock.GetTimestamp();
        _left = Math.Min(perSecond, _left + clock.GetElapsedTime(_at, now).TotalSeconds * perSecond) - count;
        _at = now;
        return _left >= 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromSeconds(-_left / perSecond), clock, cancellationToken);
    }
}
