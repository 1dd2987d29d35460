namespace IoTJobsToolkit.Engine.Rates;

/// <summary>
/// A token bucket which holds one second's worth. It is kept as the one instant at which it will be full again: each call moves that on by the
/// time one token takes, and there is none left where that would be more than a second away.
/// </summary>
/// <param name="of">What is limited, as a refusal names it.</param>
internal sealed class RequestRate(TimeProvider clock, int perSecond, string of)
{
    private readonly long _token = clock.TimestampFrequency / perSecond;
    private long _full = clock.GetTimestamp();

    public int PerSecond => perSecond;

    public string Of => of;

    /// <summary>Takes a token; false where none is left. Callers of all threads share the tokens without a lock.</summary>
    public bool TryTake()
    {
        while (true)
        {
            var now = clock.GetTimestamp();
            var full = Volatile.Read(ref _full);
            var next = Math.Max(full, now) + _token;
            if (next > now + perSecond * _token)
            {
                return false;
            }
            if (Interlocked.CompareExchange(ref _full, next, full) == full)
            {
                return true;
            }
        }
    }
}
