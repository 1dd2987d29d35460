using System.Buffers.Binary;
using IoTJobsToolkit.LiteDb.Durability;

namespace IoTJobsToolkit.Stores.Tests.Durability;

/// <summary>Pages as LiteDB would hand them to the log.</summary>
internal static class LitePages
{
    public static byte[] EmptyDatabase(int pages)
    {
        var content = new byte[pages * LitePage.Size];
        "** This is a LiteDB file **"u8.CopyTo(content.AsSpan(32));
        return content;
    }

    public static byte[] Of(uint number, uint transaction, bool confirmed, byte content)
    {
        var page = new byte[LitePage.Size];
        page.AsSpan(32).Fill(content);
        page[4] = 4;
        BinaryPrimitives.WriteUInt32LittleEndian(page, number);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(14), transaction);
        page[18] = confirmed ? (byte)1 : (byte)0;
        return page;
    }

    /// <summary>The header page, whose user version is the mark.</summary>
    public static byte[] Mark(int mark, uint transaction)
    {
        var page = Of(0, transaction, confirmed: true, content: 0);
        page[4] = 1;
        "** This is a LiteDB file **"u8.CopyTo(page.AsSpan(32));
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(76), mark);
        return page;
    }
}
