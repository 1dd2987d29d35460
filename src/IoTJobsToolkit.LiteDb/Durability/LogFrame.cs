using System.Buffers.Binary;
using System.IO.Hashing;

namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>
/// One page of the log on disk: checksum (8 bytes), log id (8), generation (8), index (4), page number (4), page (8192).
/// The checksum covers all that follows it, so a frame of another log, generation or place is never taken for this one.
/// </summary>
internal static class LogFrame
{
    public const int Size = PageAt + LitePage.Size;

    private const int LogIdAt = 8;
    private const int GenerationAt = 16;
    private const int IndexAt = 24;
    private const int PageNumberAt = 28;
    private const int PageAt = 32;

    public static long OffsetOf(long index) => LogHeader.Space + index * Size;

    public static Span<byte> Page(Span<byte> frame) => frame[PageAt..];

    public static void Seal(Span<byte> frame, LogHeader header, long index, ReadOnlySpan<byte> page)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(frame[LogIdAt..], header.LogId);
        BinaryPrimitives.WriteUInt64LittleEndian(frame[GenerationAt..], header.Generation);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[IndexAt..], (uint)index);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[PageNumberAt..], LitePage.Number(page));
        page.CopyTo(Page(frame));
        BinaryPrimitives.WriteUInt64LittleEndian(frame, Checksum(frame));
    }

    public static bool IsIntact(ReadOnlySpan<byte> frame, LogHeader header, long index) =>
        BinaryPrimitives.ReadUInt64LittleEndian(frame[LogIdAt..]) == header.LogId
        && BinaryPrimitives.ReadUInt64LittleEndian(frame[GenerationAt..]) == header.Generation
        && BinaryPrimitives.ReadUInt32LittleEndian(frame[IndexAt..]) == (uint)index
        && BinaryPrimitives.ReadUInt32LittleEndian(frame[PageNumberAt..]) == LitePage.Number(frame[PageAt..])
        && BinaryPrimitives.ReadUInt64LittleEndian(frame) == Checksum(frame);

    private static ulong Checksum(ReadOnlySpan<byte> frame) => XxHash3.HashToUInt64(frame[LogIdAt..Size]);
}
