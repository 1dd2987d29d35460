using System.Management.Automation;
using DriveNotFound = System.Management.Automation.DriveNotFoundException;

namespace IoTJobsToolkit.Cmdlets.CodeSigning;

/// <summary>Paths of PowerShell (relative, PSPaths, PSDrives) as paths of the file system.</summary>
internal static class FilePaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>The one file of this name, wildcard characters taken as they are. Nothing is said of whether it exists.</summary>
    /// <param name="missing">The refusal for what is no path of the file system.</param>
    public static string Literal(PSCmdlet cmdlet, string path, Func<string, Exception?, SigningException> missing)
    {
        try
        {
            var found = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == FileSystem ? found : throw missing(path, null);
        }
        catch (Exception unknown) when (unknown is DriveNotFound or ProviderNotFoundException)
        {
            throw missing(path, unknown);
        }
    }

    /// <summary>All files which fit the wildcards.</summary>
    /// <param name="missing">The refusal where there is none.</param>
    public static IReadOnlyList<string> Expand(PSCmdlet cmdlet, string path, Func<string, Exception?, SigningException> missing)
    {
        try
        {
            var found = cmdlet.GetResolvedProviderPathFromPSPath(path, out var provider);
            return provider.Name == FileSystem && found.Count > 0 ? [.. found] : throw missing(path, null);
        }
        catch (Exception unknown) when (unknown is ItemNotFoundException or DriveNotFound or ProviderNotFoundException)
        {
            throw missing(path, unknown);
        }
    }
}
