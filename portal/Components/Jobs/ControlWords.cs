using System.Globalization;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.JobForm;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>What holds a job back, in sentences.</summary>
public static class ControlWords
{
    /// <summary>False where nothing holds the job back but AWS's own means.</summary>
    public static bool IsAny(DescribeJobControlsResponse controls) => controls is { MaxInFlight: not null } or { PauseCriteriaList.Count: > 0 } or { Stages.Count: > 0 }
        or { VerificationInMinutes: not null } or { Priority: not 0 } or { DependsOn.Count: > 0 };

    public static string Of(RolloutStage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        var things = ((long)stage.Things).Figure("thing", "things");
        return stage.SuccessPercentage is { } share
            ? string.Create(CultureInfo.InvariantCulture, $"{things}, goes on at {share:0.##} % succeeded")
            : $"{things}, goes on by hand";
    }

    public static string Of(PauseCriteria criterion)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"when {criterion.ThresholdPercentage:0.##} % of at least {(criterion.MinNumberOfExecutedThings ?? 0L).Figure()} ended executions {RuleWords.Words(criterion.FailureType)}");
    }
}
