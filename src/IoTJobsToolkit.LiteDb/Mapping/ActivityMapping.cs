using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>What operators did, in the order of its sequence.</summary>
internal static class ActivityMapping
{
    public static BsonDocument ToDocument(ActivityRecord record)
    {
        var document = new BsonDocument
        {
            ["_id"] = Keys.Of(record.Sequence),
            ["a"] = record.At.ToUnixTimeMilliseconds(),
            ["b"] = record.By,
            ["o"] = record.OperationName,
            ["k"] = (int)record.SubjectKind,
            ["n"] = record.SubjectName,
        };
        document.Set("r", (int?)record.Role);
        document.Set("w", (int?)record.Origin);
        document.Set("d", record.Details);
        return document;
    }

    public static ActivityRecord ToRecord(BsonDocument document) => new()
    {
        Sequence = new KeyReader(document["_id"].AsBinary).ReadInt64(),
        At = document.Time("a")!.Value,
        By = document["b"].AsString,
        Role = (AccessRole?)document.Int32("r"),
        Origin = (CallOrigin?)document.Int32("w"),
        OperationName = document["o"].AsString,
        SubjectKind = (ActivitySubject)document["k"].AsInt32,
        SubjectName = document["n"].AsString,
        Details = document.Text("d"),
    };
}
