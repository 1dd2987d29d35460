using Microsoft.Win32.SafeHandles;

namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>A file of the operating system, held open exclusively.</summary>
internal sealed class PhysicalFile : IDurableFile
{
    private readonly SafeFileHandle handle;

    private PhysicalFile(string path, SafeFileHandle handle)
    {
        Name = path;
        this.handle = handle;
    }

    public string Name { get; }

    public long Length => RandomAccess.GetLength(handle);

    public static PhysicalFile Open(string path)
    {
        OwnerOnly.CreateIfMissing(path);
        var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        if (RandomAccess.GetLength(handle) == 0)
        {
            UnixFile.SyncDirectoryOf(path);
        }

        return new PhysicalFile(path, handle);
    }

    public int Read(Span<byte> buffer, long offset)
    {
        var total = 0;

        while (total < buffer.Length)
        {
            var read = RandomAccess.Read(handle, buffer[total..], offset + total);

            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }

    public void Write(ReadOnlySpan<byte> buffer, long offset) => RandomAccess.Write(handle, buffer, offset);

    public void SetLength(long length) => RandomAccess.SetLength(handle, length);

    public void Sync() => RandomAccess.FlushToDisk(handle);

    public void Dispose() => handle.Dispose();
}
