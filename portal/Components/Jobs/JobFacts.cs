using System.Globalization;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>A job's configuration in sentences; what was not given is said with what then holds.</summary>
public static class JobFacts
{
    public static IEnumerable<JobFact> Of(JobDetail job)
    {
        yield return new("Selection", job.TargetSelection == TargetSelection.CONTINUOUS
            ? "continuous: things which join later get it too"
            : "snapshot: the things of its start");
        foreach (var fact in ScheduleWords.Of(job))
        {
            yield return fact;
        }
        yield return new("Rollout", Rollout(job.JobExecutionsRolloutConfig));
        yield return new("Timeout", job.TimeoutConfig.InProgressTimeoutInMinutes is { } minutes
            ? $"{minutes.Figure("minute", "minutes")} in progress"
            : "none");
        yield return new("Retries", Retries(job.JobExecutionsRetryConfig));
        if (job.AbortConfig?.CriteriaList is not { Count: > 0 })
        {
            yield return new("Abort", "never by itself");
        }
        if (job.PresignedUrlConfig.RoleArn is { } role)
        {
            yield return new("Presigned URLs", $"by {role}, for {(job.PresignedUrlConfig.ExpiresInSec ?? 3600).Figure("second", "seconds")}");
        }
        if (job.JobTemplateArn is { } template)
        {
            yield return new("Template", template);
        }
        foreach (var (name, value) in job.DocumentParameters ?? new Dictionary<string, string>())
        {
            yield return new($"Parameter {name}", value);
        }
        if (job.NamespaceId is { } space)
        {
            yield return new("Namespace", space);
        }
        if (job.DestinationPackageVersions is { Count: > 0 } packages)
        {
            yield return new("Packages", string.Join(", ", packages));
        }
    }

    private static string Rollout(JobExecutionsRolloutConfig config)
    {
        var most = config.MaximumPerMinute is { } maximum ? $"at most {((long)maximum).Figure()} a minute" : null;
        if (config.ExponentialRate is not { } rate)
        {
            return most ?? "as fast as the server's limits allow";
        }
        var steps = new[]
        {
            rate.RateIncreaseCriteria?.NumberOfNotifiedThings is { } notified ? $"{((long)notified).Figure()} notified" : null,
            rate.RateIncreaseCriteria?.NumberOfSucceededThings is { } succeeded ? $"{((long)succeeded).Figure()} succeeded" : null,
        };
        var growing = string.Create(
            CultureInfo.InvariantCulture,
            $"from {rate.BaseRatePerMinute} a minute, times {rate.IncrementFactor} for every {string.Join(" or ", steps.OfType<string>())}");
        return most is null ? growing : $"{growing}; {most}";
    }

    private static string Retries(JobExecutionsRetryConfig? config) => config?.CriteriaList is { Count: > 0 } criteria
        ? string.Join("; ", criteria.Select(criterion => $"{criterion.NumberOfRetries} after {Words(criterion.FailureType)}"))
        : "none";

    private static string Words(RetryableFailureType? type) => type switch
    {
        RetryableFailureType.FAILED => "failed",
        RetryableFailureType.TIMED_OUT => "timed out",
        _ => "failed or timed out",
    };
}
