using System.Management.Automation;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>The configurations of a job or a job template, flattened as AWS's own module flattens them. Criteria are records, hashtables or objects.</summary>
public abstract class ConfigurationCmdlet : ChangingCmdlet
{
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? PresignedUrlConfig_RoleArn { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? PresignedUrlConfig_ExpiresInSec { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? JobExecutionsRolloutConfig_MaximumPerMinute { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public ExponentialRolloutRate? JobExecutionsRolloutConfig_ExponentialRate { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public AbortCriteria[]? AbortConfig_CriteriaList { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("TimeoutConfig_InProgressTimeoutInMinutes")]
    public long? TimeoutConfig_InProgressTimeoutInMinute { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public RetryCriteria[]? JobExecutionsRetryConfig_CriteriaList { get; set; }

    private protected PresignedUrlConfig? PresignedUrlConfig =>
        PresignedUrlConfig_RoleArn is null && PresignedUrlConfig_ExpiresInSec is null
            ? null
            : new() { RoleArn = PresignedUrlConfig_RoleArn, ExpiresInSec = PresignedUrlConfig_ExpiresInSec };

    private protected JobExecutionsRolloutConfig? RolloutConfig =>
        JobExecutionsRolloutConfig_MaximumPerMinute is null && JobExecutionsRolloutConfig_ExponentialRate is null
            ? null
            : new()
            {
                MaximumPerMinute = JobExecutionsRolloutConfig_MaximumPerMinute,
                ExponentialRate = JobExecutionsRolloutConfig_ExponentialRate,
            };

    private protected AbortConfig? AbortConfig => AbortConfig_CriteriaList is null ? null : new() { CriteriaList = AbortConfig_CriteriaList };

    private protected TimeoutConfig? TimeoutConfig => TimeoutConfig_InProgressTimeoutInMinute is null
        ? null
        : new() { InProgressTimeoutInMinutes = TimeoutConfig_InProgressTimeoutInMinute };

    private protected JobExecutionsRetryConfig? RetryConfig =>
        JobExecutionsRetryConfig_CriteriaList is null ? null : new() { CriteriaList = JobExecutionsRetryConfig_CriteriaList };
}
