using System.Numerics;

namespace IoTJobsToolkit.Engine.Schedules;

/// <summary>A month as the rules of days see it. Weekdays count from 1 = Sunday.</summary>
internal readonly struct CronMonth(int year, int month)
{
    private const int Sunday = 1;
    private const int Saturday = 7;

    private readonly int _weekdayOfFirst = (int)new DateTime(year, month, 1).DayOfWeek + Sunday;

    public int Days { get; } = DateTime.DaysInMonth(year, month);

    public int First(int weekday) => 1 + (weekday - _weekdayOfFirst + 7) % 7;

    public int Last(int weekday) => First(weekday) is var first && first + 28 <= Days ? first + 28 : first + 21;

    /// <summary>The day from Monday to Friday of this month which is nearest to <paramref name="day"/>.</summary>
    public int NearestWeekday(int day) => ((_weekdayOfFirst + day - 2) % 7 + Sunday) switch
    {
        Saturday => day > 1 ? day - 1 : day + 2,
        Sunday => day < Days ? day + 1 : day - 2,
        _ => day,
    };
}

/// <summary>Days of one month, as bits.</summary>
internal readonly record struct DaySet(uint Bits)
{
    private const uint EverySeventh = 1u | 1u << 7 | 1u << 14 | 1u << 21 | 1u << 28;

    public int? First => Bits == 0 ? null : BitOperations.TrailingZeroCount(Bits);

    public bool Contains(int day) => (Bits & 1u << day) != 0;

    public DaySet With(int day) => new(Bits | 1u << day);

    public DaySet WithEverySeventh(int first) => new(Bits | EverySeventh << first);

    public DaySet After(int day) => new(Bits & uint.MaxValue << day << 1);

    public DaySet Within(int days) => new(Bits & uint.MaxValue >> 31 - days);

    /// <param name="chosen">Whether each day is chosen, the 1st at index 0.</param>
    public static DaySet Of(bool[] chosen)
    {
        var days = default(DaySet);
        for (var i = 0; i < chosen.Length; i++)
        {
            days = chosen[i] ? days.With(i + 1) : days;
        }
        return days;
    }
}
