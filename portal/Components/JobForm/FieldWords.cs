using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Portal.Components.JobForm;

/// <summary>The engine's refusals of single members, as a form says them beside its fields.</summary>
public static partial class FieldWords
{
    public static string Of(JobsException refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        if (Constraint().Match(refusal.Message) is not { Success: true } match)
        {
            return refusal.Message;
        }
        var (value, name, rule) = (match.Groups["value"].Value, Name(match.Groups["field"].Value), match.Groups["rule"].Value);
        return value is "null" or "''" or "[0 items]" ? $"{name} is missing." : $"{name} {rule}; it is {value}.";
    }

    /// <summary><c>abortConfig.criteriaList.2.member.thresholdPercentage</c> is "Rule 2: threshold percentage".</summary>
    private static string Name(string field)
    {
        if (Item().Match(field) is { Success: true } item)
        {
            var kind = item.Groups["list"].Value switch
            {
                "criteriaList" => "Rule",
                "maintenanceWindows" => "Window",
                "targets" => "Target",
                "tags" => "Tag",
                _ => "Item",
            };
            var member = item.Groups["member"].Value;
            return $"{kind} {item.Groups["number"].Value}{(member.Length > 0 ? ": " + Words(member) : "")}";
        }
        var words = Words(field[(field.LastIndexOf('.') + 1)..]);
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string Words(string name) => Hump().Replace(name, " $0").Trim().ToLowerInvariant();

    [GeneratedRegex(@"^1 validation error detected: Value (?<value>.*) at '(?<field>[^']+)' failed to satisfy constraint: (?:Member |Each )?(?<rule>.*?)\.?$", RegexOptions.Singleline)]
    private static partial Regex Constraint();

    [GeneratedRegex(@"(?<list>\w+)\.(?<number>\d+)\.member(?:\.(?<member>\w+))?$")]
    private static partial Regex Item();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Hump();
}
