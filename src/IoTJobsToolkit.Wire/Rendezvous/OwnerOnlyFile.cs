namespace IoTJobsToolkit.Wire.Rendezvous;

/// <summary>Small files with secrets: written whole or not at all, readable by their owner only.</summary>
public static class OwnerOnlyFile
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces the file at the path, through a new one beside it.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var beside = $"{path}.{Environment.ProcessId}.new";
        File.Delete(beside); // A mode given at creation counts for new files only.
        try
        {
            using (var file = new FileStream(beside, Options()))
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

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerReadsAndWrites; // On Windows the user's own folders are private already.
        }
        return options;
    }
}
