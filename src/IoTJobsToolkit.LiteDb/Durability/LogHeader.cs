using System.Buffers.Binary;
using System.IO.Hashing;

namespace IoTJobsToolkit.LiteDb.Durability;

internal enum LogState
{
    /// <summary>The database's first page is not known to be whole; nothing was acknowledged yet.</summary>
    Creating = 1,
    Ready = 2,
}

/// <summary>
/// Says which frames count. Two slots are written in turn, the newer intact one is valid: a torn header leaves the one before it.
/// </summary>
internal readonly record struct LogHeader(ulong LogId, ulong Generation, LogState State, DatabaseStamp Stamp)
{
    /// <summary>The room before the first frame: each slot has a page of the disk to itself.</summary>
    public const int Space = 2 * SlotSpace;

    private const int SlotSpace = 4096;
    private const int Size = 48;
    private const int LogIdAt = 8;
    private const int GenerationAt = 16;
    private const int StateAt = 24;
    private const int UserVersionAt = 28;
    private const int CreatedAtAt = 32;
    private const int ChecksumAt = 40;

    private static ReadOnlySpan<byte> Magic => "IOTJLOG1"u8;

    public LogHeader Next(LogState state, DatabaseStamp stamp) => this with { Generation = Generation + 1, State = state, Stamp = stamp };

    public static LogHeader? ReadNewest(IDurableFile file)
    {
        var first = ReadSlot(file, 0);
        var second = ReadSlot(file, SlotSpace);

        return (first, second) switch
        {
            ({ } a, { } b) => a.Generation > b.Generation ? a : b,
            _ => first ?? second,
        };
    }

    public void WriteTo(IDurableFile file)
    {
        Span<byte> slot = stackalloc byte[Size];
        slot.Clear();
        Magic.CopyTo(slot);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[LogIdAt..], LogId);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[GenerationAt..], Generation);
        BinaryPrimitives.WriteInt32LittleEndian(slot[StateAt..], (int)State);
        BinaryPrimitives.WriteInt32LittleEndian(slot[UserVersionAt..], Stamp.UserVersion);
        BinaryPrimitives.WriteInt64LittleEndian(slot[CreatedAtAt..], Stamp.CreatedAt);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[ChecksumAt..], XxHash3.HashToUInt64(slot[..ChecksumAt]));

        file.Write(slot, Generation % 2 == 0 ? 0 : SlotSpace);
        file.Sync();
    }

    private static LogHeader? ReadSlot(IDurableFile file, long offset)
    {
        Span<byte> slot = stackalloc byte[Size];

        if (file.Read(slot, offset) < Size
            || !slot.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt64LittleEndian(slot[ChecksumAt..]) != XxHash3.HashToUInt64(slot[..ChecksumAt]))
        {
            return null;
        }

        return new LogHeader(
            BinaryPrimitives.ReadUInt64LittleEndian(slot[LogIdAt..]),
            BinaryPrimitives.ReadUInt64LittleEndian(slot[GenerationAt..]),
            (LogState)BinaryPrimitives.ReadInt32LittleEndian(slot[StateAt..]),
            new DatabaseStamp(
                BinaryPrimitives.ReadInt64LittleEndian(slot[CreatedAtAt..]),
                BinaryPrimitives.ReadInt32LittleEndian(slot[UserVersionAt..])));
    }
}
