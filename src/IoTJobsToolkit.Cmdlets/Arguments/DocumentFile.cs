using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>A job document that lies in a file.</summary>
internal static class DocumentFile
{
    /// <summary>The text of the file, without a byte order mark.</summary>
    /// <param name="path">As the shell has it: relative to its location, or on one of its drives.</param>
    public static string Read(PSCmdlet cmdlet, string path)
    {
        var stop = cmdlet is IoTJobsCmdlet ours ? ours.Stopped : CancellationToken.None;
        try
        {
            var file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem"
                ? Interruptible.Run(() => File.ReadAllText(file), stop)
                : throw new IOException($"{path} is no file: the {provider.Name} provider has it.");
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SessionStateException)
        {
            cmdlet.ThrowTerminatingError(new(exception, "DocumentNotReadable", ErrorCategory.ReadError, path)
            {
                ErrorDetails = new($"The job document {path} cannot be read: {exception.Message}")
                {
                    RecommendedAction = "Check -DocumentPath, or give the text as -Document.",
                },
            });
            throw;
        }
    }
}
