using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.CodeSigning;

/// <summary>The job document in a file.</summary>
internal static class DocumentText
{
    /// <exception cref="SigningException">The file is not there or cannot be read.</exception>
    public static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw NotReadable(path, refused);
        }
    }

    public static SigningException NotReadable(string path, Exception? cause) => new(
        "DocumentNotReadable", ErrorCategory.ReadError, path, $"The job document {path} cannot be read: {cause?.Message ?? "it is no file"}",
        "Check -DocumentPath, or give the text as -Document.", cause);
}
