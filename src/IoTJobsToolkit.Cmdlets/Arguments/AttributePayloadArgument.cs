using System.Collections;
using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>
/// Takes AttributePayload as a record, or as a hashtable or object with Attributes and Merge. Anything else is refused: a payload that is
/// misread would replace what is stored by nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AttributePayloadArgumentAttribute : ArgumentTransformationAttribute
{
    private const string Form = "Give it as @{ Attributes = @{ Name = 'value' }; Merge = $true }.";

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = Unwrap(inputData);
        if (value is null or AttributePayload)
        {
            return value;
        }
        IReadOnlyDictionary<string, string>? attributes = null;
        bool? merge = null;
        foreach (var (name, member) in Members(value))
        {
            switch (name.ToUpperInvariant())
            {
                case "ATTRIBUTES":
                    attributes = Map(member);
                    break;
                case "MERGE":
                    merge = Flag(member);
                    break;
                default:
                    throw Refuse($"An attribute payload has no {name}.");
            }
        }
        return new AttributePayload { Attributes = attributes ?? throw Refuse("The attribute payload has no Attributes."), Merge = merge };
    }

    private static object? Unwrap(object? value) =>
        value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;

    private static IEnumerable<(string Name, object? Value)> Members(object value) => value is IDictionary table
        ? table.Cast<DictionaryEntry>().Select(entry => (entry.Key.ToString() ?? "", Unwrap(entry.Value)))
        : PSObject.AsPSObject(value).Properties.Select(property => (property.Name, Unwrap(property.Value)));

    private static IReadOnlyDictionary<string, string>? Map(object? attributes) => attributes switch
    {
        null => null,
        IReadOnlyDictionary<string, string> map => map,
        IDictionary table => TextMap.Of(table),
        PSObject item => item.Properties.ToDictionary(property => property.Name, property => property.Value?.ToString() ?? ""),
        _ => throw Refuse("Attributes is no hashtable."),
    };

    private static bool? Flag(object? merge) => merge switch
    {
        null => null,
        string text => bool.TryParse(text, out var flag) ? flag : throw Refuse($"Merge is true or false, not '{text}'."),
        _ => LanguagePrimitives.TryConvertTo<bool>(merge, out var flag) ? flag : throw Refuse("Merge is true or false."),
    };

    private static ArgumentTransformationMetadataException Refuse(string message) => new($"{message} {Form}");
}
