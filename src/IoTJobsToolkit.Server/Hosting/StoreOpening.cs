using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Server.Settings;

namespace IoTJobsToolkit.Server.Hosting;

/// <summary>Opens the store, waiting a little for a command in another process which is about to let go of it (DESIGN 2).</summary>
internal static class StoreOpening
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static IJobsStore Open(ServerSettings settings, TimeProvider clock, Func<ServerSettings, TimeProvider, IJobsStore> open)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                OwnerOnlyFolder.Create(Path.GetDirectoryName(settings.DatabasePath)!);
                return open(settings, clock);
            }
            catch (StartException inUse) when (inUse.ExitCode == StartException.DatabaseInUse && clock.GetElapsedTime(began) < Patience)
            {
                Thread.Sleep(Pause);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StartException(
                    StartException.DatabaseUnusable,
                    $"The database {settings.DatabasePath} cannot be opened: {exception.Message} Set Jobs:DatabasePath to one that can be written.",
                    exception);
            }
        }
    }
}
