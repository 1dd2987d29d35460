using System.Buffers.Binary;
using System.IO.Hashing;
using IoTJobsToolkit.LiteDb.Durability;

namespace IoTJobsToolkit.LiteDb.Journaling;

/// <summary>
/// Commits in a row, each synced before its callers are answered and before the database takes it: one small write where the database would
/// rewrite whole pages. What counts is the row of intact records of one generation; the database says which that is.
/// A record on disk: checksum (8 bytes), generation (8), number (4), length (4), content; each begins on a page of the disk of its own, so that
/// writing one never touches another that was acknowledged.
/// </summary>
internal sealed class Journal(IDurableFile file) : IDisposable
{
    private const int PageSize = 4096;
    private const int GenerationAt = 8;
    private const int NumberAt = 16;
    private const int LengthAt = 20;
    private const int HeadSize = 24;

    private byte[] _buffer = new byte[16 * PageSize];
    private uint _records;

    public long Generation { get; private set; }

    /// <summary>Bytes of the generation so far.</summary>
    public long Length { get; private set; }

    /// <summary>Whether the generation has no record.</summary>
    public bool IsEmpty => _records == 0;

    /// <summary>Whether the file has no record of any generation.</summary>
    public bool IsBlank => file.Length == 0;

    /// <summary>Begins anew at the front, in the space that is there: syncing what overwrites takes half the time of what grows.</summary>
    public void Begin(long generation)
    {
        Generation = generation;
        Length = 0;
        _records = 0;
    }

    /// <summary>Returns when the record is synced.</summary>
    /// <exception cref="IOException">Nobody can say whether it will be found again.</exception>
    public void Append(ReadOnlySpan<byte> content)
    {
        var size = (HeadSize + content.Length + PageSize - 1) / PageSize * PageSize;
        if (_buffer.Length < size)
        {
            _buffer = new byte[size];
        }
        var record = _buffer.AsSpan(0, size);
        BinaryPrimitives.WriteInt64LittleEndian(record[GenerationAt..], Generation);
        BinaryPrimitives.WriteUInt32LittleEndian(record[NumberAt..], _records);
        BinaryPrimitives.WriteInt32LittleEndian(record[LengthAt..], content.Length);
        content.CopyTo(record[HeadSize..]);
        record[(HeadSize + content.Length)..].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(record, Checksum(record, content.Length));
        file.Write(record, Length);
        file.Sync();
        _records++;
        Length += size;
    }

    /// <summary>The intact records of a generation, first to last.</summary>
    public IEnumerable<byte[]> Read(long generation)
    {
        var head = new byte[HeadSize];
        var end = file.Length;
        long at = 0;
        for (uint number = 0; file.Read(head, at) == HeadSize; number++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(LengthAt));
            if (BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(GenerationAt)) != generation ||
                BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(NumberAt)) != number || length < 0 || length > end - at - HeadSize)
            {
                yield break;
            }
            var record = new byte[HeadSize + length];
            if (file.Read(record, at) < record.Length || BinaryPrimitives.ReadUInt64LittleEndian(record) != Checksum(record, length))
            {
                yield break;
            }
            yield return record[HeadSize..];
            at += (record.Length + PageSize - 1) / PageSize * PageSize;
        }
    }

    /// <summary>The file of a database that was closed cleanly holds nothing.</summary>
    public void Clear() => file.SetLength(0);

    public void Dispose() => file.Dispose();

    private static ulong Checksum(ReadOnlySpan<byte> record, int length) =>
        XxHash3.HashToUInt64(record[GenerationAt..(HeadSize + length)]);
}
