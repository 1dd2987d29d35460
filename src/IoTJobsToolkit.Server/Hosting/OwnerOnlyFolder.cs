namespace IoTJobsToolkit.Server.Hosting;

/// <summary>A new folder is its owner's alone: secrets lie in it. One that exists is left as it is.</summary>
public static class OwnerOnlyFolder
{
    public static DirectoryInfo Create(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
