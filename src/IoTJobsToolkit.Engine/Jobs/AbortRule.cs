using System.Globalization;

namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>Whether the results so far cancel a job (jobs-reference 6.2).</summary>
public static class AbortRule
{
    public const string ReasonCode = "ABORT_CRITERIA_MET";

    private const string Beginning = "Aborted automatically: ";

    /// <summary>Whether a job was canceled by its own criteria.</summary>
    public static bool HasAborted(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job is { Status: JobStatus.CANCELED, ReasonCode: ReasonCode } && job.Comment?.StartsWith(Beginning, StringComparison.Ordinal) == true;
    }

    /// <summary>The comment of the first criterion which is met (6.3); null while none is.</summary>
    public static string? Met(AbortConfig? config, ExecutionCounts counts)
    {
        foreach (var criterion in config?.CriteriaList ?? [])
        {
            if (Met(criterion.FailureType, criterion.MinNumberOfExecutedThings, criterion.ThresholdPercentage, counts) is { } figures)
            {
                return Beginning + figures;
            }
        }
        return null;
    }

    /// <summary>The figures by which a criterion is met; null while it is not.</summary>
    internal static string? Met(JobExecutionFailureType? type, int? minimum, decimal? threshold, ExecutionCounts counts)
    {
        var failures = type switch
        {
            JobExecutionFailureType.FAILED => counts.Failed,
            JobExecutionFailureType.REJECTED => counts.Rejected,
            JobExecutionFailureType.TIMED_OUT => counts.TimedOut,
            _ => counts.Failures,
        };
        if (!(counts.Completed >= minimum && 100m * failures >= threshold * counts.Completed))
        {
            return null;
        }
        var percentage = decimal.Round(100m * failures / counts.Completed, 2, MidpointRounding.AwayFromZero);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{type} {failures} of {counts.Completed} executions ({percentage:0.##}%), threshold {threshold:0.##}%, minimum {minimum}.");
    }
}
