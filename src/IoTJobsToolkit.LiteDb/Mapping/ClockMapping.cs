using IoTJobsToolkit.Engine.Clocks;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>How the virtual clock goes.</summary>
internal static class ClockMapping
{
    public const string Id = "clock";

    public static BsonDocument ToDocument(ClockState state) => new()
    {
        ["_id"] = Id,
        ["a"] = state.At.ToUnixTimeMilliseconds(),
        ["s"] = state.Since.ToUnixTimeMilliseconds(),
        ["r"] = state.Rate,
    };

    public static ClockState ToState(BsonDocument document) => new(document.Time("a")!.Value, document.Time("s")!.Value, document["r"].AsDouble);
}
