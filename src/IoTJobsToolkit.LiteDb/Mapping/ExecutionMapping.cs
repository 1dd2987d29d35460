using System.Buffers.Binary;
using System.Text;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>An execution: what never changes stands in its two keys, what changes in a document which keeps its size.</summary>
internal static class ExecutionMapping
{
    /// <summary>The field of the one secondary index; like the id it never changes.</summary>
    public const string ThingField = "t";

    /// <summary>Room for the creation, start and end of an execution with a few details.</summary>
    private const int UsualSize = 384;
    private const int GrowthStep = 64;

    private const byte NoStatus = byte.MaxValue;
    private const int ChangeBytes = sizeof(long) + sizeof(long) + 3 + sizeof(ushort);

    public static BsonDocument ToDocument(JobExecution execution) => Pad(ToBareDocument(execution));

    public static BsonDocument Pad(BsonDocument document) => document.PadTo(UsualSize, GrowthStep);

    /// <summary>The document before it gets its size.</summary>
    public static BsonDocument ToBareDocument(JobExecution execution)
    {
        var document = new BsonDocument
        {
            ["_id"] = Keys.Of(execution.Key),
            [ThingField] = Keys.OfThing(execution.ThingSequence, execution.ThingKey),
            ["s"] = (int)execution.Status,
            ["v"] = execution.VersionNumber,
            ["u"] = execution.LastUpdatedAt.ToUnixTimeMilliseconds(),
        };
        document.Set("b", execution.StartedAt);
        document.Set("d", execution.StatusDetails);
        document.Set("f", execution.ForceCanceled ? true : (bool?)null);
        document.Set("p", execution.Priority == 0 ? (int?)null : execution.Priority);
        document.Set("r", execution.RetryAttempt == 0 ? (int?)null : execution.RetryAttempt);
        document.Set("rf", execution.RetriesUsed.Failed == 0 ? (int?)null : execution.RetriesUsed.Failed);
        document.Set("rt", execution.RetriesUsed.TimedOut == 0 ? (int?)null : execution.RetriesUsed.TimedOut);
        document.Set("e", execution.InProgressDeadline);
        document.Set("es", execution.StepDeadline);
        document["h"] = Write(execution.History);
        document.SetPart("hd", ChangeDetails.Write(execution) is { } brought ? new(brought) : null);
        return document;
    }

    public static JobExecution ToExecution(BsonDocument document)
    {
        var (jobSequence, queuedAt, thingName, number, sequence) = Keys.ToExecutionKey(document["_id"].AsBinary);
        var thingKey = new KeyReader(document[ThingField].AsBinary);
        var thingSequence = thingKey.ReadInt64();
        thingKey.ReadTime();
        var details = document.ContainsKey("d") ? new Dictionary<string, string>(document.Pairs("d")) : JobExecution.NoDetails;
        return new()
        {
            Sequence = sequence,
            JobSequence = jobSequence,
            JobId = thingKey.ReadText(),
            ThingSequence = thingSequence,
            ThingName = thingName,
            Number = number,
            QueuedAt = queuedAt,
            LastUpdatedAt = document.Time("u")!.Value,
            StartedAt = document.Time("b"),
            Status = (JobExecutionStatus)document["s"].AsInt32,
            VersionNumber = document["v"].AsInt64,
            StatusDetails = details,
            ForceCanceled = document.Boolean("f") ?? false,
            Priority = document.Int32("p") ?? 0,
            RetryAttempt = document.Int32("r") ?? 0,
            RetriesUsed = new(document.Int32("rf") ?? 0, document.Int32("rt") ?? 0),
            InProgressDeadline = document.Time("e"),
            StepDeadline = document.Time("es"),
            History = ChangeDetails.Read(document.TryGetValue("hd", out var brought) ? brought.AsBinary : [], Read(document["h"].AsBinary, thingName), details),
        };
    }

    /// <summary>The changes in a row: as an array of documents they would be three times as long.</summary>
    private static byte[] Write(IReadOnlyList<ExecutionChange> history)
    {
        var bytes = new byte[history.Sum(change => ChangeBytes + Encoding.UTF8.GetByteCount(change.By))];
        var rest = bytes.AsSpan();
        foreach (var change in history)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, change.At.ToUnixTimeMilliseconds());
            BinaryPrimitives.WriteInt64LittleEndian(rest[8..], change.Version);
            rest[16] = change.From is { } from ? (byte)from : NoStatus;
            rest[17] = (byte)change.To;
            rest[18] = (byte)change.Origin;
            var length = Encoding.UTF8.GetBytes(change.By, rest[ChangeBytes..]);
            BinaryPrimitives.WriteUInt16LittleEndian(rest[19..], checked((ushort)length));
            rest = rest[(ChangeBytes + length)..];
        }
        return bytes;
    }

    private static List<ExecutionChange> Read(ReadOnlySpan<byte> rest, string thingName)
    {
        var history = new List<ExecutionChange>(3);
        while (!rest.IsEmpty)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(rest[19..]);
            history.Add(new(
                DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(rest)),
                rest[16] == NoStatus ? null : (JobExecutionStatus)rest[16],
                (JobExecutionStatus)rest[17],
                BinaryPrimitives.ReadInt64LittleEndian(rest[8..]),
                (ChangeOrigin)rest[18],
                ReadName(rest.Slice(ChangeBytes, length), thingName)));
            rest = rest[(ChangeBytes + length)..];
        }
        return history;
    }

    /// <summary>Nearly all changes are the system's or the device's own: those need no text of their own in memory.</summary>
    private static string ReadName(ReadOnlySpan<byte> bytes, string thingName) =>
        Ascii.Equals(bytes, Caller.System.Name) ? Caller.System.Name
        : Ascii.Equals(bytes, thingName) ? thingName
        : Encoding.UTF8.GetString(bytes);
}
