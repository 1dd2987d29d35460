using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Controls;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>Takes stages of a rollout as short texts, <c>10 >= 90%</c>, or as a number of things alone, beside records, hashtables and objects.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class StageArgumentAttribute : ArgumentTransformationAttribute
{
    private const string Form =
        "Write THINGS >= PERCENT%, as in '10 >= 90%': after 10 executions the rollout stops, and goes on when 90% or more of all so far have succeeded. " +
        "THINGS alone, as in 10: it goes on when somebody says Step-IoTJob. THINGS is 1 or more; PERCENT is above 0 and at most 100, with two decimals at most.";

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => ShellValue.Unwrap(inputData) switch
    {
        null => inputData,
        IList stages and not IDictionary => stages.Cast<object?>().Select(One).ToArray(),
        var stage => One(stage),
    };

    private static object? One(object? stage) => ShellValue.Unwrap(stage) switch
    {
        string text => Read(text),
        byte or short or int or long => Read(string.Create(CultureInfo.InvariantCulture, $"{stage}")),
        IDictionary members => Read(members),
        var other => other,
    };

    private static RolloutStage Read(IDictionary members)
    {
        var things = $"{Member(members, nameof(RolloutStage.Things))}";
        return Read(Member(members, nameof(RolloutStage.SuccessPercentage)) is { } share ? string.Create(CultureInfo.InvariantCulture, $"{things} >= {share}%") : things);
    }

    private static object? Member(IDictionary members, string name) =>
        members.Keys.Cast<object>().FirstOrDefault(key => string.Equals($"{key}", name, StringComparison.OrdinalIgnoreCase)) is { } key ? members[key] : null;

    private static RolloutStage Read(string text)
    {
        var culture = CultureInfo.InvariantCulture;
        return Short().Match(text) is { Success: true } match && int.TryParse(match.Groups["things"].ValueSpan, NumberStyles.None, culture, out var things) && things > 0 &&
            (match.Groups["percent"] is not { Success: true } share || decimal.Parse(share.ValueSpan, culture) is > 0 and <= 100)
                ? new(things) { SuccessPercentage = match.Groups["percent"] is { Success: true } percent ? decimal.Parse(percent.ValueSpan, culture) : null }
                : throw new ArgumentTransformationMetadataException($"'{text}' is no stage. {Form}");
    }

    [GeneratedRegex(@"^\s*(?<things>[0-9]{1,10})\s*((>=|>)\s*(?<percent>[0-9]{1,3}(\.[0-9]{1,2})?)\s*%)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}
