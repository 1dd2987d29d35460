namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>
/// A stream of whole 8 KiB pages, the only thing LiteDB asks for. LiteDB serialises its use with a lock on the stream, except for Flush.
/// Disposing it leaves the file open: LiteDB may do so while it still writes.
/// </summary>
internal abstract class PageStream : Stream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => true;

    public sealed override bool CanWrite => true;

    public sealed override long Position { get; set; }

    public sealed override int Read(byte[] buffer, int offset, int count)
    {
        ReadPage(NextPage(count), buffer.AsSpan(offset, count));
        Position += count;
        return count;
    }

    public sealed override void Write(byte[] buffer, int offset, int count)
    {
        WritePage(NextPage(count), buffer.AsSpan(offset, count));
        Position += count;
    }

    public sealed override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    protected abstract void ReadPage(long index, Span<byte> page);

    protected abstract void WritePage(long index, ReadOnlySpan<byte> page);

    private long NextPage(int count) => count == LitePage.Size && Position % LitePage.Size == 0
        ? Position / LitePage.Size
        : throw new NotSupportedException($"Only whole pages are read and written, not {count} bytes at {Position}.");
}
