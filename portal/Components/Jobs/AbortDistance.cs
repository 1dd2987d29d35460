using System.Globalization;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>How far one abort criterion is from canceling its job, in executions (jobs-reference 6.2).</summary>
/// <param name="Percentage">Of what has ended.</param>
/// <param name="Threshold">At which the job is canceled.</param>
/// <param name="Minimum">Executions which must have ended before it counts.</param>
/// <param name="Missing">Failures in a row which would cancel the job, 1 or more; null where no number would.</param>
public sealed record AbortDistance(AbortWatch Watch, decimal Percentage, decimal Threshold, long Minimum, long? Missing)
{
    /// <summary>Executions that could still fail; null while more may be created.</summary>
    public long? Left { get; init; }

    public bool IsOutOfReach => Missing is not { } missing || missing > Left;

    public string Words => this switch
    {
        { Missing: null } => "It cannot be reached any more.",
        { IsOutOfReach: true } => $"It cannot be reached any more: it takes {Missing!.Value.Figure("failure", "failures")}, {Left!.Value.Figure("execution is", "executions are")} left.",
        { Missing: 1 } => "1 failure more cancels the job.",
        _ => $"{Missing!.Value.Figure()} failures more, one after the other, cancel the job.",
    };

    public string Figures => string.Create(
        CultureInfo.InvariantCulture,
        $"{Percentage:0.#}% now, {Watch.Failures.Figure()} of {Watch.Completed.Figure()} ended. Cancels at {Threshold:0.##}%, once {Minimum.Figure("has", "have")} ended.");

    public static AbortDistance Of(AbortWatch watch, long? left)
    {
        ArgumentNullException.ThrowIfNull(watch);
        var (failures, completed) = (watch.Failures, watch.Completed);
        var threshold = watch.Criterion.ThresholdPercentage ?? 100;
        var minimum = watch.Criterion.MinNumberOfExecutedThings ?? 1;
        // The smallest x, 1 or more, for which 100 (failures + x) >= threshold (completed + x) and completed + x >= minimum.
        long? byThreshold = threshold < 100 ? (long)Math.Ceiling(Math.Max(0, threshold * completed - 100m * failures) / (100 - threshold))
            : failures == completed ? 0
            : null;
        return new(watch, completed == 0 ? 0 : 100m * failures / completed, threshold, minimum, byThreshold is { } x ? Math.Max(Math.Max(1, x), minimum - completed) : null)
        {
            Left = left,
        };
    }

    /// <summary>Of a job that can still be aborted.</summary>
    public static IEnumerable<AbortDistance> All(JobDetail job)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (job.Status is not (JobStatus.IN_PROGRESS or JobStatus.SCHEDULED))
        {
            return [];
        }
        var mayGrow = job.IsConcurrent || job.Status == JobStatus.SCHEDULED || job.TargetSelection == TargetSelection.CONTINUOUS
            || job.JobExecutionsRetryConfig?.CriteriaList is { Count: > 0 };
        return AbortWatch.All(job).Select(watch => Of(watch, mayGrow ? null : job.Counts().Pending));
    }
}
