using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// The configurations of a job or a job template: in short, and flattened as AWS's own module flattens them. Criteria are records, hashtables or
/// objects. What is given in both ways is refused.
/// </summary>
public abstract class ConfigurationCmdlet : ChangingCmdlet
{
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? PresignedUrlConfig_RoleArn { get; set; }

    /// <summary>Seconds, or a time span; 60 seconds to an hour.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationArgument(DurationUnit.Seconds)]
    public long? PresignedUrlConfig_ExpiresInSec { get; set; }

    /// <summary>Executions per minute, 1 to 1000; or a rate that grows, as '50..1000 x1.5 every 100 notified'.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [RolloutRateArgument]
    [ArgumentCompleter(typeof(RolloutRateCompleter))]
    public JobExecutionsRolloutConfig? RolloutPerMinute { get; set; }

    /// <summary>When the job cancels itself, as 'FAILED >= 20% of 100'; each criterion for itself.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AbortCriteriaArgument]
    [ArgumentCompleter(typeof(AbortCriteriaCompleter))]
    public AbortCriteria[]? AbortWhen { get; set; }

    /// <summary>How long an execution may be IN_PROGRESS: whole minutes, or a time span; 1 minute to 7 days.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Timeout")]
    [DurationArgument(DurationUnit.Minutes)]
    public long? TimeoutMinutes { get; set; }

    /// <summary>Further attempts: 3 for failures and timeouts together, or 'FAILED 3', 'TIMED_OUT 2'; 10 at most.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [RetryCriteriaArgument]
    [ArgumentCompleter(typeof(RetryCriteriaCompleter))]
    public RetryCriteria[]? Retry { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? JobExecutionsRolloutConfig_MaximumPerMinute { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public ExponentialRolloutRate? JobExecutionsRolloutConfig_ExponentialRate { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public AbortCriteria[]? AbortConfig_CriteriaList { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("TimeoutConfig_InProgressTimeoutInMinutes")]
    [DurationArgument(DurationUnit.Minutes)]
    public long? TimeoutConfig_InProgressTimeoutInMinute { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public RetryCriteria[]? JobExecutionsRetryConfig_CriteriaList { get; set; }

    private protected PresignedUrlConfig? PresignedUrlConfig =>
        PresignedUrlConfig_RoleArn is null && PresignedUrlConfig_ExpiresInSec is null
            ? null
            : new() { RoleArn = PresignedUrlConfig_RoleArn, ExpiresInSec = PresignedUrlConfig_ExpiresInSec };

    private protected JobExecutionsRolloutConfig? RolloutConfig => TwoWays.Either(
        this,
        "rollout",
        (nameof(RolloutPerMinute), RolloutPerMinute),
        (JobExecutionsRolloutConfig_MaximumPerMinute is null ? nameof(JobExecutionsRolloutConfig_ExponentialRate) : nameof(JobExecutionsRolloutConfig_MaximumPerMinute),
            FlatRollout));

    private protected AbortConfig? AbortConfig => Config(
        TwoWays.Either(this, "abort", (nameof(AbortWhen), AbortWhen), (nameof(AbortConfig_CriteriaList), AbortConfig_CriteriaList)),
        criteria => new AbortConfig { CriteriaList = criteria });

    private protected TimeoutConfig? TimeoutConfig => TwoWays.Either(
        this,
        "timeout",
        (nameof(TimeoutMinutes), Timeout(TimeoutMinutes)),
        (nameof(TimeoutConfig_InProgressTimeoutInMinute), Timeout(TimeoutConfig_InProgressTimeoutInMinute)));

    private protected JobExecutionsRetryConfig? RetryConfig => Config(
        TwoWays.Either(this, "retry", (nameof(Retry), Retry), (nameof(JobExecutionsRetryConfig_CriteriaList), JobExecutionsRetryConfig_CriteriaList)),
        criteria => new JobExecutionsRetryConfig { CriteriaList = criteria });

    private JobExecutionsRolloutConfig? FlatRollout =>
        JobExecutionsRolloutConfig_MaximumPerMinute is null && JobExecutionsRolloutConfig_ExponentialRate is null
            ? null
            : new()
            {
                MaximumPerMinute = JobExecutionsRolloutConfig_MaximumPerMinute,
                ExponentialRate = JobExecutionsRolloutConfig_ExponentialRate,
            };

    /// <summary>The document of the job, given as text or object, or as a file.</summary>
    private protected string? DocumentOf(string? document, string? documentPath) => TwoWays.Either(
        this,
        "document",
        ("Document", document),
        ("DocumentPath", documentPath is null ? null : DocumentFile.Read(this, documentPath)));

    private static TimeoutConfig? Timeout(long? minutes) => minutes is null ? null : new() { InProgressTimeoutInMinutes = minutes };

    private static TConfig? Config<TCriteria, TConfig>(TCriteria? criteria, Func<TCriteria, TConfig> config)
        where TCriteria : class
        where TConfig : class => criteria is null ? null : config(criteria);
}
