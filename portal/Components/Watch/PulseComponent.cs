using IoTJobsToolkit.Portal.Vitals;
using Microsoft.AspNetCore.Components;

namespace IoTJobsToolkit.Portal.Components.Watch;

/// <summary>A page which shows the snapshots of all that goes on, each new one while it is open.</summary>
public abstract class PulseComponent : ComponentBase, IDisposable
{
    private PulseWatcher? _watcher;
    private bool _disposed;

    [Inject]
    private Pulse Pulse { get; set; } = null!;

    protected PulseSnapshot Snapshot { get; private set; } = null!;

    protected override void OnInitialized() => Snapshot = Pulse.Read();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && !_disposed)
        {
            _watcher = Pulse.Watch(PaintAsync);
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _disposed = true;
        _watcher?.Dispose();
    }

    private Task PaintAsync(PulseSnapshot snapshot) => InvokeAsync(() =>
    {
        if (!_disposed)
        {
            Snapshot = snapshot;
            StateHasChanged();
        }
    });
}
