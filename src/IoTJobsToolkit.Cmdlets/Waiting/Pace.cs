namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>How fast something grows, by what was seen of it in the last two minutes.</summary>
internal sealed class Pace(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(2);

    private readonly long _start = clock.GetTimestamp();
    private readonly Queue<(TimeSpan At, long Count)> _seen = new();
    private long? _last;

    /// <summary>Null as long as nothing moved.</summary>
    public double? PerMinute { get; private set; }

    public void See(long count)
    {
        var now = clock.GetElapsedTime(_start);
        if (_last != count)
        {
            _seen.Enqueue((now, count));
            _last = count;
        }
        while (_seen.Count > 1 && _seen.Peek().At < now - Window)
        {
            _seen.Dequeue();
        }
        var (at, first) = _seen.Peek();
        PerMinute = count > first && now > at ? (count - first) / (now - at).TotalMinutes : null;
    }

    /// <summary>-1 where that cannot be told.</summary>
    public int SecondsFor(long count) => PerMinute is { } rate ? (int)Math.Min(int.MaxValue, Math.Ceiling(count / rate * 60)) : -1;
}
