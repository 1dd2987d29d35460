using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>Timers, rollouts and sweeps: work that falls due by itself.</summary>
internal sealed partial class StoreThread
{
    private const int BusyPart = 4;

    /// <summary>Stands for the timers where failures are counted by job.</summary>
    private const long Timers = -1;

    /// <summary>
    /// One group of timers that ran out, each at its instant. When much time passed at once, what a job had to do before a deadline comes
    /// first: a slice of that. Who looks at an execution before its timer was worked off sees its effect already.
    /// </summary>
    private bool RunTimers(DateTimeOffset now)
    {
        if (!(_memory.FirstDeadline <= now) || !_backoff.MayRun(Timers, now))
        {
            return false;
        }
        return InBackground(Timers, () =>
        {
            var due = _store.ReadTimers(now, GroupSize);
            var group = Transaction(Caller.System, now);
            long? first = null;
            foreach (var execution in due)
            {
                if (_memory.FindJob(execution.JobSequence) is { Progress.DueAt: { } dueAt } entry && dueAt < execution.Deadline && MayRun(entry.Job.Sequence))
                {
                    first ??= entry.Job.Sequence;
                    continue;
                }
                group.TimeOut(execution);
            }
            Commit(group, []);
            if (due.Count < GroupSize && first is null)
            {
                _memory.FirstDeadline = _store.ReadTimers(DateTimeOffset.MaxValue, 1) is [var next, ..] ? next.Deadline : null;
            }
            if (first is { } sequence)
            {
                RunSliceOf(sequence);
            }
        });
    }

    private bool RunSlice(DateTimeOffset now) => _memory.Due.Take(now, MayRun) is { } sequence && InBackground(sequence, () => RunSliceOf(sequence));

    private void RunSliceOf(long sequence)
    {
        var at = _memory.FindJob(sequence)?.Progress.DueAt ?? _memory.FindGroup(sequence)?.DeletedAt ?? _engine.Now();
        var tx = Transaction(Caller.System, at);
        Slice.Run(tx, sequence, SliceSize());
        Commit(tx, []);
        if (_memory.FindJob(sequence) is { } entry)
        {
            _settling.Progressed(entry);
        }
    }

    /// <summary>Work that nobody called for: when it cannot be done now, it stays due and is tried again.</summary>
    private bool InBackground(long sequence, Action work)
    {
        try
        {
            work();
            _backoff.Succeeded(sequence);
        }
        catch (Exception exception) when (exception is not StoreFailedException)
        {
            _backoff.Failed(sequence, _engine.Now());
            _engine.Services.OnFault(exception);
        }
        return true;
    }

    /// <summary>Who comes while a slice runs waits until it is committed: while callers come, slices are small.</summary>
    private int SliceSize()
    {
        var size = _engine.Settings.SliceSize;
        return _lastGroup > 0 || !_writes.IsEmpty ? Math.Max(1, size / BusyPart) : size;
    }

    private bool MayRun(long sequence) =>
        _backoff.MayRun(sequence, _engine.Now()) && Slice.MayRun(_memory, _engine.Settings, sequence);

    private bool IsSettled(SettleRequest request)
    {
        if (request.JobId is { } jobId)
        {
            return _memory.FindJob(jobId) is not { Progress.DueAt: { } dueAt } entry || dueAt > request.At || !MayRun(entry.Job.Sequence);
        }
        return !(_memory.FirstDeadline <= request.At && _backoff.MayRun(Timers, request.At)) && !_memory.Due.IsAnyDue(request.At, MayRun);
    }

    /// <param name="now">When this pass looked for work: what has fallen due since is due at once.</param>
    private void WakeWhenDue(DateTimeOffset now)
    {
        var next = new[] { _memory.FirstDeadline is { } deadline && deadline > now ? deadline : null, _memory.Due.NextAfter(now), _backoff.Next }.Min();
        var wait = next - _engine.Now();
        _timer.Change(
            wait is { } time ? TimeSpan.FromTicks(Math.Clamp(time.Ticks, 0, TimeSpan.TicksPerDay)) : Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }
}
