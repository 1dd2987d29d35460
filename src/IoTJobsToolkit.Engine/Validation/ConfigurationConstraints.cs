using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Validation;

/// <summary>Constraints of a job's configurations (jobs-reference 5.1, 6.1, 7.1, 8.1, 10), the model's and the rules around them.</summary>
internal static class ConfigurationConstraints
{
    extension(Check check)
    {
        public void PresignedUrlConfig(PresignedUrlConfig? config)
        {
            check.Length("presignedUrlConfig.roleArn", config?.RoleArn, 20, 2048);
            check.Range("presignedUrlConfig.expiresInSec", config?.ExpiresInSec, 60, 3600);
        }

        public void RolloutConfig(JobExecutionsRolloutConfig? config)
        {
            const string root = "jobExecutionsRolloutConfig";
            var maximum = check.RateLimit ?? int.MaxValue;
            check.Range($"{root}.maximumPerMinute", config?.MaximumPerMinute, 1, maximum);
            if (config?.ExponentialRate is not { } rate)
            {
                return;
            }
            const string exponential = root + ".exponentialRate";
            check.Required($"{exponential}.baseRatePerMinute", rate.BaseRatePerMinute);
            check.Range($"{exponential}.baseRatePerMinute", rate.BaseRatePerMinute, 1, 1000);
            check.Required($"{exponential}.incrementFactor", rate.IncrementFactor);
            check.Range($"{exponential}.incrementFactor", rate.IncrementFactor, 1.1m, 5m);
            check.Decimals($"{exponential}.incrementFactor", rate.IncrementFactor, 1);
            check.Range($"{exponential}.maximumPerMinute", rate.MaximumPerMinute, 1, maximum);

            const string criteria = exponential + ".rateIncreaseCriteria";
            check.Required(criteria, rate.RateIncreaseCriteria);
            check.AtLeast($"{criteria}.numberOfNotifiedThings", rate.RateIncreaseCriteria!.NumberOfNotifiedThings, 1);
            check.AtLeast($"{criteria}.numberOfSucceededThings", rate.RateIncreaseCriteria.NumberOfSucceededThings, 1);
            if (rate.RateIncreaseCriteria is { NumberOfNotifiedThings: null, NumberOfSucceededThings: null })
            {
                throw Check.Failed(criteria, "{}", "Member must hold numberOfNotifiedThings or numberOfSucceededThings, or both");
            }
        }

        public void AbortConfig(AbortConfig? config)
        {
            if (config is null)
            {
                return;
            }
            const string root = "abortConfig.criteriaList";
            check.Required(root, config.CriteriaList);
            check.Count(root, config.CriteriaList, 1, int.MaxValue);
            for (var i = 0; i < config.CriteriaList!.Count; i++)
            {
                var criterion = config.CriteriaList[i];
                var field = $"{root}.{i + 1}.member";
                check.Required(field, criterion);
                check.Required($"{field}.failureType", criterion.FailureType);
                check.Defined($"{field}.failureType", criterion.FailureType);
                check.Required($"{field}.action", criterion.Action);
                check.Defined($"{field}.action", criterion.Action);
                check.Required($"{field}.thresholdPercentage", criterion.ThresholdPercentage);
                if (criterion.ThresholdPercentage <= 0)
                {
                    throw Check.Failed($"{field}.thresholdPercentage", criterion.ThresholdPercentage, "Member must have value greater than 0");
                }
                check.Range($"{field}.thresholdPercentage", criterion.ThresholdPercentage, 0, 100);
                check.Decimals($"{field}.thresholdPercentage", criterion.ThresholdPercentage, 2);
                check.Required($"{field}.minNumberOfExecutedThings", criterion.MinNumberOfExecutedThings);
                check.AtLeast($"{field}.minNumberOfExecutedThings", criterion.MinNumberOfExecutedThings, 1);
            }
        }

        public void TimeoutConfig(TimeoutConfig? config) =>
            check.Range("timeoutConfig.inProgressTimeoutInMinutes", config?.InProgressTimeoutInMinutes, 1, 10080);

        public void RetryConfig(JobExecutionsRetryConfig? config)
        {
            if (config is null)
            {
                return;
            }
            const string root = "jobExecutionsRetryConfig.criteriaList";
            check.Required(root, config.CriteriaList);
            check.Count(root, config.CriteriaList, 1, 2);
            for (var i = 0; i < config.CriteriaList!.Count; i++)
            {
                var criterion = config.CriteriaList[i];
                var field = $"{root}.{i + 1}.member";
                check.Required(field, criterion);
                check.Required($"{field}.failureType", criterion.FailureType);
                check.Defined($"{field}.failureType", criterion.FailureType);
                check.Required($"{field}.numberOfRetries", criterion.NumberOfRetries);
                check.Range($"{field}.numberOfRetries", criterion.NumberOfRetries, 0, 10);
            }
            if (config.CriteriaList.Count == 2)
            {
                if (config.CriteriaList.Any(criterion => criterion.FailureType == RetryableFailureType.ALL))
                {
                    throw Check.Failed(root, "ALL", "The failure type ALL must stand alone");
                }
                if (config.CriteriaList[0].FailureType == config.CriteriaList[1].FailureType)
                {
                    throw Check.Failed(root, config.CriteriaList[0].FailureType, "Each failure type must stand once");
                }
            }
            var sum = config.CriteriaList.Sum(criterion => criterion.NumberOfRetries);
            if (sum > 10)
            {
                throw Check.Failed(root, sum, "The retries of all criteria together must be at most 10");
            }
        }
    }
}
