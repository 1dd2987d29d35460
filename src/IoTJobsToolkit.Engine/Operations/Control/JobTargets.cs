using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>What the ARNs of a job's targets mean.</summary>
internal static class JobTargets
{
    extension(Check check)
    {
        public void Targets(IReadOnlyList<string>? targets)
        {
            check.Required("targets", targets);
            check.Count("targets", targets, 1, int.MaxValue);
            for (var i = 0; i < targets!.Count; i++)
            {
                var field = $"targets.{i + 1}.member";
                check.Required(field, targets[i]);
                check.Length(field, targets[i], 0, 2048);
                if (!targets[i].StartsWith("arn:", StringComparison.Ordinal))
                {
                    throw Check.Failed(field, targets[i], "Member must be the ARN of a thing or a thing group");
                }
            }
        }

        /// <summary>At most 25 ARNs, stored and shown, not resolved (OPEN-44).</summary>
        public void PackageVersions(IReadOnlyList<string>? versions)
        {
            for (var i = 0; i < versions?.Count; i++)
            {
                check.Required($"destinationPackageVersions.{i + 1}.member", versions[i]);
                check.Text($"destinationPackageVersions.{i + 1}.member", versions[i], 1, 1600, TextPattern.Arn);
            }
            check.Count("destinationPackageVersions", versions, 0, 25);
        }
    }

    extension(JobExecutionsRolloutConfig config)
    {
        /// <summary>The maximum where the model has it, also when it was given inside the exponential rate (C-4).</summary>
        public JobExecutionsRolloutConfig Normalized() => config.ExponentialRate is { MaximumPerMinute: { } inner } rate
            ? config with
            {
                MaximumPerMinute = config.MaximumPerMinute ?? inner,
                ExponentialRate = rate with { MaximumPerMinute = null },
            }
            : config;
    }

    internal const int MaxTargets = 100;

    public static void CheckCount(JobsTransaction tx, int targets)
    {
        if (tx.HasLimits && targets > MaxTargets)
        {
            throw JobsException.LimitExceeded(
                $"A job may have {MaxTargets} targets; {targets} were given. Put the things into a thing group and target that.");
        }
    }

    /// <summary>An ARN of another account or region counts as not existing (http-api CreateJob).</summary>
    public static JobTarget Resolve(JobsTransaction tx, string arn)
    {
        if (tx.Settings.NameOf("thing", arn) is { } thingName && tx.FindThing(thingName) is { } thing)
        {
            return new(arn, TargetKind.Thing, thingName, thing.Sequence);
        }
        if (tx.Settings.NameOf("thinggroup", arn) is { } groupName && tx.FindGroup(groupName) is { } group)
        {
            return new(arn, TargetKind.ThingGroup, groupName, group.Sequence);
        }
        throw JobsException.NotFound(
            $"There is no target {arn} in account {tx.Settings.AccountId}, region {tx.Settings.Region}.");
    }
}
