using System.Buffers.Binary;

namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>The few fields of a LiteDB 5 page that the log must know.</summary>
internal static class LitePage
{
    public const int Size = 8192;

    /// <summary>So much of the first page holds what identifies a database. It lies in one sector of the disk.</summary>
    public const int StampEnd = 80;

    private const int SignatureAt = 32;
    private const int CreatedAtAt = 68;
    private const int PageTypeAt = 4;
    private const int TransactionAt = 14;
    private const int ConfirmedAt = 18;
    private const int UserVersionAt = 76;
    private const byte HeaderType = 1;

    private static ReadOnlySpan<byte> Signature => "** This is a LiteDB file **"u8;

    public static bool HasSignature(ReadOnlySpan<byte> start) => start[SignatureAt..].StartsWith(Signature);

    public static uint Number(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadUInt32LittleEndian(page);

    public static uint Transaction(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadUInt32LittleEndian(page[TransactionAt..]);

    /// <summary>True on the last page of a committed transaction.</summary>
    public static bool IsConfirmed(ReadOnlySpan<byte> page) => page[ConfirmedAt] != 0;

    public static bool IsHeader(ReadOnlySpan<byte> page) => page[PageTypeAt] == HeaderType;

    public static long CreatedAt(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[CreatedAtAt..]);

    public static int UserVersion(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header[UserVersionAt..]);

    /// <summary>Makes a page of the log a page of the data file, as LiteDB's own checkpoint does.</summary>
    public static void ForgetTransaction(Span<byte> page)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(page[TransactionAt..], uint.MaxValue);
        page[ConfirmedAt] = 0;
    }
}
