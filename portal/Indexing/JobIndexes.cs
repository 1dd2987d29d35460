using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Portal.Indexing;

/// <summary>
/// The indexes of all jobs which are being looked at: one for each, shared by all who look, and let go a while after the last one left.
/// </summary>
public sealed partial class JobIndexes : IDisposable
{
    /// <summary>Executions of all indexes together; about 220 MB with their things' names.</summary>
    public const int Most = 2_000_000;

    /// <summary>For how long an index nobody looks at is kept up to date.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly JobsEngine _engine;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly IndexRoom _room;
    private JobsSubscription? _subscription;

    public JobIndexes(JobsEngine engine, TimeProvider clock, ILogger<JobIndexes> logger)
        : this(engine, clock, logger, Most)
    {
    }

    internal JobIndexes(JobsEngine engine, TimeProvider clock, ILogger<JobIndexes> logger, int most)
    {
        (_engine, _clock, _logger, _room) = (engine, clock, logger, new(most));
    }

    /// <summary>Executions which are held now.</summary>
    public int Held => _room.Taken;

    /// <summary>The index of a job, for as long as the answer is not disposed.</summary>
    /// <param name="changed">Called after every change, on any thread: it is to ask for a paint, no more.</param>
    public Lease Look(string jobId, Action changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        lock (_lock)
        {
            if (_entries.TryGetValue(jobId, out var entry))
            {
                entry.Forgetting?.Dispose();
                entry.Forgetting = null;
                entry.Index.AddViewer(changed);
            }
            else
            {
                Follow();
                _entries[jobId] = entry = new(new(jobId, _engine, _clock, _room));
                entry.Index.AddViewer(changed);
                entry.Index.ReadAgain(); // Changes arrive already: what is read and what is told overlap.
            }
            return new(this, entry.Index, changed);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var entry in _entries.Values)
            {
                entry.Forgetting?.Dispose();
                entry.Index.Dispose();
            }
            _entries.Clear();
            Unfollow();
        }
    }

    private void Leave(JobIndex index, Action changed)
    {
        lock (_lock)
        {
            index.RemoveViewer(changed);
            if (!index.HasViewers && _entries.TryGetValue(index.JobId, out var entry) && entry.Index == index)
            {
                entry.Forgetting?.Dispose();
                entry.Forgetting = _clock.CreateTimer(_ => Forget(index), null, Kept, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Forget(JobIndex index)
    {
        lock (_lock)
        {
            if (index.HasViewers || !_entries.TryGetValue(index.JobId, out var entry) || entry.Index != index)
            {
                return;
            }
            entry.Forgetting?.Dispose();
            _entries.Remove(index.JobId);
            index.Dispose();
            if (_entries.Count == 0)
            {
                Unfollow();
            }
        }
    }

    private void Follow()
    {
        if (_subscription is null)
        {
            _subscription = _engine.Subscribe();
            _ = FollowAsync(_subscription);
        }
    }

    private void Unfollow()
    {
        _subscription?.Dispose();
        _subscription = null;
    }

    private async Task FollowAsync(JobsSubscription subscription)
    {
        await Task.Yield();
        var events = new Dictionary<JobIndex, List<JobsEvent>>();
        await foreach (var batch in subscription.Batches.ReadAllAsync())
        {
            try
            {
                if (batch.Missed)
                {
                    ReadAllAgain();
                    continue;
                }
                Sort(batch, events);
                foreach (var (index, ofIndex) in events)
                {
                    index.Apply(ofIndex);
                }
                events.Clear();
            }
            catch (Exception fault)
            {
                LogFault(fault);
                events.Clear();
                ReadAllAgain();
            }
        }
    }

    private void Sort(JobsEventBatch batch, Dictionary<JobIndex, List<JobsEvent>> events)
    {
        lock (_lock)
        {
            foreach (var happened in batch.Events)
            {
                var jobId = happened switch
                {
                    ExecutionChanged execution => execution.Execution.JobId,
                    JobChanged job => job.JobId,
                    _ => null,
                };
                if (jobId is not null && _entries.TryGetValue(jobId, out var entry))
                {
                    if (!events.TryGetValue(entry.Index, out var ofIndex))
                    {
                        events[entry.Index] = ofIndex = [];
                    }
                    ofIndex.Add(happened);
                }
            }
        }
    }

    private void ReadAllAgain()
    {
        Entry[] all;
        lock (_lock)
        {
            all = [.. _entries.Values];
        }
        foreach (var entry in all)
        {
            entry.Index.ReadAgain();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Bringing an index of executions up to date failed; it is read again")]
    private partial void LogFault(Exception fault);

    /// <summary>Somebody's look at a job's index.</summary>
    public sealed class Lease : IDisposable
    {
        private readonly JobIndexes _indexes;
        private readonly Action _changed;
        private bool _disposed;

        internal Lease(JobIndexes indexes, JobIndex index, Action changed)
        {
            (_indexes, Index, _changed) = (indexes, index, changed);
        }

        public JobIndex Index { get; }

        public void Dispose()
        {
            if (!_disposed)
            {
                _disposed = true;
                _indexes.Leave(Index, _changed);
            }
        }
    }

    private sealed class Entry(JobIndex index)
    {
        public JobIndex Index => index;

        public ITimer? Forgetting { get; set; }
    }
}
