using System.Diagnostics;
using System.Text.Json;
using IoTJobsToolkit.LiteDb.Durability;
using Microsoft.Win32.SafeHandles;

namespace IoTJobsToolkit.LiteDb.Locking;

/// <summary>
/// Keeps every other process, and a second open of this one, away from a database. The operating system's lock on the open file counts, not
/// the file: one that a dead process left behind blocks nobody. So the file is never deleted, which would let two hold a lock of that name.
/// </summary>
internal sealed class DatabaseLock : IDisposable
{
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    private readonly FileStream file;

    private DatabaseLock(FileStream file) => this.file = file;

    public static DatabaseLock Acquire(string databasePath, TimeProvider time)
    {
        var path = databasePath + ".lock";
        // Windows lets a second process read who holds it; on Unix sharing would weaken the lock, and reading goes past it anyway.
        var share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

        try
        {
            OwnerOnly.CreateIfMissing(path);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share, bufferSize: 0);
            try
            {
                file.SetLength(0);
                file.Write(JsonSerializer.SerializeToUtf8Bytes(ThisProcess(time)));
                return new DatabaseLock(file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (IOException e) when (e.HResult is WindowsSharingViolation or LinuxWouldBlock or MacWouldBlock)
        {
            throw new DatabaseInUseException(databasePath, ReadHolder(path), e);
        }
    }

    public void Dispose()
    {
        try
        {
            file.SetLength(0);
        }
        finally
        {
            file.Dispose();
        }
    }

    private static DatabaseHolder ThisProcess(TimeProvider time)
    {
        using var process = Process.GetCurrentProcess();
        return new DatabaseHolder(process.Id, process.ProcessName, time.GetUtcNow());
    }

    /// <summary>Null where the holder has just opened, or has just gone.</summary>
    private static DatabaseHolder? ReadHolder(string path)
    {
        try
        {
            using var handle = OpenForReading(path);
            var content = new byte[RandomAccess.GetLength(handle)];
            RandomAccess.Read(handle, content, 0);
            return JsonSerializer.Deserialize<DatabaseHolder>(content);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    private static SafeFileHandle OpenForReading(string path) => OperatingSystem.IsWindows()
        ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)
        : UnixFile.OpenPastLocks(path);
}
