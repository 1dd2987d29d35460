using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Work;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Vitals;

/// <summary>
/// Keeps the figures of all that goes on, with one subscription to the engine's events for all pages. A commit costs the same however many
/// pages are open: these are given a snapshot, made a few times a second while somebody looks.
/// </summary>
public sealed partial class Pulse(JobsEngine engine, TimeProvider clock, ILogger<Pulse> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(5);

    /// <summary>After missed events all is read again, but no more often.</summary>
    private static readonly TimeSpan FillInterval = TimeSpan.FromMinutes(1);

    /// <summary>From fifty pages on they are painted less often, so that painting them all takes no more of the machine.</summary>
    private static readonly TimeSpan IntervalPerPage = TimeSpan.FromMilliseconds(5);

    /// <summary>Of the time, making snapshots takes a tenth at the most.</summary>
    private const int Rest = 10;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private VitalsLedger _ledger = new([], clock.GetUtcNow());
    private PulseWatcher[] _watchers = [];
    private PulseSnapshot? _snapshot;
    private JobsSubscription? _subscription;
    private ITimer? _ticks;
    private ITimer? _swaps;
    private Task _reading = Task.CompletedTask;
    private Task _filling = Task.CompletedTask;
    private CancellationTokenSource? _fill;
    private DateTimeOffset _filledAt = DateTimeOffset.MinValue;
    private DateTimeOffset _swappedAt = DateTimeOffset.MinValue;
    private TimeSpan _swapTook;
    private bool _isDirty = true;
    private bool _isSwapDue;

    /// <summary>Batches which may wait while a snapshot is made or all begins anew.</summary>
    internal int Capacity { get; init; } = 4_096;

    /// <summary>For a page's first paint; where a snapshot is costly, it is one of a moment ago.</summary>
    public PulseSnapshot Read()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            return _snapshot is null || _isDirty && now >= _swappedAt + Rest * _swapTook ? Swap(now) : _snapshot;
        }
    }

    /// <param name="paint">Called with the snapshot there is, then with each new one; never twice at a time.</param>
    /// <param name="isPage">False for who only looks at <see cref="PulseSnapshot.NeedPerson"/> and is cheap to tell.</param>
    public PulseWatcher Watch(Func<PulseSnapshot, Task> paint, bool isPage = true)
    {
        var watcher = new PulseWatcher(this, paint, isPage);
        lock (_lock)
        {
            _watchers = [.. _watchers, watcher];
            if (_isDirty)
            {
                Change(); // Nobody has looked until now.
            }
        }
        watcher.Offer(Read());
        return watcher;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = engine.Subscribe(Capacity);
        _swaps = clock.CreateTimer(_ => SwapForWatchers(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Begin();
        _reading = ReadAsync(_subscription);
        _ticks = clock.CreateTimer(_ => Tick(), null, TickInterval, TickInterval);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        Dispose();
        await Task.WhenAll(_reading, _filling);
    }

    public void Dispose()
    {
        _ticks?.Dispose();
        _swaps?.Dispose();
        _subscription?.Dispose();
        lock (_lock)
        {
            _fill?.Cancel();
        }
    }

    /// <param name="took">What the last snapshot took.</param>
    internal static TimeSpan IntervalOf(int pages, TimeSpan took) =>
        new(Math.Max(LiveView.PaintInterval.Ticks, Math.Max((IntervalPerPage * pages).Ticks, (Rest * took).Ticks)));

    internal void Remove(PulseWatcher watcher)
    {
        lock (_lock)
        {
            _watchers = [.. _watchers.Where(other => other != watcher)];
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Keeping the figures of the portal's start page failed; they are counted again")]
    internal partial void LogFault(Exception fault);

    private async Task ReadAsync(JobsSubscription subscription)
    {
        await Task.Yield();
        await foreach (var batch in subscription.Batches.ReadAllAsync())
        {
            try
            {
                if (batch.Missed)
                {
                    Begin();
                }
                lock (_lock)
                {
                    _ledger.Apply(batch.Events, clock.GetUtcNow());
                }
            }
            catch (Exception fault)
            {
                BeginAfter(fault);
            }
            Change();
        }
    }

    private void BeginAfter(Exception fault)
    {
        LogFault(fault);
        Begin();
    }

    /// <summary>All anew: what happens from now on is counted at once, what was before in the background.</summary>
    private void Begin()
    {
        lock (_lock)
        {
            _fill?.Cancel();
            _fill?.Dispose();
            _fill = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            var now = clock.GetUtcNow();
            _ledger = new(engine.ReadJobs(), now);
            var wait = _filledAt + FillInterval - now;
            _filledAt = wait > TimeSpan.Zero ? now + wait : now;
            _filling = new PulseFill(engine, _ledger, _lock, clock).RunAsync(_filling, wait, Change, BeginAfter, _fill.Token);
        }
    }

    /// <summary>Something is new, if only the time of day: who looks is painted soon.</summary>
    private void Change()
    {
        lock (_lock)
        {
            _isDirty = true;
            if (_watchers.Length > 0 && !_isSwapDue)
            {
                _isSwapDue = true;
                var wait = _swappedAt + IntervalOf(_watchers.Count(watcher => watcher.IsPage), _swapTook) - clock.GetUtcNow();
                _swaps?.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>The time of day has moved; and who has become silent is found though nobody looks, so that it is no work for a later look.</summary>
    private void Tick()
    {
        lock (_lock)
        {
            _ledger.Running.Look(clock.GetUtcNow());
        }
        Change();
    }

    private void SwapForWatchers()
    {
        try
        {
            PulseSnapshot snapshot;
            PulseWatcher[] watchers;
            lock (_lock)
            {
                _isSwapDue = false;
                snapshot = Swap(clock.GetUtcNow());
                watchers = _watchers;
            }
            foreach (var watcher in watchers)
            {
                watcher.Offer(snapshot);
            }
        }
        catch (Exception fault)
        {
            LogFault(fault);
        }
    }

    private PulseSnapshot Swap(DateTimeOffset now)
    {
        var began = clock.GetTimestamp();
        var isAll = _ledger.Running.Look(now);
        (_isDirty, _swappedAt) = (false, now);
        _snapshot = VitalsReading.Read(_ledger, engine, _snapshot, now);
        _swapTook = clock.GetElapsedTime(began);
        if (!isAll)
        {
            Change();
        }
        return _snapshot;
    }
}
