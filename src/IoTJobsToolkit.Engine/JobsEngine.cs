using System.Collections.Concurrent;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine;

/// <summary>
/// Jobs on one store. One thread owns the store: it commits the waiting changes of all callers as one transaction, answers them,
/// then takes its turn at reads, then does one slice of background work; timers come first. It wakes by itself when work is due.
/// </summary>
public sealed class JobsEngine : IDisposable
{
    private const int GroupSize = 256;
    private const int ReadsPerTurn = 64;
    private const int InlineSlice = 200;
    private const int ReturnYields = 32;
    private const int BusyPart = 4;

    private readonly IJobsStore _store;
    private readonly TimeProvider _clock;
    private readonly JobsServices _services;
    private readonly JobsMemory _memory;
    private readonly JobsFeed _feed = new();
    private readonly ConcurrentQueue<Turn> _writes = new();
    private readonly ConcurrentQueue<Turn> _reads = new();
    private readonly ConcurrentQueue<SettleRequest> _settleRequests = new();
    private readonly List<SettleRequest> _settling = [];
    private readonly Bell _bell = new();
    private readonly ITimer _timer;
    private readonly Thread _thread;
    private JobsSettings _settings;
    private int _lastGroup;
    private volatile bool _stopping;
    private volatile Exception? _failure;

