using System.Globalization;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Schedules;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>When a job runs, in sentences; times are UTC.</summary>
public static class ScheduleWords
{
    public static IEnumerable<(string Name, string Value)> Of(JobDetail job)
    {
        if (job.SchedulingConfig is not { } config)
        {
            yield break;
        }
        if (config.StartTime is { } start)
        {
            yield return ("Starts", Time(start));
        }
        if (config.EndTime is { } end)
        {
            yield return ("Ends", $"{Time(end)}; then {EndBehavior(config.EndBehavior)}");
        }
        foreach (var window in config.MaintenanceWindows ?? [])
        {
            yield return ("Maintenance window", $"{window.StartTime} for {((long)(window.DurationInMinutes ?? 0)).Figure("minute", "minutes")}");
        }
        foreach (var opening in job.ScheduledJobRollouts ?? [])
        {
            yield return ("Opens", Time(opening.StartTime));
        }
    }

    /// <summary>What a scheduled job waits for; null for one which waits for nothing.</summary>
    public static string? Waiting(JobDetail job) => job switch
    {
        { Status: not JobStatus.SCHEDULED } => null,
        { ScheduledJobRollouts: [var next, ..] } => $"The next maintenance window opens at {Time(next.StartTime)}.",
        { SchedulingConfig.StartTime: { } start } => $"It starts at {Time(start)}.",
        _ => "No maintenance window will open any more.",
    };

    private static string EndBehavior(JobEndBehavior? behavior) => behavior switch
    {
        JobEndBehavior.CANCEL => "what is queued is canceled, what is in progress goes on",
        JobEndBehavior.FORCE_CANCEL => "everything is canceled, what is in progress too",
        _ => "no more executions are created, those there are go on",
    };

    private static string Time(string text) => ScheduleTime.TryParse(text, out var time)
        ? $"{time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC"
        : text;
}
