namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>The data file as LiteDB sees it: no page is written before the log that explains it is synced.</summary>
internal sealed class DataStream(IDurableFile file, DurableLog log) : PageStream
{
    private bool unsynced;

    public override long Length => file.Length;

    public DatabaseStamp Stamp => DatabaseStamp.Of(file) ?? throw new IOException($"The first page of {file.Name} is no database's.");

    public override void SetLength(long value)
    {
        log.Sync();
        unsynced = true;
        file.SetLength(value);
    }

    public override void Flush()
    {
        if (!unsynced)
        {
            return;
        }

        try
        {
            file.Sync();
        }
        catch (IOException e)
        {
            throw log.Fail(e);
        }

        unsynced = false;
    }

    /// <summary>LiteDB disposes the stream only where it finds its own state invalid; its writer may then never come to a mark.</summary>
    protected override void Dispose(bool disposing)
    {
        log.Fail(new InvalidDataException("LiteDB found an invalid state and closed itself."));
        base.Dispose(disposing);
    }

    protected override void ReadPage(long index, Span<byte> page)
    {
        if (file.Read(page, index * LitePage.Size) < LitePage.Size)
        {
            throw new EndOfStreamException($"{file.Name} ends before page {index}. Restore it from a backup.");
        }
    }

    protected override void WritePage(long index, ReadOnlySpan<byte> page)
    {
        log.Sync();
        unsynced = true;
        file.Write(page, index * LitePage.Size);
    }
}
