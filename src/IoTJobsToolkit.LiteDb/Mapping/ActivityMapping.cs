using System.Text;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>What operators did, record behind record in bytes: packs are put together by joining them.</summary>
internal static class ActivityMapping
{
    private const byte Absent = byte.MaxValue;

    /// <summary>As LiteDB does: what is no text becomes a replacement character.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static byte[] Pack(IEnumerable<ActivityRecord> records)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Utf8);
        foreach (var record in records)
        {
            writer.Write7BitEncodedInt64(record.Sequence);
            writer.Write7BitEncodedInt64(record.At.ToUnixTimeMilliseconds());
            writer.Write((byte?)record.Role ?? Absent);
            writer.Write((byte?)record.Origin ?? Absent);
            writer.Write((byte)record.SubjectKind);
            writer.Write(record.By);
            writer.Write(record.OperationName);
            writer.Write(record.SubjectName);
            writer.Write(record.Details is not null);
            if (record.Details is not null)
            {
                writer.Write(record.Details);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>In the order in which they were packed.</summary>
    public static List<ActivityRecord> Unpack(byte[] pack)
    {
        using var reader = new BinaryReader(new MemoryStream(pack), Utf8);
        var records = new List<ActivityRecord>();
        while (reader.BaseStream.Position < pack.Length)
        {
            var sequence = reader.Read7BitEncodedInt64();
            var at = DateTimeOffset.FromUnixTimeMilliseconds(reader.Read7BitEncodedInt64());
            var (role, origin, kind) = (reader.ReadByte(), reader.ReadByte(), reader.ReadByte());
            records.Add(new()
            {
                Sequence = sequence,
                At = at,
                Role = role == Absent ? null : (AccessRole)role,
                Origin = origin == Absent ? null : (CallOrigin)origin,
                SubjectKind = (ActivitySubject)kind,
                By = reader.ReadString(),
                OperationName = reader.ReadString(),
                SubjectName = reader.ReadString(),
                Details = reader.ReadBoolean() ? reader.ReadString() : null,
            });
        }
        return records;
    }
}
