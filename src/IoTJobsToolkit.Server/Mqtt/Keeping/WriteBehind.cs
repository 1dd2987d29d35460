using System.Threading.Channels;
using IoTJobsToolkit.Engine;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Server.Mqtt.Keeping;

/// <summary>
/// Writes to the database in the background, one batch after the other; what is told while one is under way goes with the next. What the database
/// cannot take now is tried again; once the engine has failed nothing is written any more.
/// </summary>
internal sealed partial class WriteBehind : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TimeSpan _moment;
    private readonly Func<bool, Func<Task>?> _take;
    private readonly JobsEngine _engine;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly string _what;
    private readonly ITimer _later;
    private readonly Task _writing;
    private TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _drained;
    private bool _isFaulty;
    private volatile bool _hasEnded;

    /// <param name="moment">For which a batch is collected.</param>
    /// <param name="take">
    /// Takes what is to be written now, or all there is where it is told so, and returns what writes it, twice as well as once; null where there is
    /// nothing. Never called twice at one time.
    /// </param>
    /// <param name="what">In the log: what is not kept.</param>
    public WriteBehind(JobsEngine engine, TimeSpan moment, Func<bool, Func<Task>?> take, string what, TimeProvider clock, ILogger logger)
    {
        (_engine, _moment, _take, _what, _clock, _logger) = (engine, moment, take, what, clock, logger);
        _later = clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _writing = Task.Run(RunAsync);
    }

    /// <summary>Nothing is written any more: there is no use in collecting it.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>There is something to write.</summary>
    public void Wake() => _bell.Writer.TryWrite(true);

    public void WakeIn(TimeSpan time) => _later.Change(time, Timeout.InfiniteTimeSpan);

    /// <summary>Completes when all that there is now was written, or cannot be.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            if (_hasEnded)
            {
                return Task.CompletedTask;
            }
            _drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            _hurry.TrySetResult();
            Wake();
            return _drained.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _hasEnded = true;
            _hurry.TrySetResult();
        }
        _bell.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        await _later.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        while (!_hasEnded && await _bell.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await PauseAsync(_moment).ConfigureAwait(false);
            _bell.Reader.TryRead(out _);
            if (BeginDrain() is { } drained)
            {
                await WriteAsync(isAll: true).ConfigureAwait(false);
                drained.SetResult();
            }
            else if (!_hasEnded)
            {
                await WriteAsync(isAll: false).ConfigureAwait(false);
            }
        }
        lock (_lock)
        {
            _hasEnded = true;
            _drained?.TrySetResult();
        }
    }

    private TaskCompletionSource? BeginDrain()
    {
        lock (_lock)
        {
            var drained = _drained;
            if (drained is not null && !_hasEnded)
            {
                (_drained, _hurry) = (null, new(TaskCreationOptions.RunContinuationsAsynchronously));
            }
            return _hasEnded ? null : drained;
        }
    }

    private async Task WriteAsync(bool isAll)
    {
        try
        {
            if (_take(isAll) is not { } write)
            {
                return;
            }
            for (var pause = FirstPause; !await TryAsync(write).ConfigureAwait(false); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                _hasEnded |= _engine.Failure is not null;
                if (_hasEnded || isAll || !await PauseAsync(pause).ConfigureAwait(false))
                {
                    return; // Whoever stops does not wait for a database that may never be well again.
                }
            }
            _isFaulty = false;
        }
        catch (Exception fault)
        {
            Tell(fault);
        }
    }

    /// <summary>False where it may be tried again.</summary>
    private async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
            return true;
        }
        catch (JobsException notNow) when (notNow.Error == JobsError.ServiceUnavailable)
        {
            Tell(notNow);
            return false;
        }
    }

    /// <summary>False where somebody does not want to wait so long.</summary>
    private async Task<bool> PauseAsync(TimeSpan time)
    {
        Task hurry;
        lock (_lock)
        {
            hurry = _hurry.Task;
        }
        await hurry.WaitAsync(time, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !hurry.IsCompleted;
    }

    private void Tell(Exception fault)
    {
        if (!_isFaulty)
        {
            _isFaulty = true;
            LogFault(_logger, fault, _what, fault.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{What} of MQTT cannot be kept in the database; the broker goes on without: {Reason}")]
    private static partial void LogFault(ILogger logger, Exception fault, string what, string reason);
}
