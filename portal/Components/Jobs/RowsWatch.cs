using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>The browser's word that somebody points at the rows or moves between them.</summary>
internal sealed class RowsWatch(Action hold) : IDisposable
{
    private IJSObjectReference? _module;
    private IJSObjectReference? _watch;
    private DotNetObjectReference<RowsWatch>? _self;

    public async Task StartAsync(IJSRuntime js, string module, ElementReference frame)
    {
        _self = DotNetObjectReference.Create(this);
        _module = await js.InvokeAsync<IJSObjectReference>("import", module);
        _watch = await _module.InvokeAsync<IJSObjectReference>("watchRows", frame, _self);
    }

    [JSInvokable]
    public void Hold() => hold();

    public void Dispose()
    {
        _ = StopAsync();
        _self?.Dispose();
    }

    private async Task StopAsync()
    {
        try
        {
            if (_watch is { } watch)
            {
                await watch.InvokeVoidAsync("stop");
                await watch.DisposeAsync();
            }
            if (_module is { } module)
            {
                await module.DisposeAsync();
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone.
        }
    }
}
