using IoTJobsToolkit.LiteDb.Durability;

namespace IoTJobsToolkit.Stores.Tests.Durability;

internal enum DiskEventKind
{
    Write,
    SetLength,
    Sync,
    Committed,
    Acknowledged,
}

/// <summary>What happened to the disk, or to its user: <see cref="Number"/> is an offset, a length or a transaction.</summary>
internal sealed record DiskEvent(DiskEventKind Kind, RecordedFile? File, long Number, byte[] Bytes);

/// <summary>A disk in memory that remembers every write and sync in their order, and how far the workload was at each.</summary>
internal sealed class RecordedDisk
{
    private readonly List<DiskEvent> events = [];

    public RecordedDisk(byte[] data, byte[] log, byte[]? journal = null)
    {
        Data = new RecordedFile(this, "jobs.db", data);
        Log = new RecordedFile(this, "jobs.db-log", log);
        Journal = new RecordedFile(this, "jobs.db-journal", journal ?? []);
    }

    public RecordedFile Data { get; }

    public RecordedFile Log { get; }

    public RecordedFile Journal { get; }

    public IReadOnlyList<DiskEvent> Events
    {
        get
        {
            lock (events)
            {
                return [.. events];
            }
        }
    }

    public void Committed(int transaction) => Add(new DiskEvent(DiskEventKind.Committed, null, transaction, []));

    public void Acknowledged(int transaction) => Add(new DiskEvent(DiskEventKind.Acknowledged, null, transaction, []));

    public void Add(DiskEvent happened)
    {
        lock (events)
        {
            events.Add(happened);
        }
    }
}

internal sealed class RecordedFile(RecordedDisk disk, string name, byte[] start) : IDurableFile
{
    private readonly GrowingBytes content = new(start);

    public string Name => name;

    public RecordedDisk Disk => disk;

    public byte[] Start => start;

    public long Length
    {
        get
        {
            lock (content)
            {
                return content.Length;
            }
        }
    }

    public int Syncs { get; private set; }

    /// <summary>Set by a test to make the next write or sync fail.</summary>
    public IOException? Failure { get; set; }

    public int Read(Span<byte> buffer, long offset)
    {
        lock (content)
        {
            return content.Read(buffer, offset);
        }
    }

    public void Write(ReadOnlySpan<byte> buffer, long offset)
    {
        ThrowIfFailing();
        disk.Add(new DiskEvent(DiskEventKind.Write, this, offset, buffer.ToArray()));

        lock (content)
        {
            content.Write(buffer, offset);
        }
    }

    public void SetLength(long length)
    {
        disk.Add(new DiskEvent(DiskEventKind.SetLength, this, length, []));

        lock (content)
        {
            content.SetLength(length);
        }
    }

    public void Sync()
    {
        ThrowIfFailing();
        Syncs++;
        disk.Add(new DiskEvent(DiskEventKind.Sync, this, 0, []));
    }

    public byte[] ToArray()
    {
        lock (content)
        {
            return content.ToArray();
        }
    }

    public void Dispose()
    {
    }

    private void ThrowIfFailing()
    {
        if (Failure is not null)
        {
            throw Failure;
        }
    }
}

/// <summary>File content: a write beyond the end fills the gap with zeros.</summary>
internal sealed class GrowingBytes(byte[] start)
{
    private byte[] bytes = [.. start];

    public int Length { get; private set; } = start.Length;

    public int Read(Span<byte> buffer, long offset)
    {
        var count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        bytes.AsSpan((int)Math.Min(offset, Length), count).CopyTo(buffer);
        return count;
    }

    public void Write(ReadOnlySpan<byte> buffer, long offset)
    {
        if (offset + buffer.Length > Length)
        {
            SetLength(offset + buffer.Length);
        }

        buffer.CopyTo(bytes.AsSpan((int)offset));
    }

    public void SetLength(long length)
    {
        if (length > bytes.Length)
        {
            Array.Resize(ref bytes, (int)Math.Max(length, bytes.Length * 2L));
        }

        if (length < Length)
        {
            bytes.AsSpan((int)length, Length - (int)length).Clear();
        }

        Length = (int)length;
    }

    public byte[] ToArray() => bytes[..Length];
}
