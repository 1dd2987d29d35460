using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Schedules;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>When a job runs, in sentences.</summary>
public static class ScheduleWords
{
    private const string Waits = "Waits";

    public static IEnumerable<JobFact> Of(JobDetail job)
    {
        if (job.SchedulingConfig is not { } config)
        {
            yield break;
        }
        if (config.StartTime is { } start)
        {
            yield return At("Starts", start, "");
        }
        if (config.EndTime is { } end)
        {
            yield return At("Ends", end, $"; then {EndBehavior(config.EndBehavior)}");
        }
        foreach (var window in config.MaintenanceWindows ?? [])
        {
            yield return new("Maintenance window", $"{window.StartTime} in UTC, for {((long)(window.DurationInMinutes ?? 0)).Figure("minute", "minutes")}");
        }
        foreach (var opening in job.ScheduledJobRollouts ?? [])
        {
            yield return At("Opens", opening.StartTime, "");
        }
    }

    /// <summary>What a scheduled job waits for, with the time at the end; null for one which waits for nothing.</summary>
    public static JobFact? Waiting(JobDetail job) => job switch
    {
        { Status: not JobStatus.SCHEDULED } => null,
        { ScheduledJobRollouts: [var next, ..] } => At(Waits, next.StartTime, "The next maintenance window opens at", isAfter: true),
        { SchedulingConfig.StartTime: { } start } => At(Waits, start, "It starts at", isAfter: true),
        _ => new(Waits, "No maintenance window will open any more."),
    };

    private static string EndBehavior(JobEndBehavior? behavior) => behavior switch
    {
        JobEndBehavior.CANCEL => "what is queued is canceled, what is in progress goes on",
        JobEndBehavior.FORCE_CANCEL => "everything is canceled, what is in progress too",
        _ => "no more executions are created, those there are go on",
    };

    /// <summary>A time that cannot be read stands as it was given.</summary>
    private static JobFact At(string name, string text, string words, bool isAfter = false) => ScheduleTime.TryParse(text, out var time)
        ? new(name, words, time)
        : new(name, isAfter ? $"{words} {text}." : text + words);
}
