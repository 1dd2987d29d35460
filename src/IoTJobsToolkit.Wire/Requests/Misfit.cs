using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.Requests;

/// <summary>Finds the member which does not have the type it must have, so that the refusal can name it.</summary>
internal static class Misfit
{
    public static string WholeNumber(long min, long max) => $"Member must be a whole number from {min} to {max}";

    public static JobsException Find(ReadOnlyMemory<byte> json, JsonTypeInfo type, JsonException thrown)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return In(document.RootElement, type, "")
                ?? JobsException.InvalidRequest($"The body does not fit the operation: {thrown.Message}");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return JobsException.InvalidRequest($"The body is not valid JSON: {exception.Message}");
        }
    }

    private static JobsException? In(JsonElement value, JsonTypeInfo type, string field)
    {
        if (value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }
        if (Nullable.GetUnderlyingType(type.Type) is { } inner)
        {
            return In(value, type.Options.GetTypeInfo(inner), field);
        }
        return type.Kind switch
        {
            JsonTypeInfoKind.Object => value.ValueKind == JsonValueKind.Object
                ? InObject(value, type, field) : Wrong(value, field, "a JSON object"),
            JsonTypeInfoKind.Enumerable => value.ValueKind == JsonValueKind.Array
                ? InList(value, type, field) : Wrong(value, field, "a list"),
            JsonTypeInfoKind.Dictionary => value.ValueKind == JsonValueKind.Object
                ? InMap(value, type, field) : Wrong(value, field, "a JSON object of strings"),
            _ => InScalar(value, type, field),
        };
    }

    private static JobsException? InObject(JsonElement value, JsonTypeInfo type, string field)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (type.Properties.FirstOrDefault(property => property.Name == member.Name) is not { Get: not null } property)
            {
                continue;
            }
            var name = field.Length == 0 ? member.Name : $"{field}.{member.Name}";
            var found = seen.Add(member.Name)
                ? In(member.Value, type.Options.GetTypeInfo(property.PropertyType), name)
                : Twice(name);
            if (found is not null)
            {
                return found;
            }
        }
        return null;
    }

    private static JobsException? InList(JsonElement value, JsonTypeInfo type, string field)
    {
        var element = type.Options.GetTypeInfo(type.ElementType!);
        return value.EnumerateArray()
            .Select((item, i) => In(item, element, $"{field}.{i + 1}.member"))
            .FirstOrDefault(found => found is not null);
    }

    private static JobsException? InMap(JsonElement value, JsonTypeInfo type, string field)
    {
        var element = type.Options.GetTypeInfo(type.ElementType!);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return value.EnumerateObject()
            .Select(pair => seen.Add(pair.Name) ? In(pair.Value, element, $"{field}.{pair.Name}") : Twice($"{field}.{pair.Name}"))
            .FirstOrDefault(found => found is not null);
    }

    private static JobsException? InScalar(JsonElement value, JsonTypeInfo type, string field)
    {
        var isNumber = value.ValueKind == JsonValueKind.Number;
        return type.Type switch
        {
            var scalar when scalar == typeof(bool) =>
                value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Wrong(value, field, "true or false"),
            var scalar when scalar == typeof(int) =>
                isNumber && value.TryGetInt32(out _) ? null : Check.Failed(field, Text(value), WholeNumber(int.MinValue, int.MaxValue)),
            var scalar when scalar == typeof(long) =>
                isNumber && value.TryGetInt64(out _) ? null : Check.Failed(field, Text(value), WholeNumber(long.MinValue, long.MaxValue)),
            var scalar when scalar == typeof(decimal) =>
                isNumber && value.TryGetDecimal(out _) ? null : Wrong(value, field, "a number"),
            var scalar when scalar == typeof(DateTimeOffset) =>
                isNumber && value.TryGetDecimal(out var seconds) && EpochSecondsConverter.IsTime(seconds)
                    ? null : Wrong(value, field, "a time in seconds since 1970"),
            _ when value.ValueKind != JsonValueKind.String => Wrong(value, field, "a string"),
            _ => type.Converter is IWireWords words ? words.Refusal(field, value.GetString()!) : InText(value, field),
        };
    }

    private static JobsException? InText(JsonElement value, string field)
    {
        try
        {
            value.GetString();
            return null;
        }
        catch (InvalidOperationException)
        {
            return NoText(field, value.GetRawText());
        }
    }

    private static JobsException Wrong(JsonElement value, string field, string kind) => Wrong(field, Text(value), kind);

    public static JobsException Wrong(string field, string value, string kind) => Check.Failed(field, value, $"Member must be {kind}");

    public static JobsException NoText(string field, string value) => Check.Failed(field, value, "Member must be valid Unicode text");

    public static JobsException Twice(string field) => JobsException.InvalidRequest($"The member '{field}' is given more than once.");

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
