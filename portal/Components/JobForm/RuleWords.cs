using System.Globalization;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Components.JobForm;

/// <summary>Rules of a job in sentences.</summary>
public static class RuleWords
{
    public static string Of(AbortCriteria rule, bool pauses = false)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(pauses ? "Pauses" : "Cancels")} the job when {rule.ThresholdPercentage?.ToString("0.##", CultureInfo.InvariantCulture) ?? "…"} % of at least {Figure(rule.MinNumberOfExecutedThings)} ended executions {Words(rule.FailureType)}.");
    }

    public static string Of(RetryCriteria rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var cause = rule.FailureType switch
        {
            RetryableFailureType.FAILED => "FAILED",
            RetryableFailureType.TIMED_OUT => "TIMED OUT",
            _ => "FAILED or TIMED OUT",
        };
        return $"A thing whose execution {cause} gets it again, up to {(rule.NumberOfRetries is { } retries ? ((long)retries).Figure("more time", "more times") : "… more times")}.";
    }

    public static string Words(JobExecutionFailureType? type) => type switch
    {
        JobExecutionFailureType.FAILED => "FAILED",
        JobExecutionFailureType.REJECTED => "were REJECTED",
        JobExecutionFailureType.TIMED_OUT => "TIMED OUT",
        _ => "FAILED, were REJECTED or TIMED OUT",
    };

    /// <summary>As in <c>2 h 5 min</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => "under a minute",
        { TotalHours: < 1 } => $"{time.Minutes} min",
        { TotalDays: < 1 } => time.Minutes == 0 ? $"{time.Hours} h" : $"{time.Hours} h {time.Minutes} min",
        _ => time.Hours == 0 ? $"{(int)time.TotalDays} d" : $"{(int)time.TotalDays} d {time.Hours} h",
    };

    private static string Figure(int? number) => number is { } given ? ((long)given).Figure() : "…";
}
