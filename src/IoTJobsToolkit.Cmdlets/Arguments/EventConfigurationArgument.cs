using System.Collections;
using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>
/// Takes families of events as a hashtable or object, each with a record, a hashtable or object with Enabled, or the flag itself; also an answer
/// which holds them. Anything else is refused: what is misread would leave a family as it was.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EventConfigurationArgumentAttribute : ArgumentTransformationAttribute
{
    private const string Form = "Give them as @{ JOB = @{ Enabled = $true } }.";

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = Unwrap(inputData);
        if (value is not null and not IDictionary && Answered(value) is { } answered)
        {
            value = Unwrap(answered);
        }
        if (value is null)
        {
            return null;
        }
        if (value is not (IDictionary or PSObject))
        {
            throw Refuse("Families of events are a hashtable.");
        }
        var families = new Hashtable(StringComparer.Ordinal);
        foreach (var (name, member) in Members(value))
        {
            families[name] = Configuration(name, member);
        }
        return families;
    }

    /// <summary>What comes down the pipeline as a whole, such as Get-IoTEventConfiguration's answer.</summary>
    private static object? Answered(object value) =>
        PSObject.AsPSObject(value).Properties[nameof(DescribeEventConfigurationsResponse.EventConfigurations)]?.Value;

    private static EventConfiguration? Configuration(string name, object? value)
    {
        switch (value)
        {
            case null or EventConfiguration:
                return (EventConfiguration?)value;
            case IDictionary or PSObject:
                bool? enabled = null;
                foreach (var (member, flag) in Members(value))
                {
                    enabled = string.Equals(member, "Enabled", StringComparison.OrdinalIgnoreCase)
                        ? Flag(name, flag)
                        : throw Refuse($"The family {name} has no {member}.");
                }
                return new() { Enabled = enabled };
            default:
                return new() { Enabled = Flag(name, value) };
        }
    }

    private static bool? Flag(string name, object? value) => value switch
    {
        null => null,
        bool flag => flag,
        SwitchParameter flag => flag,
        string text when bool.TryParse(text, out var flag) => flag,
        _ => throw Refuse($"The family {name} is enabled by true or false, not by '{value}'."),
    };

    private static object? Unwrap(object? value) =>
        value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;

    private static IEnumerable<(string Name, object? Value)> Members(object value) => value is IDictionary table
        ? table.Keys.Cast<object>().Select(key => (key.ToString() ?? "", Unwrap(table[key])))
        : ((PSObject)value).Properties.Select(property => (property.Name, Unwrap(property.Value)));

    private static ArgumentTransformationMetadataException Refuse(string message) => new($"{message} {Form}");
}
