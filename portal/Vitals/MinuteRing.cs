namespace IoTJobsToolkit.Portal.Vitals;

/// <summary>Counts for each minute of the last hour; older ones are forgotten.</summary>
internal sealed class MinuteRing
{
    public const int Minutes = 60;

    private readonly int[] _counts = new int[Minutes];
    private long _latest;

    public static long MinuteOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;

    public void Add(DateTimeOffset at)
    {
        var minute = MinuteOf(at);
        Advance(minute);
        if (minute > _latest - Minutes)
        {
            _counts[minute % Minutes]++;
        }
    }

    /// <summary>The sum over the minute of <paramref name="now"/> and those before it, <paramref name="minutes"/> in all.</summary>
    public int Sum(DateTimeOffset now, int minutes = Minutes)
    {
        Advance(MinuteOf(now));
        var sum = 0;
        for (var minute = _latest - minutes + 1; minute <= _latest; minute++)
        {
            sum += _counts[minute % Minutes];
        }
        return sum;
    }

    /// <summary>The count of one minute of the hour before <paramref name="now"/>: 0 is the oldest.</summary>
    public int At(DateTimeOffset now, int index)
    {
        Advance(MinuteOf(now));
        return _counts[(_latest - Minutes + 1 + index) % Minutes];
    }

    private void Advance(long minute)
    {
        if (minute - _latest >= Minutes)
        {
            Array.Clear(_counts);
            _latest = minute;
        }
        while (_latest < minute)
        {
            _counts[++_latest % Minutes] = 0;
        }
    }
}
