using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Portal.Live;

/// <summary>The portal's one subscription to the engine's committed events, handed on to the pages which are open.</summary>
public sealed partial class LiveJobs(JobsEngine engine, TimeProvider clock, ILogger<LiveJobs> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly PaintPace _pace = new();
    private LiveView[] _views = [];
    private JobsSubscription? _subscription;
    private ITimer? _ticks;
    private Task _reading = Task.CompletedTask;

    /// <param name="paint">Called with what has changed, never twice at a time.</param>
    public LiveView Watch(LiveScope scope, Func<LiveChanges, Task> paint)
    {
        var view = new LiveView(this, scope, clock, paint);
        lock (_lock)
        {
            _views = [.. _views, view];
        }
        return view;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = engine.Subscribe();
        _reading = ReadAsync(_subscription);
        _ticks = clock.CreateTimer(_ => Tick(), null, TickInterval, TickInterval);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _ticks?.Dispose();
        _subscription?.Dispose();
        await _reading;
    }

    public void Dispose()
    {
        _ticks?.Dispose();
        _subscription?.Dispose();
    }

    /// <summary>How long a page waits with its next paint after one that took so long.</summary>
    internal TimeSpan IntervalAfter(TimeSpan paint)
    {
        _pace.Took(paint);
        return _pace.IntervalFor(Volatile.Read(ref _views).Length, Environment.ProcessorCount);
    }

    internal void Remove(LiveView view)
    {
        lock (_lock)
        {
            _views = [.. _views.Where(other => other != view)];
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Bringing the portal's pages up to date failed; they read everything again")]
    internal partial void LogFault(Exception fault);

    private async Task ReadAsync(JobsSubscription subscription)
    {
        await Task.Yield();
        var statuses = new Dictionary<string, JobStatus>(StringComparer.Ordinal);
        await foreach (var batch in subscription.Batches.ReadAllAsync())
        {
            var views = Volatile.Read(ref _views);
            if (views.Length == 0)
            {
                statuses.Clear();
                continue;
            }
            try
            {
                var sorted = new LiveBatch(batch, statuses, withThings: Array.Exists(views, view => view.Scope.ThingName is not null));
                foreach (var view in views)
                {
                    view.Offer(sorted);
                }
            }
            catch (Exception fault)
            {
                LogFault(fault);
                statuses.Clear();
                PaintEverything(views);
            }
        }
    }

    /// <summary>What a batch said is lost: every page reads afresh.</summary>
    private void PaintEverything(LiveView[] views)
    {
        foreach (var view in views)
        {
            try
            {
                view.PaintEverything();
            }
            catch (Exception fault)
            {
                LogFault(fault);
            }
        }
    }

    /// <summary>Texts such as "5 s ago" are old. And an engine which has stopped tells nobody: its pages read again and show why.</summary>
    private void Tick()
    {
        foreach (var view in Volatile.Read(ref _views))
        {
            if (engine.Failure is null)
            {
                view.PaintAgainIn(TimeSpan.Zero);
            }
            else
            {
                view.PaintEverything();
            }
        }
    }
}
