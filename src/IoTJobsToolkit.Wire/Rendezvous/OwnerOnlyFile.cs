using System.Security.AccessControl;

namespace IoTJobsToolkit.Wire.Rendezvous;

/// <summary>Small files with secrets: written whole or not at all, readable by their owner only.</summary>
public static class OwnerOnlyFile
{
    private const int BufferSize = 4096;
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces the file at the path, through a new one beside it.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var beside = $"{path}.{Environment.ProcessId}.new";
        File.Delete(beside); // Rights given at creation count for new files only.
        try
        {
            using (var file = Create(beside))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    private static FileStream Create(string path) => OperatingSystem.IsWindows()
        ? new FileInfo(path).Create(FileMode.CreateNew, FileSystemRights.Write, FileShare.None, BufferSize, FileOptions.None, WindowsOwner.OfFile())
        : new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = BufferSize,
            UnixCreateMode = OwnerReadsAndWrites,
        });
}
