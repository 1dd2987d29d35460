using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Controls;

/// <summary>The ranges of what <see cref="CreateControlledJob"/> takes beside a job.</summary>
internal static class ControlConstraints
{
    private const int Most = 10;

    public static void Check(Check check, CreateControlledJob request)
    {
        check.Range("maxInFlight", request.MaxInFlight, 1, 1_000_000);
        check.Range("verificationInMinutes", request.VerificationInMinutes, 1, 10_080);
        check.Range("priority", request.Priority, -1_000, 1_000);
        check.Count("pauseCriteriaList", request.PauseCriteriaList, 1, Most);
        foreach (var (criterion, i) in (request.PauseCriteriaList ?? []).Select((criterion, i) => (criterion, i)))
        {
            CheckCriterion(check, $"pauseCriteriaList.{i + 1}.member", criterion);
        }
        check.Count("stages", request.Stages, 1, 20);
        foreach (var (stage, i) in (request.Stages ?? []).Select((stage, i) => (stage, i)))
        {
            check.Range($"stages.{i + 1}.member.things", stage.Things, 1, int.MaxValue);
            CheckPercentage(check, $"stages.{i + 1}.member.successPercentage", stage.SuccessPercentage);
        }
        check.Count("dependsOn", request.DependsOn, 1, Most);
        check.Defined("dependencyScope", request.DependencyScope);
        if (request.DependencyScope is not null && request.DependsOn is null)
        {
            throw JobsException.InvalidRequest("dependencyScope is given, but dependsOn is not.");
        }
        if (request.VerificationInMinutes is not null && request.Stages is null && !GrowsWithSuccesses(request.Job.JobExecutionsRolloutConfig))
        {
            throw JobsException.InvalidRequest(
                "verificationInMinutes is given, but nothing of the rollout depends on successes: add stages, or an exponential rate that grows with numberOfSucceededThings.");
        }
    }

    private static bool GrowsWithSuccesses(JobExecutionsRolloutConfig? config) =>
        config?.ExponentialRate?.RateIncreaseCriteria?.NumberOfSucceededThings is not null;

    private static void CheckCriterion(Check check, string field, PauseCriteria criterion)
    {
        check.Required($"{field}.failureType", criterion.FailureType);
        check.Defined($"{field}.failureType", criterion.FailureType);
        check.Required($"{field}.thresholdPercentage", criterion.ThresholdPercentage);
        CheckPercentage(check, $"{field}.thresholdPercentage", criterion.ThresholdPercentage);
        check.Required($"{field}.minNumberOfExecutedThings", criterion.MinNumberOfExecutedThings);
        check.AtLeast($"{field}.minNumberOfExecutedThings", criterion.MinNumberOfExecutedThings, 1);
    }

    private static void CheckPercentage(Check check, string field, decimal? percentage)
    {
        if (percentage <= 0)
        {
            throw Validation.Check.Failed(field, percentage, "Member must have value greater than 0");
        }
        check.Range(field, percentage, 0m, 100m);
        check.Decimals(field, percentage, 2);
    }
}
