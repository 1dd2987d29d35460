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
            var failures = criterion.FailureType switch
            {
                JobExecutionFailureType.FAILED => counts.Failed,
                JobExecutionFailureType.REJECTED => counts.Rejected,
                JobExecutionFailureType.TIMED_OUT => counts.TimedOut,
                _ => counts.Failed + counts.Rejected + counts.TimedOut,
            };
            if (counts.Completed >= criterion.MinNumberOfExecutedThings &&
                100m * failures >= criterion.ThresholdPercentage * counts.Completed)
            {
                return Comment(criterion, failures, counts.Completed);
            }
        }
        return null;
    }

    private static string Comment(AbortCriteria criterion, long failures, long completed)
    {
        var percentage = decimal.Round(100m * failures / completed, 2, MidpointRounding.AwayFromZero);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Beginning}{criterion.FailureType} {failures} of {completed} executions ({percentage:0.##}%), " +
            $"threshold {criterion.ThresholdPercentage:0.##}%, minimum {criterion.MinNumberOfExecutedThings}.");
    }
}
