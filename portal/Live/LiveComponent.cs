using Microsoft.AspNetCore.Components;
using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Portal.Live;

/// <summary>A page or dialog which shows what is committed, and goes on showing it while it is open.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private LiveView? _view;
    private bool _disposed;

    [Inject]
    protected IJobs Jobs { get; set; } = null!;

    [Inject]
    protected TimeProvider Clock { get; set; } = null!;

    /// <summary>The clock by which jobs go.</summary>
    [Inject]
    protected JobsTime Time { get; set; } = null!;

    [Inject]
    private LiveJobs Live { get; set; } = null!;

    /// <summary>The moment of this paint, for relative times.</summary>
    protected DateTimeOffset Now { get; private set; }

    /// <summary>Fixed for the life of the component: key it by what it shows.</summary>
    protected abstract LiveScope Scope { get; }

    /// <summary>Reads what <paramref name="changes"/> say is out of date; a refusal becomes part of the page.</summary>
    protected abstract Task ReadAsync(LiveChanges changes);

    protected override async Task OnInitializedAsync()
    {
        Now = Time.GetUtcNow();
        await ReadAsync(LiveChanges.Everything());
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && !_disposed)
        {
            _view = Live.Watch(Scope, PaintAsync);
            _view.PaintEverything();
        }
    }

    protected void PaintAgainIn(TimeSpan delay) => _view?.PaintAgainIn(delay);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _disposed = true;
        _view?.Dispose();
    }

    private Task PaintAsync(LiveChanges changes) => InvokeAsync(async () =>
    {
        if (_disposed)
        {
            return;
        }
        try
        {
            Now = Time.GetUtcNow();
            await ReadAsync(changes);
            StateHasChanged();
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(exception);
        }
    });
}
