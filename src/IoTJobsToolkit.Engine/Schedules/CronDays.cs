namespace IoTJobsToolkit.Engine.Schedules;

/// <summary>The days which Day-of-month or Day-of-week chooses, whichever of the two is not <c>?</c> (jobs-reference 9.5).</summary>
internal abstract class CronDays
{
    private const string Unchosen = "?";

    public static CronDays Parse(string dayOfMonth, string dayOfWeek) => (dayOfMonth, dayOfWeek) switch
    {
        (Unchosen, Unchosen) => throw CronField.DayOfWeek.Refused(
            dayOfWeek, "exactly one of Day-of-month and Day-of-week must be ?, and here both are"),
        (_, Unchosen) => new CronDaysOfMonth(dayOfMonth),
        (Unchosen, _) => new CronDaysOfWeek(dayOfWeek),
        _ => throw CronField.DayOfWeek.Refused(
            dayOfWeek, $"exactly one of Day-of-month and Day-of-week must be ?, and Day-of-month is '{dayOfMonth}'"),
    };

    public abstract DaySet In(CronMonth month);
}

/// <summary>Numbers, <c>L</c> for the last day, <c>15W</c> for the weekday nearest to the 15th, <c>LW</c> for the last weekday.</summary>
internal sealed class CronDaysOfMonth : CronDays
{
    private readonly DaySet _numbers;
    private readonly List<int> _nearestWeekdays = [];
    private readonly bool _last;
    private readonly bool _lastWeekday;

    public CronDaysOfMonth(string field)
    {
        var chosen = new bool[CronField.DayOfMonth.Max];
        foreach (var item in field.Split(','))
        {
            if (item.Equals("L", StringComparison.OrdinalIgnoreCase))
            {
                _last = true;
            }
            else if (item.Equals("LW", StringComparison.OrdinalIgnoreCase))
            {
                _lastWeekday = true;
            }
            else if (item.EndsWith('W') || item.EndsWith('w'))
            {
                _nearestWeekdays.Add(CronField.DayOfMonth.Value(item[..^1]));
            }
            else
            {
                CronField.DayOfMonth.Choose(item, chosen);
            }
        }
        _numbers = DaySet.Of(chosen);
    }

    public override DaySet In(CronMonth month)
    {
        var days = _numbers.Within(month.Days);
        foreach (var day in _nearestWeekdays)
        {
            days = day <= month.Days ? days.With(month.NearestWeekday(day)) : days;
        }
        days = _last ? days.With(month.Days) : days;
        return _lastWeekday ? days.With(month.NearestWeekday(month.Days)) : days;
    }
}

/// <summary>Days from SUN (1) to SAT (7), <c>L</c> for SAT, <c>6L</c> for the last FRI of the month, <c>3#2</c> for the second TUE.</summary>
internal sealed class CronDaysOfWeek : CronDays
{
    private readonly bool[] _days = new bool[7];
    private readonly List<int> _lastOfMonth = [];
    private readonly (int Day, int Which)? _numbered;

    public CronDaysOfWeek(string field)
    {
        if (field.Contains('#', StringComparison.Ordinal))
        {
            _numbered = Numbered(field);
            return;
        }
        foreach (var item in field.Split(','))
        {
            if (item.Equals("L", StringComparison.OrdinalIgnoreCase))
            {
                _days[^1] = true;
            }
            else if (item.EndsWith('L') || item.EndsWith('l'))
            {
                _lastOfMonth.Add(CronField.DayOfWeek.Value(item[..^1]));
            }
            else
            {
                CronField.DayOfWeek.Choose(item, _days);
            }
        }
    }

    public override DaySet In(CronMonth month)
    {
        if (_numbered is var (weekday, which))
        {
            var day = month.First(weekday) + 7 * (which - 1);
            return day <= month.Days ? default(DaySet).With(day) : default;
        }
        var days = default(DaySet);
        for (var i = 0; i < _days.Length; i++)
        {
            days = _days[i] ? days.WithEverySeventh(month.First(i + 1)) : days;
        }
        days = days.Within(month.Days);
        foreach (var last in _lastOfMonth)
        {
            days = days.With(month.Last(last));
        }
        return days;
    }

    private static (int Day, int Which) Numbered(string field)
    {
        var parts = field.Split('#');
        if (parts.Length > 2 || field.Contains(',', StringComparison.Ordinal))
        {
            throw CronField.DayOfWeek.Refused(field, "a day with # must stand alone");
        }
        return CronField.Number(parts[1]) is { } which and >= 1 and <= 5
            ? (CronField.DayOfWeek.Value(parts[0]), which)
            : throw CronField.DayOfWeek.Refused(field, "the number after # must be from 1 to 5");
    }
}
