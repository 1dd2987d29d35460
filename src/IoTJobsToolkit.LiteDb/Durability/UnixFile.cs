using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>The two things .NET does not offer on Unix: a directory's sync, and reading a file past its advisory lock.</summary>
internal static class UnixFile
{
    private const int ReadOnly = 0;

    /// <summary>Makes a new file's name survive a power cut. Windows journals names by itself.</summary>
    public static void SyncDirectoryOf(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        using var handle = OpenPastLocks(directory);

        if (fsync(handle) != 0)
        {
            throw new IOException($"The directory {directory} could not be synced: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    /// <summary>Opens for reading without asking for the lock that .NET's own open takes.</summary>
    public static SafeFileHandle OpenPastLocks(string path)
    {
        var descriptor = open(path, ReadOnly);

        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException($"{path} could not be opened: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(SafeFileHandle handle);
}
