using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace IoTJobsToolkit.Server.Hosting;

/// <summary>
/// The first signal asks the host to end, which gives requests in flight their time; a second one is somebody who does not want to wait. Either way
/// the database is closed as it should be.
/// </summary>
internal static class StopSignals
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT];

    public static async Task WaitAndStopAsync(IHost host)
    {
        using var hurry = new CancellationTokenSource();
        var count = 0;
        void Signaled(PosixSignalContext context)
        {
            context.Cancel = true; // The process ends by itself, with the database closed.
            if (Interlocked.Increment(ref count) > 1)
            {
                hurry.Cancel();
            }
        }
        var watches = Signals.Select(signal => PosixSignalRegistration.Create(signal, Signaled)).ToList();
        try
        {
            await host.WaitUntilStoppingAsync().ConfigureAwait(false);
            await host.StopAsync(hurry.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException || exception is AggregateException many && many.InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            // Some did not end in time: their connections are cut off, and what they asked for is refused.
        }
        finally
        {
            watches.ForEach(watch => watch.Dispose());
        }
    }

    private static Task WaitUntilStoppingAsync(this IHost host)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lifetime = (IHostApplicationLifetime)host.Services.GetService(typeof(IHostApplicationLifetime))!;
        lifetime.ApplicationStopping.UnsafeRegister(static task => ((TaskCompletionSource)task!).TrySetResult(), stopping);
        return stopping.Task;
    }
}
