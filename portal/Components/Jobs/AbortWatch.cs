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

    /// <summary>How many failures one after the other cancel the job; null where no number of them does any more.</summary>
    public long? FailuresLeft
    {
        get
        {
            long? byShare = Threshold < 100 ? (long)Math.Ceiling((Threshold * Completed - 100 * Failures) / (100 - Threshold))
                : Failures == Completed ? 1
                : null;
            return byShare is { } left ? Math.Max(1, Math.Max(left, Minimum - Completed)) : null;
        }
    }

    public static IEnumerable<AbortWatch> All(JobDetail job) => All(job.AbortConfig, job.Counts());

    /// <summary>The criterion closest to canceling its job, of one which can still be aborted: high shares of too few executions come after it.</summary>
    public static AbortWatch? Nearest(JobDetail job) => Nearest(job.Status, job.AbortConfig, job.Counts());

    public static AbortWatch? Nearest(JobStatus status, AbortConfig? config, ExecutionCounts counts) =>
        config is not null && status is JobStatus.IN_PROGRESS or JobStatus.SCHEDULED
            ? All(config, counts).MaxBy(watch => (watch is { IsNear: true, FailuresLeft: not null }, watch.Percentage / watch.Threshold))
            : null;

    private static IEnumerable<AbortWatch> All(AbortConfig? config, ExecutionCounts counts) =>
        (config?.CriteriaList ?? []).Select(criterion => new AbortWatch(criterion, FailuresOf(criterion, counts), counts.Completed));

    private static long FailuresOf(AbortCriteria criterion, ExecutionCounts counts) => criterion.FailureType switch
    {
        JobExecutionFailureType.FAILED => counts.Failed,
        JobExecutionFailureType.REJECTED => counts.Rejected,
        JobExecutionFailureType.TIMED_OUT => counts.TimedOut,
        _ => counts.Failed + counts.Rejected + counts.TimedOut,
    };
}
