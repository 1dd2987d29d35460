using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>Timers, schedules, rollouts, sweeps and retention: work that falls due by itself.</summary>
internal sealed partial class StoreThread
{
    private const int BusyPart = 4;
    private const int ChangeGroups = 40;

    /// <summary>These stand for work of no one job where failures are counted by job.</summary>
    private const long Timers = -1;
    private const long Purges = -2;
    private const long Connections = -3;
    private const long Walks = -4;

    private DateTimeOffset? _firstGone;
    private DateTimeOffset? _firstActivity;

    private ThingNotices Notices => field ??= new(_engine, _store, _memory);

    private TimeSpan Retained => TimeSpan.FromDays(_engine.RetentionDays);

    /// <summary>
    /// What callers must find done: timers that ran out, changes of schedules, ended jobs whose time is over; each at its instant, in the order of
    /// time. One group of each, so that nobody waits for all that a long absence has left.
    /// </summary>
    private bool CatchUp(DateTimeOffset now)
    {
        var worked = RunTimers(now);
        for (var groups = 0; groups < ChangeGroups && RunChanges(now); groups++)
        {
            worked = true;
        }
        return EndConnectivity(now) | KeepRetention(now) | RunRetention(now) | worked;
    }

    /// <summary>What was connected when an engine before this one ended without a word is so no more; nobody knows since when, so since now.</summary>
    private bool EndConnectivity(DateTimeOffset now)
    {
        if (_memory.Connectivity.LeftOpen is null || !_backoff.MayRun(Connections, now))
        {
            return false;
        }
        return InBackground(Connections, () =>
        {
            var tx = Transaction(Caller.System, now);
            ConnectivityRuns.End(tx, DisconnectReason.SERVER_ERROR);
            Commit(tx, []);
        });
    }

    /// <summary>The database remembers how long it is to keep what has ended.</summary>
    private bool KeepRetention(DateTimeOffset now)
    {
        if (_engine.Settings.RetentionDays is not { } days || days == _memory.RetentionDays || !_backoff.MayRun(Purges, now))
        {
            return false;
        }
        return InBackground(Purges, () =>
        {
            var tx = Transaction(Caller.System, now);
            tx.Changes.RetentionDays = days;
            Commit(tx, []);
        });
    }

    /// <summary>
    /// One group of timers that ran out, each at its instant. When much time passed at once, what a job had to do before a deadline comes
    /// first: a slice of that. Who looks at an execution before its timer was worked off sees its effect already.
    /// </summary>
    private bool RunTimers(DateTimeOffset now)
    {
        if (!TimersAreDue(now))
        {
            return false;
        }
        return InBackground(Timers, () =>
        {
            var group = Transaction(Caller.System, now);
            long? first = null;
            foreach (var execution in _store.ReadTimers(now, GroupSize))
            {
                if (_memory.FindJob(execution.JobSequence) is { } entry && Precedes(entry.Progress.Next, execution.Deadline!.Value) && MayRun(entry.Job.Sequence))
                {
                    first ??= entry.Job.Sequence;
                    continue;
                }
                group.TimeOut(execution);
            }
            Commit(group, []);
            if (first is { } sequence)
            {
                RunSliceOf(sequence);
            }
            _memory.FirstDeadline = _store.ReadTimers(DateTimeOffset.MaxValue, 1) is [var next, ..] ? next.Deadline : null;
        });
    }

    /// <summary>A schedule changes before a timer of the same instant runs out: there is no retry at the end time.</summary>
    private static bool Precedes((JobWork Work, DateTimeOffset At)? work, DateTimeOffset deadline) =>
        work is { } next && (next.At < deadline || next.At == deadline && next.Work == JobWork.Schedule);

    /// <summary>One group of changes of schedules; those of jobs which have something to do before wait for that.</summary>
    private bool RunChanges(DateTimeOffset now)
    {
        if (!(_memory.FirstChange <= now) || !_backoff.MayRun(Timers, now))
        {
            return false;
        }
        var until = TimersAreDue(now) ? _memory.FirstDeadline!.Value : now;
        until = IsNearQuota && _memory.Due.First(MayRun) is { } first && first < until ? first : until;
        var due = _memory.Scheduled.TakeWhile(change => change.At <= until)
            .Where(change => _memory.FindJob(change.Sequence) is { Progress.Next.Work: JobWork.Schedule } && MayRun(change.Sequence))
            .Take(GroupSize).ToList();
        // Each that starts makes one more job that is rolled out: near the quota they are committed one by one.
        var size = IsNearQuota ? 1 : GroupSize;
        foreach (var changes in due.Chunk(size))
        {
            var group = Transaction(Caller.System, now);
            foreach (var (at, sequence) in changes)
            {
                InBackground(sequence, () =>
                {
                    var tx = Transaction(Caller.System, at, group);
                    Slice.Run(tx, sequence, 1);
                    group.Absorb(tx);
                });
            }
            InBackground(Timers, () => Commit(group, []));
        }
        return due.Count > 0;
    }

