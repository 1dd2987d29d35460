namespace IoTJobsToolkit.Engine.Work;

/// <summary>Background work that failed: it stays due and is tried again after a while, longer each time, up to a minute.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<long, (DateTimeOffset Until, TimeSpan Wait)> _failed = [];

    /// <summary>
    /// The next instant after <paramref name="now"/> at which something that failed may be tried again. What may be tried already and was
    /// not is no longer due, and wakes nobody.
    /// </summary>
    public DateTimeOffset? NextAfter(DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var (until, _) in _failed.Values)
        {
            next = until > now && !(next <= until) ? until : next;
        }
        return next;
    }

    public bool MayRun(long sequence, DateTimeOffset now) => !_failed.TryGetValue(sequence, out var failed) || failed.Until <= now;

    public void Failed(long sequence, DateTimeOffset now)
    {
        var wait = _failed.TryGetValue(sequence, out var before) ? TimeSpan.FromTicks(Math.Min(before.Wait.Ticks * 2, Longest.Ticks)) : First;
        _failed[sequence] = (now + wait, wait);
    }

    public void Succeeded(long sequence) => _failed.Remove(sequence);
}
