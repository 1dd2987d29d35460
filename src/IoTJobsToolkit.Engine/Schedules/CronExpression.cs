namespace IoTJobsToolkit.Engine.Schedules;

/// <summary>
/// AWS's cron expression, <c>cron(Minutes Hours Day-of-month Month Day-of-week Year)</c>, read in UTC (jobs-reference 9.5).
/// </summary>
/// <remarks>
/// Each field is a list of <c>*</c>, values and ranges <c>a-b</c>, and each of these may have a step, but for Day-of-week: <c>x/y</c>
/// runs from x to the field's end. Exactly one of Day-of-month and Day-of-week is <c>?</c>. Where the reference is silent:
/// <list type="bullet">
/// <item>A range that runs backwards goes around, as in Quartz whose syntax this is: <c>FRI-MON</c> holds four days, <c>22-2</c> five
/// hours. Years do not come again, so there it is refused.</item>
/// <item>A step is at least 1 and at most the field's greatest value, so that no step is written which is never taken.</item>
/// <item><c>31W</c> is no day of a month without a 31st; <c>LW</c> is the last day from Monday to Friday.</item>
/// <item>Day names stand wherever a number does: <c>FRIL</c>, <c>TUE#2</c>. A day with <c>#</c> stands alone in its field.</item>
/// </list>
/// </remarks>
public sealed class CronExpression
{
    private const string Opening = "cron(";

    private readonly string _text;
    private readonly CronValues _minutes;
    private readonly CronValues _hours;
    private readonly CronValues _months;
    private readonly CronValues _years;
    private readonly CronDays _days;

    /// <summary>False for dates that never come, such as 31 FEB: found once, by a look at all years.</summary>
    private readonly bool _everFires = true;

    private CronExpression(string text, string[] fields)
    {
        _text = text;
        _minutes = CronField.Minutes.Values(fields[0]);
        _hours = CronField.Hours.Values(fields[1]);
        _months = CronField.Month.Values(fields[3]);
        _days = CronDays.Parse(fields[2], fields[4]);
        _years = CronField.Year.Values(fields[5]);
        _everFires = NextAtOrAfter(DateTimeOffset.MinValue) is not null;
    }

    /// <exception cref="FormatException">The text is no expression; the message names the field, the value and the rule.</exception>
    public static CronExpression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith(Opening, StringComparison.Ordinal) || !text.EndsWith(')'))
        {
            throw new FormatException($"Expression '{text}': it must begin with cron( and end with )");
        }
        var fields = text[Opening.Length..^1].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 6
            ? new(text, fields)
            : throw new FormatException(
                $"Expression '{text}': it must hold six fields, Minutes Hours Day-of-month Month Day-of-week Year, not {fields.Length}");
    }

    /// <summary>The first firing at or after <paramref name="time"/>, a whole minute in UTC; null when there is none up to 2199.</summary>
    public DateTimeOffset? NextAtOrAfter(DateTimeOffset time)
    {
        var from = time.UtcDateTime;
        if (!_everFires || from.Year > CronField.Year.Max)
        {
            return null;
        }
        var wholeMinutes = (from.Ticks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute;
        from = new(wholeMinutes * TimeSpan.TicksPerMinute, DateTimeKind.Utc);

        for (var year = _years.Next(from.Year); year is { } y; year = _years.Next(y + 1))
        {
            var begun = y == from.Year;
            for (var month = _months.Next(begun ? from.Month : 1); month is { } m; month = _months.Next(m + 1))
            {
                if (NextInMonth(y, m, begun && m == from.Month ? from : null) is { } firing)
                {
                    return firing;
                }
            }
        }
        return null;
    }

    /// <summary>
    /// The last firing of <paramref name="firing"/>'s day that can be reached from it without a pause longer than
    /// <paramref name="pause"/>, or an earlier one of these where the minutes of the expression have pauses that long.
    /// </summary>
    internal DateTimeOffset LastOfRun(DateTimeOffset firing, TimeSpan pause)
    {
        if (_minutes.WidestStep > pause.TotalMinutes)
        {
            return firing;
        }
        var hour = firing.Hour;
        while (_hours.Next(hour + 1) is { } next && (next - hour) * 60 + _minutes.First - _minutes.Last <= pause.TotalMinutes)
        {
            hour = next;
        }
        return At(firing.Year, firing.Month, firing.Day, hour, _minutes.Last);
    }

    public override string ToString() => _text;

    /// <param name="from">The instant to begin with, where it lies in this very month; else the month's first.</param>
    private DateTimeOffset? NextInMonth(int year, int month, DateTime? from)
    {
        var days = _days.In(new(year, month));
        if (from is { } begun)
        {
            if (days.Contains(begun.Day) && NextInDay(begun.Hour, begun.Minute) is var (hour, minute))
            {
                return At(year, month, begun.Day, hour, minute);
            }
            days = days.After(begun.Day);
        }
        return days.First is { } day && NextInDay(0, 0) is var (firstHour, firstMinute)
            ? At(year, month, day, firstHour, firstMinute)
            : null;
    }

    private (int Hour, int Minute)? NextInDay(int hour, int minute)
    {
        if (_hours.Next(hour) is not { } next)
        {
            return null;
        }
        if (_minutes.Next(next == hour ? minute : 0) is { } sameHour)
        {
            return (next, sameHour);
        }
        return _hours.Next(hour + 1) is { } later ? (later, _minutes.First) : null;
    }

    private static DateTimeOffset At(int year, int month, int day, int hour, int minute) =>
        new(year, month, day, hour, minute, 0, TimeSpan.Zero);
}
