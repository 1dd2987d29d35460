using System.Security.AccessControl;
using IoTJobsToolkit.Wire.Rendezvous;

namespace IoTJobsToolkit.Server.Hosting;

/// <summary>A new folder is its owner's alone, and so are those above it that have to be made: secrets lie in it. One that exists is left as it is.</summary>
public static class OwnerOnlyFolder
{
    public static DirectoryInfo Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return WindowsOwner.OfFolder().CreateDirectory(path);
        }
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } parent && !Directory.Exists(parent))
        {
            Create(parent);
        }
        return Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
