using System.Globalization;
using System.Text;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>
/// Keeps a document which will grow at its size. LiteDB then writes an update into its old place: one page. A document that outgrows its
/// page goes on in another, and a page whose free space changes moves between lists that run through other pages.
/// </summary>
internal static class Padding
{
    private const string Field = "pad";
    private const int FieldBytes = 1 + 3 + 1 + 4 + 1;

    public static BsonDocument PadTo(this BsonDocument document, int least, int step)
    {
        var needed = SizeOf(document) + FieldBytes;
        var size = needed <= least ? least : least + (needed - least + step - 1) / step * step;
        document[Field] = new byte[size - needed];
        return document;
    }

    private static int SizeOf(BsonDocument document)
    {
        var size = sizeof(int) + 1;
        foreach (var (name, value) in document)
        {
            size += 1 + name.Length + 1 + SizeOf(value);
        }
        return size;
    }

    private static int SizeOf(BsonArray array)
    {
        var size = sizeof(int) + 1;
        for (var i = 0; i < array.Count; i++)
        {
            size += 1 + i.ToString(CultureInfo.InvariantCulture).Length + 1 + SizeOf(array[i]);
        }
        return size;
    }

    private static int SizeOf(BsonValue value) => value.Type switch
    {
        BsonType.Int32 => sizeof(int),
        BsonType.Int64 => sizeof(long),
        BsonType.Boolean => sizeof(bool),
        BsonType.String => sizeof(int) + Encoding.UTF8.GetByteCount(value.AsString) + 1,
        BsonType.Binary => sizeof(int) + 1 + value.AsBinary.Length,
        BsonType.Array => SizeOf(value.AsArray),
        BsonType.Document => SizeOf(value.AsDocument),
        _ => throw new NotSupportedException($"A padded document has no fields of type {value.Type}."),
    };
}
