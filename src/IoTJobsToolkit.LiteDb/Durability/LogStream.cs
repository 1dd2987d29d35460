namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>The log as LiteDB sees it: pages one after the other, emptied after each checkpoint.</summary>
internal sealed class LogStream(DurableLog log, DataStream data) : PageStream
{
    public override long Length => log.Frames * LitePage.Size;

    /// <summary>LiteDB flushes whenever its queue runs empty; who needs durability asks the log, once for a group.</summary>
    public override void Flush()
    {
    }

    public override void SetLength(long value)
    {
        if (value != 0)
        {
            throw new NotSupportedException("The log is only ever emptied.");
        }

        data.Flush();
        log.Restart(data.Stamp);
    }

    protected override void ReadPage(long index, Span<byte> page) => log.ReadPage(index, page);

    protected override void WritePage(long index, ReadOnlySpan<byte> page) => log.Append(index, page);
}
