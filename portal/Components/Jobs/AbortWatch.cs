using System.Globalization;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>How close one abort criterion is to canceling its job (jobs-reference 6.2).</summary>
public sealed record AbortWatch(AbortCriteria Criterion, long Failures, long Completed)
{
    private decimal Threshold => Criterion.ThresholdPercentage ?? 100;

    private decimal Percentage => Completed == 0 ? 0 : 100m * Failures / Completed;

    private long Minimum => Criterion.MinNumberOfExecutedThings ?? 1;

    /// <summary>Two thirds of the threshold are reached, and so is half of the minimum.</summary>
    public bool IsNear => Failures > 0 && 3 * Percentage >= 2 * Threshold && 2 * Completed >= Minimum;

    public string Kind => Criterion.FailureType is { } type and not JobExecutionFailureType.ALL
        ? Enum.Parse<JobExecutionStatus>(type.ToString()).Words().ToLowerInvariant()
        : "failed, rejected or timed out";

    public string Short => string.Create(CultureInfo.InvariantCulture, $"{Percentage:0.#}% of {Threshold:0.##}%");

    public string Sentence => string.Create(
        CultureInfo.InvariantCulture,
        $"Cancels the job at {Threshold:0.##}% {Kind}, once {Minimum.Figure("execution has", "executions have")} ended; now {Failures.Figure()} of {Completed.Figure()} ({Percentage:0.#}%).");

    public static IEnumerable<AbortWatch> All(JobDetail job)
    {
        var counts = job.Counts();
        return (job.AbortConfig?.CriteriaList ?? []).Select(criterion => new AbortWatch(criterion, FailuresOf(criterion, counts), counts.Completed));
    }

    /// <summary>The criterion closest to its threshold, of a job which can still be aborted.</summary>
    public static AbortWatch? Nearest(JobDetail job) =>
        job.Status is JobStatus.IN_PROGRESS or JobStatus.SCHEDULED ? All(job).MaxBy(watch => watch.Percentage / watch.Threshold) : null;

    private static long FailuresOf(AbortCriteria criterion, ExecutionCounts counts) => criterion.FailureType switch
    {
        JobExecutionFailureType.FAILED => counts.Failed,
        JobExecutionFailureType.REJECTED => counts.Rejected,
        JobExecutionFailureType.TIMED_OUT => counts.TimedOut,
        _ => counts.Failed + counts.Rejected + counts.TimedOut,
    };
}
