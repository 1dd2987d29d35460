using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>Changes of jobs, and jobs of which only those are left.</summary>
internal static class HistoryMapping
{
    public static BsonDocument ToDocument(JobHistoryRecord record)
    {
        var document = new BsonDocument
        {
            ["_id"] = Keys.Of(record.JobSequence, record.Sequence),
            ["a"] = record.At.ToUnixTimeMilliseconds(),
            ["b"] = record.By,
            ["w"] = record.What,
        };
        document.Set("f", (int?)record.From);
        document.Set("t", (int?)record.To);
        document.Set("d", record.Details);
        document.Set("n", record.ThingName);
        document.Set("e", record.ExecutionNumber);
        return document;
    }

    public static JobHistoryRecord ToRecord(BsonDocument document)
    {
        var key = new KeyReader(document["_id"].AsBinary);
        return new(
            key.ReadInt64(), key.ReadInt64(), document.Time("a")!.Value, document["b"].AsString, document["w"].AsString,
            (JobStatus?)document.Int32("f"), (JobStatus?)document.Int32("t"),
            document.Text("d"), document.Text("n"), document.Int64("e"));
    }

    public static BsonDocument ToDocument(GoneJob gone) =>
        new() { ["_id"] = Keys.Of(gone.At.ToUnixTimeMilliseconds(), gone.JobSequence), ["id"] = gone.JobId };

    public static GoneJob ToGone(BsonDocument document)
    {
        var key = new KeyReader(document["_id"].AsBinary);
        return new(key.ReadTime(), key.ReadInt64(), document["id"].AsString);
    }
}
