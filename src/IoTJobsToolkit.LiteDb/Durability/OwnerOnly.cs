using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>New files of a database are their owner's alone: job documents lie in them. Files that exist are left as they are.</summary>
internal static class OwnerOnly
{
    public static void CreateIfMissing(string path)
    {
        if (File.Exists(path))
        {
            return;
        }
        try
        {
            Create(path).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process made it in between.
        }
    }

    private static FileStream Create(string path) => OperatingSystem.IsWindows()
        ? new FileInfo(path).Create(FileMode.CreateNew, FileSystemRights.Write, FileShare.None, bufferSize: 4096, FileOptions.None, OnlyUser())
        : new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });

    /// <summary>The user of this process, with none of the folder's rights.</summary>
    [SupportedOSPlatform("windows")]
    private static FileSecurity OnlyUser()
    {
        using var identity = WindowsIdentity.GetCurrent();
        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new(identity.User!, FileSystemRights.FullControl, AccessControlType.Allow));
        return security;
    }
}
