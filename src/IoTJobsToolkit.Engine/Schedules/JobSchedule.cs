using System.Globalization;
using System.Runtime.CompilerServices;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Schedules;

/// <summary>
/// When a job is open: its executions may be created and shown to devices (jobs-reference 9.2, 9.4). What happens at the end
/// (jobs-reference 9.3) is not looked at here: <see cref="End"/> is for the caller to heed.
/// </summary>
public sealed class JobSchedule
{
    private static readonly ConditionalWeakTable<SchedulingConfig, JobSchedule> Known = [];

    private readonly WindowCalendar? _windows;

    private JobSchedule(SchedulingConfig config)
    {
        Start = Time(config.StartTime);
        End = Time(config.EndTime);
        EndBehavior = config.EndBehavior ?? JobEndBehavior.STOP_ROLLOUT;
        _windows = config.MaintenanceWindows is { Count: > 0 } windows ? new(windows) : null;
    }

    public DateTimeOffset? Start { get; }

    public DateTimeOffset? End { get; }

    public JobEndBehavior EndBehavior { get; }

    public bool HasWindows => _windows is not null;

    /// <summary>The schedule of a checked configuration, read once for each instance of it; null for null.</summary>
    /// <exception cref="FormatException">The configuration was not checked, and a time or cron expression in it cannot be read.</exception>
    public static JobSchedule? Of(SchedulingConfig? config) =>
        config is null ? null : Known.GetValue(config, static given => new(given));

    /// <summary>
    /// Whether <paramref name="at"/> is at or after <see cref="Start"/> and, where there are windows, inside one: from its opening on,
    /// up to but not at the opening plus its duration.
    /// </summary>
    public bool IsOpen(DateTimeOffset at) => !(at < Start) && _windows?.IsOpen(at) is not false;

    /// <summary>The first instant at or after <paramref name="from"/> and <see cref="Start"/> which is open; null when none follows.</summary>
    public DateTimeOffset? OpensAt(DateTimeOffset from)
    {
        var first = from < Start ? Start.Value : from;
        return _windows is null || _windows.IsOpen(first) ? first : _windows.NextOpening(first);
    }

    /// <summary>
    /// For an open instant, the first one after it that is outside every window; windows which overlap or follow each other at once
    /// are one. Null when there are no windows or <paramref name="at"/> is not open.
    /// </summary>
    /// <remarks>
    /// Windows may follow each other without end (every minute, five minutes long), so the search goes at most 1,000 windows ahead
    /// (windows of one expression that join within a day count as one). The instant it gives then is still open: ask
    /// <see cref="IsOpen"/> there, and search again from it.
    /// </remarks>
    public DateTimeOffset? ClosesAt(DateTimeOffset at) => _windows is not null && IsOpen(at) ? _windows.ClosesAt(at) : null;

    /// <summary>
    /// The next changes from closed to open after <paramref name="now"/>, those at or after <see cref="End"/> left out
    /// (jobs-reference 9.6). Fewer when no more follow, or when windows follow each other for so long that
    /// <see cref="ClosesAt"/> gives up; none without windows.
    /// </summary>
    public IReadOnlyList<DateTimeOffset> NextOpenings(DateTimeOffset now, int count)
    {
        List<DateTimeOffset> openings = [];
        var time = ClosesAt(now) ?? now;
        while (_windows is not null && openings.Count < count && !(time > now && IsOpen(time)) &&
            OpensAt(time) is { } opening && !(opening >= End))
        {
            openings.Add(opening);
            time = _windows.ClosesAt(opening);
        }
        return openings;
    }

    /// <summary>The instant as jobs-reference 9.6 shows it, <c>yyyy-MM-ddTHH:mm:ssZ</c>; parts of a second are cut off.</summary>
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH':'mm':'ss'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string? text) => text switch
    {
        null => null,
        _ when ScheduleTime.TryParse(text, out var time) => time,
        _ => throw new FormatException($"'{text}' is no date and time"),
    };
}