    /// <summary>
    /// Takes ended jobs out of sight when their time is over, and one slice each of what is left of deleted ones and of what operators did.
    /// </summary>
    private bool RunRetention(DateTimeOffset now)
    {
        if (!RetentionIsDue(now))
        {
            return false;
        }
        return InBackground(Purges, () =>
        {
            var tx = Transaction(Caller.System, now);
            foreach (var (since, sequence) in Expired(now).Take(GroupSize).ToList())
            {
                Retention.Begin(tx, tx.FindJob(sequence)!, since + Retained, Caller.System.Name);
            }
            if (_firstGone + Retained <= now)
            {
                Retention.ClearGone(tx, now - Retained, SliceSize());
            }
            if (_firstActivity + Retained <= now)
            {
                ActivityTrail.Clear(tx, now - Retained, SliceSize());
            }
            Commit(tx, []);
        });
    }

    /// <summary>Whether the quota of concurrent jobs may decide: then what is due is done in the order of time over all jobs, not in turn.</summary>
    private bool IsNearQuota => _engine.Settings.Limits == LimitsProfile.Aws && _memory.ConcurrentJobs >= ConcurrentJobs.Limit - GroupSize;

    private bool TimersAreDue(DateTimeOffset now) => _memory.FirstDeadline <= now && _backoff.MayRun(Timers, now);

    private bool NoticesAreDue => Notices.IsBusy && _backoff.MayRun(Walks, _engine.Now());

    private bool RetentionIsDue(DateTimeOffset now) =>
        (_firstGone + Retained <= now || _firstActivity + Retained <= now || _memory.FirstInactive + Retained <= now && Expired(now).Any()) && _backoff.MayRun(Purges, now);

    /// <summary>The ended jobs whose time is over, as far as no timer ran out before.</summary>
    private IEnumerable<(DateTimeOffset Since, long Sequence)> Expired(DateTimeOffset now)
    {
        var until = TimersAreDue(now) ? _memory.FirstDeadline!.Value : now;
        return Retention.EndedBefore(_memory, (until - Retained).AddTicks(1));
    }

    /// <summary>One slice of a job or group whose turn it is, as far as no timer ran out before, or at the same instant: it may abort the job.</summary>
    private bool RunSlice(DateTimeOffset now)
    {
        var until = TimersAreDue(now) ? _memory.FirstDeadline!.Value.AddMilliseconds(-1) : now;
        until = IsNearQuota && _memory.Due.First(MayRun) is { } first && first < until ? first : until;
        return _memory.Due.Take(until, MayRun) is { } sequence && InBackground(sequence, () => RunSliceOf(sequence));
    }

    /// <summary>Some of the things for which a maintenance window opened or closed.</summary>
    private bool RunNotices() => NoticesAreDue && InBackground(Walks, () =>
    {
        if (Notices.WalkOn(SliceSize()) is { Count: > 0 } notices)
        {
            _feed.Publish(notices);
        }
    });

    private void RunSliceOf(long sequence)
    {
        var at = _memory.FindJob(sequence)?.Progress.DueAt ?? _memory.FindGroup(sequence)?.DeletedAt ?? _engine.Now();
        var tx = Transaction(Caller.System, at);
        Slice.Run(tx, sequence, SliceSize());
        Commit(tx, []);
        if (_memory.FindJob(sequence) is { Job.PurgedAt: null } entry)
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
        return !NoticesAreDue && !TimersAreDue(request.At) && !_memory.Due.IsAnyDue(request.At, MayRun) && !RetentionIsDue(request.At);
    }

    /// <param name="now">When this pass looked for work: what has fallen due since is due at once.</param>
    private void WakeWhenDue(DateTimeOffset now)
    {
        var next = new[]
        {
            Later(_memory.FirstDeadline), Later(_memory.FirstInactive + Retained), Later(_firstGone + Retained), Later(_firstActivity + Retained),
            _memory.Due.NextAfter(now), _backoff.NextAfter(now),
        }.Min();
        var wait = next - _engine.Now();
        _timer.Change(
            wait is { } time ? TimeSpan.FromTicks(Math.Clamp(time.Ticks, 0, TimeSpan.TicksPerDay)) : Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);

        DateTimeOffset? Later(DateTimeOffset? time) => time > now ? time : null;
    }
}
