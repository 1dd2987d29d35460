using System.Globalization;
using System.Text;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Wire.Commands;

/// <summary>A request as a command of the PowerShell module.</summary>
public static class PowerShellCommand
{
    /// <summary>What PowerShell takes for a single quote; inside a quoted text each stands twice.</summary>
    private const string Quotes = "'\u2018\u2019\u201a\u201b";

    public static string Of(CreateJob request, JobsSettings settings)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(settings);
        return Of(Parameters(request, settings));
    }

    /// <summary>The same with what AWS's own module cannot ask for.</summary>
    public static string Of(CreateControlledJob request, JobsSettings settings)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(settings);
        return Of(Parameters(request.Job, settings).Concat(Controls(request)));
    }

    private static string Of(IEnumerable<(string Name, string? Value)> parameters) => "New-IoTJob " + string.Join(
        " `\n  ", parameters.Where(given => given.Value is not null).Select(given => $"-{given.Name} {given.Value}".TrimEnd()));

    private static IEnumerable<(string, string?)> Controls(CreateControlledJob request) =>
    [
        ("RequireApproval", request.RequireApproval == true ? "" : null),
        ("ApprovalWithin", Literal(request.ApprovalWithinMinutes)),
        ("Stage", List(request.Stages, stage => stage.SuccessPercentage is { } share ? Quote(Invariant($"{stage.Things} >= {share}%")) : Invariant($"{stage.Things}"))),
        ("VerificationTime", Literal(request.VerificationInMinutes)),
        ("MaxInFlight", Literal(request.MaxInFlight)),
        ("PauseWhen", List(request.PauseCriteriaList, rule => Quote(Invariant($"{rule.FailureType} >= {rule.ThresholdPercentage}% of {rule.MinNumberOfExecutedThings}")))),
        ("Priority", Literal(request.Priority)),
        ("DependsOn", Texts(request.DependsOn ?? [])),
        ("PerThing", request.DependencyScope == DependencyScope.THING ? "" : null),
    ];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A text between single quotes, in which nothing else is special.</summary>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var quoted = new StringBuilder(text.Length + 2).Append('\'');
        foreach (var character in text)
        {
            quoted.Append(character, Quotes.Contains(character, StringComparison.Ordinal) ? 2 : 1);
        }
        return quoted.Append('\'').ToString();
    }

    private static IEnumerable<(string Name, string? Value)> Parameters(CreateJob job, JobsSettings settings)
    {
        var things = job.Targets.Select(arn => settings.NameOf("thing", arn)).OfType<string>();
        var groups = job.Targets.Select(arn => settings.NameOf("thinggroup", arn)).OfType<string>();
        var others = job.Targets.Where(arn => settings.NameOf("thing", arn) is null && settings.NameOf("thinggroup", arn) is null);
        return
        [
            ("JobId", Quote(job.JobId)),
            ("Target", Texts(others)),
            ("Thing", Texts(things)),
            ("Group", Texts(groups)),
            ("TargetSelection", job.TargetSelection?.ToString()),
            ("Document", Text(job.Document)),
            ("DocumentSource", Text(job.DocumentSource)),
            ("JobTemplateArn", Text(job.JobTemplateArn)),
            ("DocumentParameter", job.DocumentParameters is { Count: > 0 } values ? Table(values.Select(pair => (Quote(pair.Key), (object?)pair.Value))) : null),
            ("PresignedUrlConfig_RoleArn", Text(job.PresignedUrlConfig?.RoleArn)),
            ("PresignedUrlConfig_ExpiresInSec", Literal(job.PresignedUrlConfig?.ExpiresInSec)),
            ("Description", Text(job.Description)),
            .. Rollout(job.JobExecutionsRolloutConfig),
            ("AbortConfig_CriteriaList", List(job.AbortConfig?.CriteriaList, rule => Table(
                [("FailureType", rule.FailureType), ("Action", rule.Action), ("ThresholdPercentage", rule.ThresholdPercentage), ("MinNumberOfExecutedThings", rule.MinNumberOfExecutedThings)]))),
            ("TimeoutConfig_InProgressTimeoutInMinute", Literal(job.TimeoutConfig?.InProgressTimeoutInMinutes)),
            ("JobExecutionsRetryConfig_CriteriaList", List(job.JobExecutionsRetryConfig?.CriteriaList, rule => Table(
                [("FailureType", rule.FailureType), ("NumberOfRetries", rule.NumberOfRetries)]))),
            .. Schedule(job.SchedulingConfig),
            ("NamespaceId", Text(job.NamespaceId)),
            ("Tag", List(job.Tags, tag => Table([("Key", tag.Key), ("Value", tag.Value)]))),
            ("DestinationPackageVersion", Texts(job.DestinationPackageVersions ?? [])),
        ];
    }

    private static IEnumerable<(string, string?)> Rollout(JobExecutionsRolloutConfig? config)
    {
        yield return ("JobExecutionsRolloutConfig_MaximumPerMinute", Literal(config?.MaximumPerMinute));
        if (config?.ExponentialRate is { } rate)
        {
            var criteria = rate.RateIncreaseCriteria;
            yield return ("JobExecutionsRolloutConfig_ExponentialRate", Table(
                [
                    ("BaseRatePerMinute", rate.BaseRatePerMinute),
                    ("IncrementFactor", rate.IncrementFactor),
                    ("MaximumPerMinute", rate.MaximumPerMinute),
                    ("RateIncreaseCriteria", criteria is null ? null : new Ready(Table(
                        [("NumberOfNotifiedThings", criteria.NumberOfNotifiedThings), ("NumberOfSucceededThings", criteria.NumberOfSucceededThings)]))),
                ]));
        }
    }

    private static IEnumerable<(string, string?)> Schedule(SchedulingConfig? config)
    {
        yield return ("SchedulingConfig_StartTime", Text(config?.StartTime));
        yield return ("SchedulingConfig_EndTime", Text(config?.EndTime));
        yield return ("EndBehavior", config?.EndBehavior?.ToString());
        yield return ("MaintenanceWindow", config?.MaintenanceWindows is { Count: 0 }
            ? "@()"
            : List(config?.MaintenanceWindows, window => Quote($"{window.StartTime} {window.DurationInMinutes?.ToString(CultureInfo.InvariantCulture)}")));
    }

    private static string? Text(string? text) => text is null ? null : Quote(text);

    private static string? Texts(IEnumerable<string> texts) => List([.. texts], Quote);

    private static string? List<T>(IReadOnlyList<T>? items, Func<T, string> text) =>
        items is { Count: > 0 } ? string.Join(", ", items.Select(text)) : null;

    private static string Table(IEnumerable<(string Name, object? Value)> members) =>
        $"@{{ {string.Join("; ", members.Where(member => member.Value is not null).Select(member => $"{member.Name} = {Literal(member.Value)}"))} }}";

    private static string? Literal(object? value) => value switch
    {
        null => null,
        Ready ready => ready.Text,
        string or Enum => Quote(value.ToString()!),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>A value which is written as PowerShell already.</summary>
    private sealed record Ready(string Text);
}
