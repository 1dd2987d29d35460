using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>A job document that lies in a file.</summary>
internal static class DocumentFile
{
    public static string Read(PSCmdlet cmdlet, string path)
    {
        var stop = cmdlet is IoTJobsCmdlet ours ? ours.Stopped : CancellationToken.None;
        try
        {
            var file = cmdlet.GetUnresolvedProviderPathFromPSPath(path);
            return Interruptible.Run(() => File.ReadAllText(file), stop);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(new(exception, "DocumentNotReadable", ErrorCategory.ReadError, path)
            {
                ErrorDetails = new(exception.Message) { RecommendedAction = "Check -DocumentPath, or give the text as -Document." },
            });
            throw;
        }
    }
}
