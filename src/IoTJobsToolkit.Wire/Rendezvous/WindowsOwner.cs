using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace IoTJobsToolkit.Wire.Rendezvous;

/// <summary>What file modes are elsewhere: the rights of the user of this process alone, with none of the folder's above.</summary>
[SupportedOSPlatform("windows")]
public static class WindowsOwner
{
    public static FileSecurity OfFile()
    {
        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new(User(), FileSystemRights.FullControl, AccessControlType.Allow));
        return security;
    }

    /// <summary>What is made in the folder has the same.</summary>
    public static DirectorySecurity OfFolder()
    {
        var security = new DirectorySecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new(
            User(), FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit, PropagationFlags.None, AccessControlType.Allow));
        return security;
    }

    private static SecurityIdentifier User()
    {
        using var identity = WindowsIdentity.GetCurrent();
        return identity.User ?? throw new UnauthorizedAccessException("The user of this process has no identity to whom files could belong.");
    }
}
