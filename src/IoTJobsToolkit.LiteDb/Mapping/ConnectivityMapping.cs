using IoTJobsToolkit.Engine.Things;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>Connections of things, apart from the things: many change at once, and small documents that lie together do so cheaply.</summary>
internal static class ConnectivityMapping
{
    public static BsonDocument ToDocument(ThingConnectivity connectivity)
    {
        var document = new BsonDocument
        {
            ["_id"] = connectivity.ThingSequence,
            ["c"] = connectivity.Connected,
            ["t"] = connectivity.Timestamp.ToUnixTimeMilliseconds(),
            ["n"] = connectivity.Run,
        };
        document.Set("i", connectivity.ClientId);
        document.Set("r", (int?)connectivity.DisconnectReason);
        return document;
    }

    public static ThingConnectivity ToConnectivity(BsonDocument document) => new(
        document["_id"].AsInt64, document["c"].AsBoolean, document.Time("t")!.Value, document.Text("i"), document["n"].AsInt64)
    {
        DisconnectReason = (DisconnectReason?)document.Int32("r"),
    };

    public static BsonDocument ToDocument(ConnectivityRun run)
    {
        var document = new BsonDocument { ["_id"] = run.Sequence };
        document.Set("e", run.EndedAt);
        document.Set("r", (int?)run.EndReason);
        return document;
    }

    public static ConnectivityRun ToRun(BsonDocument document) =>
        new(document["_id"].AsInt64, document.Time("e"), (DisconnectReason?)document.Int32("r"));
}
