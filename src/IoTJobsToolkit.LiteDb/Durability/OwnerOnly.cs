namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>New files of a database are their owner's alone: job documents lie in them. Files that exist are left as they are.</summary>
internal static class OwnerOnly
{
    public static void CreateIfMissing(string path)
    {
        if (OperatingSystem.IsWindows() || File.Exists(path))
        {
            return;
        }
        try
        {
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process made it in between.
        }
    }
}
