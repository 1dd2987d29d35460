using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Schedules;

/// <summary>All maintenance windows of a job, laid over time; those which overlap or follow each other at once are one (jobs-reference 9.4).</summary>
internal sealed class WindowCalendar(IEnumerable<MaintenanceWindow> windows)
{
    /// <summary>How many windows one search for a closing joins; a day of windows which a single expression opens counts as one.</summary>
    private const int MaxJoined = 1_000;

    private readonly RecurringWindow[] _windows = [.. windows.Select(RecurringWindow.Of)];

    public bool IsOpen(DateTimeOffset at)
    {
        foreach (var window in _windows)
        {
            if (window.OpeningNotOverAt(at) <= at)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The first opening of any window at or after <paramref name="from"/>.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset from)
    {
        DateTimeOffset? first = null;
        foreach (var window in _windows)
        {
            var opening = window.Openings.NextAtOrAfter(from);
            first = first is null || opening < first ? opening ?? first : first;
        }
        return first;
    }

    /// <summary>The first instant after <paramref name="at"/>, which is inside a window, that is in none; bounded by <see cref="MaxJoined"/>.</summary>
    public DateTimeOffset ClosesAt(DateTimeOffset at)
    {
        var closing = at;
        var openings = Array.ConvertAll(_windows, window => window.OpeningNotOverAt(at));
        for (var joined = 0; joined < MaxJoined && OpenBy(closing, openings) is { } i; joined++)
        {
            var end = _windows[i].EndOfRun(openings[i]!.Value);
            closing = end > closing ? end : closing;
            openings[i] = _windows[i].OpeningNotOverAt(closing);
        }
        return closing;
    }

    private static int? OpenBy(DateTimeOffset time, DateTimeOffset?[] openings)
    {
        for (var i = 0; i < openings.Length; i++)
        {
            if (openings[i] <= time)
            {
                return i;
            }
        }
        return null;
    }
}

/// <summary>One maintenance window with all its repetitions.</summary>
internal sealed record RecurringWindow(CronExpression Openings, TimeSpan Duration)
{
    public static RecurringWindow Of(MaintenanceWindow window) =>
        new(CronExpression.Parse(window.StartTime!), TimeSpan.FromMinutes(window.DurationInMinutes!.Value));

    /// <summary>The first opening, past or to come, whose window ends after <paramref name="time"/>.</summary>
    public DateTimeOffset? OpeningNotOverAt(DateTimeOffset time) => Openings.NextAtOrAfter(
        time - DateTimeOffset.MinValue > Duration ? (time - Duration).AddTicks(1) : DateTimeOffset.MinValue);

    /// <summary>When the window of <paramref name="opening"/> ends, together with those of the same day which join it without a gap.</summary>
    public DateTimeOffset EndOfRun(DateTimeOffset opening) => Openings.LastOfRun(opening, Duration) + Duration;
}
