using System.Collections;
using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>Takes AttributePayload as a record, or as a hashtable or object with Attributes and Merge.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AttributePayloadArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : inputData;
        if (value is null or AttributePayload)
        {
            return value;
        }
        return new AttributePayload { Attributes = Map(Member(value, "Attributes")), Merge = Member(value, "Merge") as bool? };
    }

    private static object? Member(object value, string name)
    {
        var member = value is IDictionary table
            ? table.Keys.Cast<object>().Where(key => string.Equals(key.ToString(), name, StringComparison.OrdinalIgnoreCase))
                .Select(key => table[key]).FirstOrDefault()
            : PSObject.AsPSObject(value).Properties[name]?.Value;
        return member is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : member;
    }

    private static IReadOnlyDictionary<string, string>? Map(object? attributes) => attributes switch
    {
        null => null,
        IReadOnlyDictionary<string, string> map => map,
        IDictionary table => TextMap.Of(table),
        PSObject item => item.Properties.ToDictionary(property => property.Name, property => property.Value?.ToString() ?? ""),
        _ => throw new ArgumentTransformationMetadataException(
            "Give the attributes as a hashtable: @{ Attributes = @{ Name = 'value' }; Merge = $true }."),
    };
}
