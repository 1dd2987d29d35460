using IoTJobsToolkit.Portal;
using IoTJobsToolkit.Server.Hosting;

try
{
    await PortalHost.Build(args, Parts.OpenStore).RunJobsServerAsync();
    return 0;
}
catch (StartException exception)
{
    Console.Error.WriteLine(exception.Message);
    return exception.ExitCode;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"A file that the server needs cannot be used: {exception.Message}");
    return StartException.DatabaseUnusable;
}
