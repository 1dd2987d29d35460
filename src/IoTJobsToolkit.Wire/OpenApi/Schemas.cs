using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.OpenApi;

/// <summary>JSON schemas of records as they look on the wire, those of answers kept by name.</summary>
internal sealed class Schemas
{
    private readonly SortedDictionary<string, JsonObject> _named = new(StringComparer.Ordinal);

    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, schema) => Transform(context.TypeInfo, schema),
    };

    public JsonObject ToJson() => new(_named.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value)));

    public JsonObject Reference(Type type)
    {
        _named.TryAdd(type.Name, Of(type));
        return new() { ["$ref"] = $"#/components/schemas/{type.Name}" };
    }

    public static JsonNode OfMember(Type operation, string name)
    {
        var type = WireJson.Aws.TypeOf(operation).Properties.First(property => property.Name == name).PropertyType;
        return Of(Nullable.GetUnderlyingType(type) ?? type);
    }

    /// <summary>What an operation takes in its body; null where it takes nothing there.</summary>
    public static JsonObject? OfBody(Route route)
    {
        var schema = Of(route.OperationType);
        var members = schema["properties"]?.AsObject();
        var required = schema["required"]?.AsArray();
        foreach (var name in route.PathMembers.Concat(route.QueryMembers))
        {
            members?.Remove(name);
            if (required?.FirstOrDefault(item => (string?)item == name) is { } item)
            {
                required.Remove(item);
            }
        }
        if (required is { Count: 0 })
        {
            schema.Remove("required");
        }
        return members is { Count: > 0 } ? schema : null;
    }

    private static JsonObject Of(Type type) => WireJson.Aws.TypeOf(type).GetJsonSchemaAsNode(Options).AsObject();

    private static JsonNode Transform(JsonTypeInfo type, JsonNode schema)
    {
        if ((Nullable.GetUnderlyingType(type.Type) ?? type.Type) is var scalar && scalar == typeof(DateTimeOffset))
        {
            return new JsonObject { ["type"] = "number", ["description"] = "Seconds since 1970, with up to three decimals." };
        }
        if (scalar.IsEnum)
        {
            return new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. Enum.GetValues(scalar).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, WireJson.Aws.TypeOf(scalar)))]) };
        }
        if (type.Kind == JsonTypeInfoKind.Object && schema is JsonObject record)
        {
            Complete(type, record);
        }
        else if (schema is JsonObject { } other && other["type"] is JsonArray types)
        {
            other["type"] = types.Select(item => (string?)item).First(name => name != "null"); // Absent, never null.
        }
        return schema;
    }

    private static void Complete(JsonTypeInfo type, JsonObject schema)
    {
        schema["type"] = "object";
        var required = type.Properties.Where(IsRequired).Select(property => JsonValue.Create(property.Name)).ToArray<JsonNode>();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }
    }

    private static bool IsRequired(JsonPropertyInfo property) =>
        property.Get is not null && (property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false });
}
