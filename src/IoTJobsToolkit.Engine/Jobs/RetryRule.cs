using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>Whether a failed execution gets another attempt (jobs-reference 8).</summary>
public static class RetryRule
{
    /// <summary>The retries used once this failure has had its own; null when it gets none.</summary>
    public static RetriesUsed? Next(JobExecutionsRetryConfig? config, JobExecution failed)
    {
        var used = failed.RetriesUsed;
        foreach (var criterion in config?.CriteriaList ?? [])
        {
            var (matches, count) = (criterion.FailureType, failed.Status) switch
            {
                (RetryableFailureType.FAILED, JobExecutionStatus.FAILED) => (true, used.Failed),
                (RetryableFailureType.TIMED_OUT, JobExecutionStatus.TIMED_OUT) => (true, used.TimedOut),
                (RetryableFailureType.ALL, JobExecutionStatus.FAILED or JobExecutionStatus.TIMED_OUT) =>
                    (true, used.Failed + used.TimedOut),
                _ => (false, 0),
            };
            if (matches && count < criterion.NumberOfRetries)
            {
                return failed.Status == JobExecutionStatus.FAILED
                    ? used with { Failed = used.Failed + 1 }
                    : used with { TimedOut = used.TimedOut + 1 };
            }
        }
        return null;
    }
}
