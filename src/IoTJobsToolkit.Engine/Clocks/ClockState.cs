namespace IoTJobsToolkit.Engine.Clocks;

/// <summary>How a virtual clock goes: from an instant of its own, at a rate, since a real instant.</summary>
/// <param name="At">Its time at <paramref name="Since"/>.</param>
/// <param name="Rate">Its seconds for each real one; 0 stands still.</param>
public sealed record ClockState(DateTimeOffset At, DateTimeOffset Since, double Rate)
{
    /// <summary>After this no calendar can be reckoned.</summary>
    internal static readonly DateTimeOffset End = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A real clock that was set back does not take it back.</summary>
    public DateTimeOffset TimeAt(DateTimeOffset real)
    {
        var elapsed = Math.Max(0, (real - Since).Ticks) * Rate;
        return elapsed >= (End - At).Ticks ? End : At.AddTicks((long)elapsed);
    }

    /// <summary>For how long in real time it does not reach an instant; null where it stands still.</summary>
    public TimeSpan? Until(DateTimeOffset instant, DateTimeOffset real)
    {
        var left = (instant - TimeAt(real)).Ticks;
        return left <= 0 ? TimeSpan.Zero : Rate == 0 ? null : TimeSpan.FromTicks((long)Math.Min(Math.Ceiling(left / Rate), TimeSpan.TicksPerDay));
    }
}
