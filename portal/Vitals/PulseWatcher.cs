namespace IoTJobsToolkit.Portal.Vitals;

/// <summary>Somebody who is shown the snapshots. While one is being painted the next ones are passed over but for the last.</summary>
public sealed class PulseWatcher : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Pulse _pulse;
    private readonly Func<PulseSnapshot, Task> _paint;
    private PulseSnapshot? _next;
    private DateTimeOffset _offeredAt;
    private int? _needPerson;
    private bool _isPainting;
    private bool _disposed;

    internal PulseWatcher(Pulse pulse, Func<PulseSnapshot, Task> paint, bool isPage)
    {
        _pulse = pulse;
        _paint = paint;
        IsPage = isPage;
    }

    internal bool IsPage { get; }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }
        _pulse.Remove(this);
    }

    internal void Offer(PulseSnapshot snapshot)
    {
        lock (_lock)
        {
            if (_disposed || snapshot.At < _offeredAt || !IsPage && _needPerson == snapshot.NeedPerson)
            {
                return;
            }
            (_next, _offeredAt, _needPerson) = (snapshot, snapshot.At, snapshot.NeedPerson);
            if (_isPainting)
            {
                return;
            }
            _isPainting = true;
        }
        _ = Task.Run(PaintAsync); // Pages are painted beside each other, not one after the other.
    }

    private async Task PaintAsync()
    {
        while (Take() is { } snapshot)
        {
            try
            {
                await _paint(snapshot);
            }
            catch (ObjectDisposedException)
            {
                Dispose(); // The browser went away while its page was being painted.
            }
            catch (OperationCanceledException)
            {
                TellAgain(); // It sleeps, or is out of reach for a while.
            }
            catch (Exception fault)
            {
                TellAgain();
                _pulse.LogFault(fault);
            }
        }
    }

    /// <summary>What it was told did not arrive: the next snapshot is news, though it says the same.</summary>
    private void TellAgain()
    {
        lock (_lock)
        {
            _needPerson = null;
        }
    }

    private PulseSnapshot? Take()
    {
        lock (_lock)
        {
            var next = _disposed ? null : _next;
            _next = null;
            _isPainting = next is not null;
            return next;
        }
    }
}
