namespace IoTJobsToolkit.Engine.Clocks;

/// <summary>
/// A clock that is stopped, set ahead and sped up by its users; it never goes back. Timers run out at its time. Lengths of time, for measuring, are real.
/// </summary>
public sealed class VirtualClock : TimeProvider
{
    private readonly TimeProvider _real;
    private readonly Lock _lock = new();
    private readonly HashSet<Alarm> _alarms = [];
    private ClockState _state;

    /// <summary>Begins at the real time and goes with it.</summary>
    public VirtualClock(TimeProvider real)
    {
        ArgumentNullException.ThrowIfNull(real);
        _real = real;
        var now = real.GetUtcNow();
        _state = new(now, now, 1);
    }

    public override TimeZoneInfo LocalTimeZone => _real.LocalTimeZone;

    public override long TimestampFrequency => _real.TimestampFrequency;

    public ClockState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => State.TimeAt(_real.GetUtcNow());

    public override long GetTimestamp() => _real.GetTimestamp();

    /// <summary>The state in which it goes on from the later of its time and <paramref name="at"/>, in whole milliseconds.</summary>
    public ClockState Next(DateTimeOffset? at, double? rate)
    {
        var (state, real) = (State, _real.GetUtcNow());
        var now = state.TimeAt(real);
        var next = at > now ? at.Value.ToUniversalTime() : now;
        return new(next.AddTicks(-(next.UtcTicks % TimeSpan.TicksPerMillisecond)), real, rate ?? state.Rate);
    }

    public void Become(ClockState state)
    {
        lock (_lock)
        {
            _state = state;
            foreach (var alarm in _alarms)
            {
                alarm.Arm();
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    private sealed class Alarm : ITimer
    {
        private readonly VirtualClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _argument;
        private readonly ITimer _timer;
        private DateTimeOffset? _dueAt;
        private TimeSpan _period;

        public Alarm(VirtualClock clock, TimerCallback callback, object? argument)
        {
            (_clock, _callback, _argument) = (clock, callback, argument);
            _timer = clock._real.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            lock (clock._lock)
            {
                clock._alarms.Add(this);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_clock._lock)
            {
                if (!_clock._alarms.Contains(this))
                {
                    return false;
                }
                _dueAt = dueTime == Timeout.InfiniteTimeSpan ? null : _clock._state.TimeAt(_clock._real.GetUtcNow()) + dueTime;
                _period = period;
                Arm();
                return true;
            }
        }

        /// <summary>Waits, in real time, until the clock will be there; called with its lock.</summary>
        public void Arm()
        {
            var wait = _dueAt is { } due ? _clock._state.Until(due, _clock._real.GetUtcNow()) : null;
            _timer.Change(wait ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            lock (_clock._lock)
            {
                _clock._alarms.Remove(this);
            }
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Ring()
        {
            lock (_clock._lock)
            {
                if (!(_dueAt <= _clock._state.TimeAt(_clock._real.GetUtcNow())))
                {
                    Arm(); // Not yet: it was stopped meanwhile, or it is further away than one wait is long.
                    return;
                }
                _dueAt = _period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero ? null : _dueAt + _period;
                Arm();
            }
            _callback(_argument);
        }
    }
}
