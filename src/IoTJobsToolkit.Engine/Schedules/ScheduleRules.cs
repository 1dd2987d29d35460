using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Schedules;

/// <summary>The rules of a schedule which need the clock or the rest of the job (jobs-reference 9.1). All bounds are inclusive.</summary>
public static class ScheduleRules
{
    private const string Root = "schedulingConfig";
    private static readonly TimeSpan Notice = TimeSpan.FromMinutes(30);

    /// <param name="config">A configuration whose single members have been checked.</param>
    /// <exception cref="JobsException">InvalidRequest: a rule is broken; the message names field, value and rule.</exception>
    public static void Check(SchedulingConfig config, TargetSelection selection, DateTimeOffset now)
    {
        var schedule = JobSchedule.Of(config)!;
        const string startTime = Root + ".startTime";
        NotBefore(startTime, config.StartTime, schedule.Start, now + Notice, "at least 30 minutes from now");
        NotAfter(startTime, config.StartTime, schedule.Start, Later(now, years: 1), "at most 1 year from now");

        const string endTime = Root + ".endTime";
        NotBefore(endTime, config.EndTime, schedule.End, now + Notice, "at least 30 minutes from now");
        NotAfter(endTime, config.EndTime, schedule.End, Later(now, years: 2), "at most 2 years from now");
        if (schedule.Start is { } start)
        {
            NotBefore(endTime, config.EndTime, schedule.End, start + Notice, "at least 30 minutes after startTime");
            NotAfter(endTime, config.EndTime, schedule.End, Later(start, years: 2), "at most 2 years after startTime");
        }

        if (schedule.HasWindows && selection != TargetSelection.CONTINUOUS)
        {
            throw Validation.Check.Failed(
                $"{Root}.maintenanceWindows", $"[{config.MaintenanceWindows!.Count} items]", "Member needs targetSelection CONTINUOUS");
        }
    }

    /// <summary>The same date and time of a later year; 28 February for 29 February where that year has none.</summary>
    private static DateTimeOffset Later(DateTimeOffset time, int years) => time.ToUniversalTime().AddYears(years);

    private static void NotBefore(string field, string? value, DateTimeOffset? time, DateTimeOffset earliest, string rule)
    {
        if (time < earliest)
        {
            // Up to a whole second, so that the instant which the message shows is accepted.
            throw Validation.Check.Failed(
                field, value, $"Member must be {rule}, {JobSchedule.Text(earliest.AddTicks(TimeSpan.TicksPerSecond - 1))} or later");
        }
    }

    private static void NotAfter(string field, string? value, DateTimeOffset? time, DateTimeOffset latest, string rule)
    {
        if (time > latest)
        {
            throw Validation.Check.Failed(field, value, $"Member must be {rule}, {JobSchedule.Text(latest)} or earlier");
        }
    }
}
