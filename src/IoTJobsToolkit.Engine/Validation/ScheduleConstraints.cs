using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Schedules;

namespace IoTJobsToolkit.Engine.Validation;

/// <summary>
/// Constraints of a schedule's single members (jobs-reference 9.1, 9.5); those which need the clock or the rest of the job are
/// <see cref="ScheduleRules"/>.
/// </summary>
internal static class ScheduleConstraints
{
    /// <summary>Windows of one job (OPEN-14).</summary>
    private const int MaxWindows = 20;

    extension(Check check)
    {
        public void SchedulingConfig(SchedulingConfig? config)
        {
            if (config is null)
            {
                return;
            }
            const string root = "schedulingConfig";
            check.Time($"{root}.startTime", config.StartTime);
            check.Time($"{root}.endTime", config.EndTime);
            check.Defined($"{root}.endBehavior", config.EndBehavior);
            if (config is { EndBehavior: not null, EndTime: null })
            {
                throw Check.Failed($"{root}.endBehavior", config.EndBehavior, "Member needs endTime beside it");
            }
            check.MaintenanceWindows($"{root}.maintenanceWindows", config.MaintenanceWindows);
        }

        /// <param name="root">Name of the list: <c>schedulingConfig.maintenanceWindows</c> of a job, <c>maintenanceWindows</c> of a template.</param>
        public void MaintenanceWindows(string root, IReadOnlyList<MaintenanceWindow>? windows)
        {
            check.Count(root, windows, 0, MaxWindows);
            for (var i = 0; i < windows?.Count; i++)
            {
                var window = windows[i];
                var field = $"{root}.{i + 1}.member";
                check.Required(field, window);
                check.Required($"{field}.startTime", window.StartTime);
                check.Length($"{field}.startTime", window.StartTime, 1, 256);
                Cron($"{field}.startTime", window.StartTime!);
                check.Required($"{field}.durationInMinutes", window.DurationInMinutes);
                check.Range($"{field}.durationInMinutes", window.DurationInMinutes, 1, 1430);
            }
        }

        private void Time(string field, string? value)
        {
            check.Length(field, value, 1, 64);
            if (value is not null && !ScheduleTime.TryParse(value, out _))
            {
                throw Check.Failed(field, value, "Member must be a date and time such as 2026-12-01T10:30 or 2026-12-01T10:30:00Z");
            }
        }
    }

    private static void Cron(string field, string value)
    {
        try
        {
            CronExpression.Parse(value);
        }
        catch (FormatException refusal)
        {
            throw Check.Failed(field, value, $"Member must be a cron expression in AWS's six fields. {refusal.Message}");
        }
    }
}