    /// <param name="store">Owned by the engine from now on, and disposed with it.</param>
    public JobsEngine(IJobsStore store, TimeProvider clock, JobsSettings? settings = null, JobsServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(clock);
        _store = store;
        _clock = clock;
        _services = services ?? JobsServices.None;
        _settings = settings ?? new();
        _memory = new(store.Load(), _settings);
        _timer = clock.CreateTimer(static engine => ((JobsEngine)engine!)._bell.Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new(Loop) { Name = "jobs store", IsBackground = true };
        _thread.Start();
    }

    public JobsSettings Settings => _settings;

    /// <summary>Why the engine no longer works; null while it does.</summary>
    public Exception? Failure => _failure;

    /// <summary>Changes settings from the next operation on.</summary>
    public void Configure(JobsSettings settings)
    {
        _settings = settings;
        _bell.Ring();
    }

    /// <summary>The door for one caller.</summary>
    public IJobs As(Caller caller) => new Door(this, caller);

    /// <summary>Committed events from now on.</summary>
    /// <param name="capacity">Batches which may wait before some are dropped.</param>
    public JobsSubscription Subscribe(int capacity = 256) => _feed.Subscribe(capacity);

    /// <summary>Completes when everything that is due at this moment has been done: timers, windows, sweeps.</summary>
    public Task PassTimeAsync(CancellationToken cancellationToken = default) => Settle(null, null, cancellationToken);

    /// <summary>Completes when a job has no background work left that is due now; reports its progress after each slice.</summary>
    public Task SettleAsync(string jobId, IProgress<JobProgress>? progress, CancellationToken cancellationToken = default) =>
        Settle(jobId, progress, cancellationToken);

    public void Dispose()
    {
        if (_stopping)
        {
            return;
        }
        _stopping = true;
        _bell.Ring();
        _thread.Join();
        _timer.Dispose();
        _feed.Close();
        _store.Dispose();
    }

    private async Task<TResponse> ExecuteAsync<TResponse>(
        Operation<TResponse> operation, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        cancellationToken.ThrowIfCancellationRequested();
        Permission.Demand(operation, caller);
        operation.Validate(Check.Members);
        operation = (Operation<TResponse>)await operation.PrepareAsync(_services, cancellationToken).ConfigureAwait(false);

        if (operation.Access == OperationAccess.Reads && TryRunInMemory(operation, caller, out var response))
        {
            return response;
        }
        var turn = new Turn<TResponse>(operation, caller, cancellationToken);
        (operation.Access is OperationAccess.Reads or OperationAccess.ReadsPages ? _reads : _writes).Enqueue(turn);
        _bell.Ring();
        if (_stopping || _failure is not null)
        {
            FailAll();
        }
        return await turn.Task.ConfigureAwait(false);
    }

    private bool TryRunInMemory<TResponse>(Operation<TResponse> operation, Caller caller, out TResponse response)
    {
        var now = Now();
        if (_failure is null && !_stopping && !(_memory.FirstDeadline <= now))
        {
            try
            {
                response = operation.Run(new(_memory, null, _settings, _services, caller, now));
                return true;
            }
            catch (StoreNeededException)
            {
                // The store's thread answers.
            }
        }
        response = default!;
        return false;
    }

    private Task Settle(string? jobId, IProgress<JobProgress>? progress, CancellationToken cancellationToken)
    {
        var request = new SettleRequest(jobId, Now(), progress, cancellationToken);
        _settleRequests.Enqueue(request);
        _bell.Ring();
        if (_stopping || _failure is not null)
        {
            FailAll();
        }
        return request.Task;
    }

    /// <summary>Whole milliseconds, as everything that is stored (jobs-reference 0.2).</summary>
    private DateTimeOffset Now()
    {
        var now = _clock.GetUtcNow();
        return new(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }

    private void Loop()
    {
        while (!_stopping && _failure is null)
        {
            try
            {
                var worked = RunTimers() | RunWrites() | RunReads() | RunSlice();
                AnswerSettled();
                if (!worked)
                {
                    if (_writes.IsEmpty && _reads.IsEmpty)
                    {
                        _store.Maintain();
                    }
                    WakeWhenDue();
                    _bell.Wait();
                }
            }
            catch (Exception exception)
            {
                _failure = exception;
            }
        }
        FailAll();
    }

    /// <summary>Timers are exact: whoever comes at or after a deadline already finds its effect (OPEN-19).</summary>
    private bool RunTimers()
    {
        var now = Now();
        if (!(_memory.FirstDeadline <= now))
        {
            return false;
        }
        while (true)
        {
            var due = _store.ReadTimers(now, GroupSize);
            if (due.Count == 0)
            {
                _memory.FirstDeadline = _store.ReadTimers(DateTimeOffset.MaxValue, 1) is [var next, ..] ? next.Deadline : null;
                return true;
            }
            var group = Transaction(Caller.System, now);
            foreach (var execution in due)
            {
                var deadline = execution.Deadline!.Value;
                if (_memory.FindJob(execution.JobSequence) is { Progress.DueAt: { } dueAt } entry && dueAt < deadline && MayRun(entry.Job.Sequence))
                {
                    break; // When much time passed at once, what the job had to do before this deadline comes first.
                }
                var tx = Transaction(Caller.System, deadline, group);
                if (tx.Current(execution) is { } current && current.Deadline == deadline)
                {
                    tx.Save(current, Executions.ExecutionLifecycle.TimeOut(current, deadline));
                    group.Absorb(tx);
                }
            }
            if (group.Changes.IsEmpty)
            {
                RunSliceOf(due[0].JobSequence);
            }
            else
            {
                Commit(group, []);
            }
        }
    }

    private bool RunWrites()
    {
        LetCallersReturn();
        if (!_writes.TryDequeue(out var turn))
        {
            _lastGroup = 0;
            return false;
        }
        var group = Transaction(Caller.System, Now());
        var turns = new List<Turn>();
        do
        {
            if (turn.Operation.Access == OperationAccess.WritesAlone)
            {
                Commit(group, turns);
                RunAlone(turn);
                return true;
            }
            RunInGroup(turn, group, turns);
        }
        while (turns.Count < GroupSize && _writes.TryDequeue(out turn));
        _lastGroup = turns.Count;
        Commit(group, turns);
        return true;
    }

    /// <summary>
    /// Callers who were answered together mostly come back together. The first of them would start a commit of its own and have the others
    /// wait for it: so they get a moment to come, as long as there are more than a few.
    /// </summary>
    private void LetCallersReturn()
    {
        for (var i = 0; i < ReturnYields && !_writes.IsEmpty && _writes.Count < _lastGroup; i++)
        {
            Thread.Yield();
        }
    }

    private void RunInGroup(Turn turn, JobsTransaction group, List<Turn> turns)
    {
        var tx = Transaction(turn.Caller, group.Now, group);
        if (TryRun(turn, tx))
        {
            group.Absorb(tx);
            turns.Add(turn);
        }
    }

    /// <summary>The operation with a first slice of the work it asked for, so that a small job is done when the call returns.</summary>
    private void RunAlone(Turn turn)
    {
        var tx = Transaction(turn.Caller, Now());
        if (!TryRun(turn, tx))
        {
            return;
        }
        foreach (var progress in tx.Changes.Progress.Values.Select(change => change.After).OfType<JobProgress>().ToList())
        {
            if (progress.DueAt <= tx.Now && Slice.MayRun(progress, _settings))
            {
                Slice.Run(tx, progress.JobSequence, Math.Min(InlineSlice, _settings.SliceSize));
            }
        }
        Commit(tx, [turn]);
    }

    private bool RunReads()
    {
        var count = 0;
        while (count < ReadsPerTurn && _reads.TryDequeue(out var turn))
        {
            count++;
            if (TryRun(turn, Transaction(turn.Caller, Now())))
            {
                turn.Answer();
            }
        }
        return count > 0;
    }

    private bool RunSlice() =>
        _memory.Due.Take(Now(), MayRun) is { } sequence && RunSliceOf(sequence);

    private bool RunSliceOf(long sequence)
    {
        var at = _memory.FindJob(sequence)?.Progress.DueAt ?? _memory.FindGroup(sequence)?.DeletedAt ?? Now();
        var tx = Transaction(Caller.System, at);
        Slice.Run(tx, sequence, SliceSize());
        Commit(tx, []);
        ReportProgress(sequence);
        return true;
    }

    /// <summary>Who comes while a slice runs waits until it is committed: while callers come, slices are small.</summary>
    private int SliceSize() => _lastGroup > 0 || !_writes.IsEmpty ? Math.Max(1, _settings.SliceSize / BusyPart) : _settings.SliceSize;

    private bool MayRun(long sequence) => Slice.MayRun(_memory, _settings, sequence);

    private JobsTransaction Transaction(Caller caller, DateTimeOffset now, JobsTransaction? group = null) =>
        new(_memory, _store, _settings, _services, caller, now, group);

    private static bool TryRun(Turn turn, JobsTransaction tx)
    {
        if (turn.IsCanceled)
        {
            turn.Cancel();
            return false;
        }
        try
        {
            turn.Run(tx);
            return true;
        }
        catch (JobsException refusal)
        {
            turn.Fail(refusal);
        }
        catch (Exception fault) when (fault is not StoreFailedException)
        {
            turn.Fail(new JobsException(JobsError.ServiceUnavailable, $"{turn.Operation.Name} failed: {fault.Message}", fault));
        }
        return false;
    }

    /// <summary>Makes the changes durable, then visible, then answers, then tells.</summary>
    private void Commit(JobsTransaction group, List<Turn> turns)
    {
        if (!group.Changes.IsEmpty)
        {
            try
            {
                _store.Commit(group.Changes);
            }
            catch (Exception exception)
            {
                var refusal = new JobsException(
                    JobsError.ServiceUnavailable, $"The change could not be stored and was not made: {exception.Message}", exception);
                foreach (var turn in turns)
                {
                    turn.Fail(refusal);
                }
                if (exception is StoreFailedException || turns.Count == 0)
                {
                    throw;
                }
                return;
            }
            _memory.Publish(group.Changes);
            TellProgress(group);
        }
        foreach (var turn in turns)
        {
            turn.Answer();
        }
        if (group.Events.Count > 0)
        {
            _feed.Publish(group.Events);
        }
    }

    /// <summary>One event for each job whose counters or work moved, however many executions moved them.</summary>
    private void TellProgress(JobsTransaction group)
    {
        foreach (var sequence in group.Changes.Progress.Keys)
        {
            if (_memory.FindJob(sequence) is { } entry)
            {
                group.Events.Add(new JobChanged(group.Now, entry.Job.JobId, entry.Job, entry.Progress));
            }
        }
    }

    private void ReportProgress(long sequence)
    {
        if (_settling.Count > 0 && _memory.FindJob(sequence) is { } entry)
        {
            foreach (var request in _settling.Where(request => request.JobId == entry.Job.JobId))
            {
                request.Progress?.Report(entry.Progress);
            }
        }
    }

    private void AnswerSettled()
    {
        while (_settleRequests.TryDequeue(out var request))
        {
            _settling.Add(request);
        }
        _settling.RemoveAll(request => request.IsCanceled || IsSettled(request) && request.Complete());
    }

    private bool IsSettled(SettleRequest request)
    {
        if (request.JobId is { } jobId)
        {
            return _memory.FindJob(jobId) is not { Progress.DueAt: { } dueAt } entry || dueAt > request.At || !MayRun(entry.Job.Sequence);
        }
        return !(_memory.FirstDeadline <= request.At) && !_memory.Due.IsAnyDue(request.At, MayRun);
    }

    private void WakeWhenDue()
    {
        var first = _memory.FirstDeadline;
        if (_memory.Due.NextAfter(Now()) is { } due && (first is null || due < first))
        {
            first = due;
        }
        var wait = first - Now();
        _timer.Change(
            wait is { } time ? TimeSpan.FromTicks(Math.Clamp(time.Ticks, 0, TimeSpan.TicksPerDay)) : Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    private void FailAll()
    {
        var refusal = _failure is { } failure
            ? new JobsException(JobsError.ServiceUnavailable, $"The engine has stopped: {failure.Message}", failure)
            : new JobsException(JobsError.ServiceUnavailable, "The engine is closing; nothing was changed.");
        foreach (var queue in new[] { _writes, _reads })
        {
            while (queue.TryDequeue(out var turn))
            {
                turn.Fail(refusal);
            }
        }
        while (_settleRequests.TryDequeue(out var request))
        {
            request.Fail(refusal);
        }
        if (Thread.CurrentThread == _thread)
        {
            _settling.ForEach(request => request.Fail(refusal));
            _settling.Clear();
        }
    }

    private sealed class Door(JobsEngine engine, Caller caller) : IJobs
    {
        public Task<TResponse> ExecuteAsync<TResponse>(Operation<TResponse> operation, CancellationToken cancellationToken) =>
            engine.ExecuteAsync(operation, caller, cancellationToken);
    }
}
