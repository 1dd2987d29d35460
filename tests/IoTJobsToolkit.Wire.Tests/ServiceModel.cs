using System.Text.Json.Nodes;

namespace IoTJobsToolkit.Wire.Tests;

/// <summary>AWS's own description of the two services.</summary>
internal static class ServiceModel
{
    private static readonly JsonNode Root = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "iot-jobs.model.json")))!;

    public static JsonNode Service(Plane plane) => Root["services"]![plane == Plane.Control ? "iot" : "iot-jobs-data"]!;

    public static JsonNode Operation(Route route) =>
        Service(route.Plane)["operations"]![route.Operation] ?? throw new InvalidOperationException($"The model has no {route.Operation}.");

    /// <summary>False for routes of our own.</summary>
    public static bool Knows(Route route) => Service(route.Plane)["operations"]![route.Operation] is not null;

    public static JsonNode Shape(Plane plane, string name) => Service(plane)["shapes"]![name]!;

    public static JsonObject Members(Plane plane, string? shape) =>
        shape is null ? [] : Shape(plane, shape)["members"]!.AsObject();

    public static string[] InputMembers(Route route, string? location) =>
    [
        .. Members(route.Plane, (string?)Operation(route)["input"]?["shape"])
            .Where(member => (string?)member.Value!["location"] == location)
            .Select(member => (string?)member.Value!["locationName"] ?? member.Key)
            .Order(StringComparer.Ordinal),
    ];
}
