using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.Tests.Client;

/// <summary>Records of the engine with values in every member that the wire has, at every depth.</summary>
internal static class RecordSamples
{
    /// <summary>Text that has to be encoded wherever it stands.</summary>
    public const string Text = "a:b/c d+e%25&f=g?#h\"ü€😀$next";

    public static Operation Filled(Route route, bool flag = true) =>
        Read(route.OperationType, Json(WireJson.Aws.TypeOf(route.OperationType), flag).AsObject());

    /// <summary>An operation which gives what stands in the path, and nothing else.</summary>
    public static Operation Minimal(Route route)
    {
        var json = Json(WireJson.Aws.TypeOf(route.OperationType), flag: true).AsObject();
        foreach (var name in json.Select(member => member.Key).Except(route.PathMembers).ToList())
        {
            json.Remove(name);
        }
        return Read(route.OperationType, json);
    }

    public static JsonNode Json(JsonTypeInfo type, bool flag = true)
    {
        if (Nullable.GetUnderlyingType(type.Type) is { } inner)
        {
            return Json(type.Options.GetTypeInfo(inner), flag);
        }
        return type.Kind switch
        {
            JsonTypeInfoKind.Object => new JsonObject(type.Properties.Where(property => property.Get is not null)
                .Select(property => KeyValuePair.Create(property.Name, (JsonNode?)Json(type.Options.GetTypeInfo(property.PropertyType), flag)))),
            JsonTypeInfoKind.Enumerable => new JsonArray(
                Json(type.Options.GetTypeInfo(type.ElementType!), flag), Json(type.Options.GetTypeInfo(type.ElementType!), flag)),
            JsonTypeInfoKind.Dictionary => new JsonObject
            {
                [Text] = Json(type.Options.GetTypeInfo(type.ElementType!), flag),
                ["b"] = Json(type.Options.GetTypeInfo(type.ElementType!), flag),
            },
            _ => Scalar(type.Type, flag),
        };
    }

    /// <summary>Records hold lists, which compare by reference: what they say is compared instead.</summary>
    public static string Said(object record, WireJson? json = null) =>
        JsonSerializer.Serialize(record, (json ?? WireJson.Aws).TypeOf(record.GetType()));

    private static JsonNode Scalar(Type type, bool flag) => type switch
    {
        _ when type == typeof(string) => Text,
        _ when type == typeof(bool) => flag,
        _ when type == typeof(int) => int.MaxValue,
        _ when type == typeof(long) => long.MinValue,
        _ when type == typeof(decimal) => 12.5m,
        _ when type == typeof(double) => 0.25,
        _ when type == typeof(DateTimeOffset) => 1796119200.125m,
        { IsEnum: true } => JsonSerializer.SerializeToNode(Enum.GetValues(type).Cast<object>().Last(), WireJson.Aws.TypeOf(type))!.GetValue<string>(),
        _ => throw new NotSupportedException($"There is no sample of {type}: add one."),
    };

    private static Operation Read(Type type, JsonObject json) => (Operation)json.Deserialize(WireJson.Aws.TypeOf(type))!;
}
