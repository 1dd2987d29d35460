namespace IoTJobsToolkit.Portal.Live;

/// <summary>
/// One page's view of what is committed: gathers changes and paints at most four times a second (<see cref="PaintPace"/>), the first change at once. While a
/// paint runs, changes gather for the next, so that a slow browser delays nobody but itself.
/// </summary>
public sealed class LiveView : IDisposable
{
    public static readonly TimeSpan PaintInterval = PaintPace.Shortest;

    private readonly Lock _lock = new();
    private readonly LiveJobs _feed;
    private readonly TimeProvider _clock;
    private readonly Func<LiveChanges, Task> _paint;
    private readonly ITimer _timer;
    private LiveChanges _pending = new();
    private DateTimeOffset _wantedAt = DateTimeOffset.MaxValue;
    private DateTimeOffset _notBefore;
    private bool _painting;
    private bool _disposed;

    internal LiveView(LiveJobs feed, LiveScope scope, TimeProvider clock, Func<LiveChanges, Task> paint)
    {
        _feed = feed;
        Scope = scope;
        _clock = clock;
        _paint = paint;
        _timer = clock.CreateTimer(static view => _ = ((LiveView)view!).PaintAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public LiveScope Scope { get; }

    /// <summary>Paints once more after <paramref name="delay"/>, whether or not anything changes until then.</summary>
    public void PaintAgainIn(TimeSpan delay)
    {
        lock (_lock)
        {
            Want(_clock.GetUtcNow() + delay);
        }
    }

    /// <summary>Paints afresh: for the time between a page's first reading and its subscription.</summary>
    public void PaintEverything()
    {
        lock (_lock)
        {
            _pending = LiveChanges.Everything();
            Want(_clock.GetUtcNow());
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }
        _feed.Remove(this);
        _timer.Dispose();
    }

    internal void Offer(LiveBatch batch)
    {
        lock (_lock)
        {
            _pending.Add(batch, Scope);
            if (_pending.Any)
            {
                Want(_clock.GetUtcNow());
            }
        }
    }

    private void Want(DateTimeOffset at)
    {
        if (at < _wantedAt)
        {
            _wantedAt = at;
            Arm();
        }
    }

    private void Arm()
    {
        if (!_disposed && !_painting && _wantedAt < DateTimeOffset.MaxValue)
        {
            var at = _wantedAt > _notBefore ? _wantedAt : _notBefore;
            var wait = at - _clock.GetUtcNow();
            _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task PaintAsync()
    {
        LiveChanges changes;
        DateTimeOffset due;
        lock (_lock)
        {
            if (_disposed || _painting)
            {
                return;
            }
            (changes, _pending) = (_pending, new());
            due = _wantedAt > _notBefore ? _wantedAt : _notBefore;
            _wantedAt = DateTimeOffset.MaxValue;
            _painting = true;
        }
        try
        {
            await _paint(changes);
        }
        catch (ObjectDisposedException)
        {
            Dispose(); // The browser went away while its page was being painted.
        }
        catch (Exception fault)
        {
            _feed.LogFault(fault);
            lock (_lock)
            {
                _pending = LiveChanges.Everything(); // For the next paint, which the feed's tick asks for at the latest.
            }
        }
        finally
        {
            var interval = _feed.IntervalAfter(_clock.GetUtcNow() - due);
            lock (_lock)
            {
                _painting = false;
                _notBefore = _clock.GetUtcNow() + interval;
                Arm();
            }
        }
    }
}
