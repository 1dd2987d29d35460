using System.Text.Json.Serialization;

namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>How presigned URLs in the job's document are made (jobs-reference 10).</summary>
public sealed record PresignedUrlConfig
{
    /// <summary>Role that may read the objects; 20..2048 characters.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Life of each URL in seconds, 60..3600; 3600 when absent.</summary>
    public long? ExpiresInSec { get; init; }
}

/// <summary>How fast executions are created (jobs-reference 5).</summary>
public sealed record JobExecutionsRolloutConfig
{
    /// <summary>Upper bound of executions per minute, 1..1000; 1000 when absent.</summary>
    public int? MaximumPerMinute { get; init; }

    public ExponentialRolloutRate? ExponentialRate { get; init; }
}

/// <summary>A rate which multiplies itself each time a further multiple of a criterion is reached (jobs-reference 5.3).</summary>
public sealed record ExponentialRolloutRate
{
    /// <summary>1..1000 executions per minute.</summary>
    public int? BaseRatePerMinute { get; init; }

    /// <summary>1.1..5, at most one decimal digit.</summary>
    public decimal? IncrementFactor { get; init; }

    public RateIncreaseCriteria? RateIncreaseCriteria { get; init; }

    /// <summary>Where older documents write the maximum; read as the outer one when that is absent (C-4).</summary>
    public int? MaximumPerMinute { get; init; }
}

/// <summary>When an exponential rate grows: at least one of the two, each 1 or more (C-12).</summary>
public sealed record RateIncreaseCriteria
{
    public int? NumberOfNotifiedThings { get; init; }

    public int? NumberOfSucceededThings { get; init; }
}

/// <summary>When a job cancels itself (jobs-reference 6).</summary>
public sealed record AbortConfig
{
    public IReadOnlyList<AbortCriteria>? CriteriaList { get; init; }
}

public enum JobExecutionFailureType
{
    FAILED,
    REJECTED,
    TIMED_OUT,
    ALL,
}

public enum AbortAction
{
    CANCEL,
}

/// <summary>One reason for a job to cancel itself; all four members are required (jobs-reference 6.1).</summary>
public sealed record AbortCriteria
{
    public JobExecutionFailureType? FailureType { get; init; }

    public AbortAction? Action { get; init; }

    /// <summary>Above 0, up to 100, at most two decimal digits.</summary>
    public decimal? ThresholdPercentage { get; init; }

    /// <summary>Completed executions before the criterion is looked at, 1 or more.</summary>
    public int? MinNumberOfExecutedThings { get; init; }
}

/// <summary>How long an execution may be IN_PROGRESS (jobs-reference 7).</summary>
public sealed record TimeoutConfig
{
    /// <summary>1..10080 minutes; no timer when absent.</summary>
    public long? InProgressTimeoutInMinutes { get; init; }
}

/// <summary>Which failures get another attempt (jobs-reference 8).</summary>
public sealed record JobExecutionsRetryConfig
{
    public IReadOnlyList<RetryCriteria>? CriteriaList { get; init; }
}

public enum RetryableFailureType
{
    FAILED,
    TIMED_OUT,
    ALL,
}

public sealed record RetryCriteria
{
    public RetryableFailureType? FailureType { get; init; }

    /// <summary>0..10; 10 over all criteria together.</summary>
    public int? NumberOfRetries { get; init; }
}

public enum JobEndBehavior
{
    STOP_ROLLOUT,
    CANCEL,
    FORCE_CANCEL,
}

/// <summary>When a job runs (jobs-reference 9).</summary>
public sealed record SchedulingConfig
{
    public string? StartTime { get; init; }

    public string? EndTime { get; init; }

    public JobEndBehavior? EndBehavior { get; init; }

    public IReadOnlyList<MaintenanceWindow>? MaintenanceWindows { get; init; }
}

public sealed record MaintenanceWindow
{
    /// <summary>A cron expression in AWS's six fields, UTC (jobs-reference 9.5).</summary>
    public string? StartTime { get; init; }

    /// <summary>1..1430 minutes.</summary>
    public int? DurationInMinutes { get; init; }
}

public sealed record Tag
{
    /// <summary>Of a job, a job template or a thing group (jobs-reference 13.1).</summary>
    public const int MaxPerResource = 50;

    [JsonPropertyName("Key")]
    public string? Key { get; init; }

    [JsonPropertyName("Value")]
    public string? Value { get; init; }
}
