using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Templates;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Portal.Components.JobForm;

/// <summary>A thing or a group which a new job is for.</summary>
/// <param name="Exists">Whether the registry had it when it was added.</param>
public sealed record DraftTarget(string Name, bool IsGroup, bool Exists = true)
{
    public string Arn(JobsSettings settings) => IsGroup ? settings.ThingGroupArn(Name) : settings.ThingArn(Name);
}

/// <summary>Where the document of a new job comes from.</summary>
public enum DocumentChoice
{
    Text,
    Address,
    Template,
}

public enum RolloutChoice
{
    Unlimited,
    Constant,
    Exponential,
}

/// <summary>The template of a new job.</summary>
/// <param name="Custom">What it gives beside the document; null for a managed template, which has <paramref name="Parameters"/> instead.</param>
public sealed record ChosenTemplate(
    string Id, string Arn, string Description, string Document, IReadOnlyList<DocumentParameter> Parameters, DescribeJobTemplateResponse? Custom)
{
    public static ChosenTemplate Of(DescribeJobTemplateResponse template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return new(template.JobTemplateId, template.JobTemplateArn, template.Description, template.Document, [], template);
    }

    public static ChosenTemplate Of(DescribeManagedJobTemplateResponse template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return new(template.TemplateName, template.TemplateArn, template.Description, template.Document, template.DocumentParameters, null);
    }
}

public sealed class TagRow
{
    public string Key { get; set; } = "";

    public string Value { get; set; } = "";
}

/// <summary>What a rule does to the job: AWS's own cancel it, a paused one can be resumed.</summary>
public enum RuleEffect
{
    Cancel,
    Pause,
}

public sealed class AbortRow
{
    public JobExecutionFailureType FailureType { get; set; }

    public decimal? Percentage { get; set; } = 20;

    public int? Minimum { get; set; } = 100;

    public bool Pauses => Effect == RuleEffect.Pause;

    public RuleEffect Effect { get; set; }

    public PauseCriteria PauseCriterion => new() { FailureType = FailureType, ThresholdPercentage = Percentage, MinNumberOfExecutedThings = Minimum };

    public AbortCriteria Criterion => new()
    {
        FailureType = FailureType, Action = AbortAction.CANCEL, ThresholdPercentage = Percentage, MinNumberOfExecutedThings = Minimum,
    };
}

public sealed class RetryRow
{
    public RetryableFailureType FailureType { get; set; } = RetryableFailureType.ALL;

    public int? Retries { get; set; } = 3;

    public RetryCriteria Criterion => new() { FailureType = FailureType, NumberOfRetries = Retries };
}

public sealed class StageRow
{
    public int? Things { get; set; } = 10;

    /// <summary>Null where somebody has to advance the rollout.</summary>
    public decimal? Percentage { get; set; } = 90;

    public RolloutStage Stage => new(Things ?? 0) { SuccessPercentage = Percentage };
}

public sealed class WindowRow
{
    /// <summary>When it opens: AWS's six fields, UTC.</summary>
    public string Cron { get; set; } = "cron(0 22 * * ? *)";

    public int? Minutes { get; set; } = 120;

    public MaintenanceWindow Window => new() { StartTime = Cron.Trim(), DurationInMinutes = Minutes };
}
