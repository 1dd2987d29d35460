using Microsoft.Extensions.Hosting;

namespace IoTJobsToolkit.Server.Hosting;

/// <summary>Ends before the web server does, and once, however often the host is stopped.</summary>
internal abstract class StoppedOnceService : IHostedLifecycleService, IDisposable
{
    private bool _hasStopped;

    public abstract Task StartAsync(CancellationToken cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_hasStopped)
        {
            return Task.CompletedTask;
        }
        _hasStopped = true;
        return EndAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _hasStopped = true;
        Release();
    }

    protected abstract Task EndAsync(CancellationToken cancellationToken);

    protected abstract void Release();
}
