using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Tests.Leaps;

/// <summary>An engine with its store and everything it told, across restarts.</summary>
internal sealed class World : IDisposable
{
    private readonly InMemoryJobsStore _store = new();
    private readonly List<JobsEvent> _events = [];
    private JobsSubscription _subscription;

    public World()
    {
        _store.Commit(new() { EventConfigurations = new() { Enabled = [EventType.JOB, EventType.JOB_EXECUTION] } });
        Engine = new(new() { SliceSize = 7 }, store: _store);
        _subscription = Engine.Engine.Subscribe(100_000);
    }

    public TestEngine Engine { get; }

    public void Restart(bool reallyDo)
    {
        if (reallyDo)
        {
            Engine.Engine.Dispose();
            Listen();
            Engine.Restart(listen: engine => _subscription = engine.Subscribe(100_000));
        }
    }

    /// <summary>Jobs, executions, history and events; without the numbers which only tell in what order things were worked off.</summary>
    public List<string> Describe()
    {
        Engine.Engine.Dispose();
        Listen();
        var contents = _store.Load();
        var progress = contents.Progress.ToDictionary(p => p.JobSequence);
        var lines = new List<string>();
        foreach (var job in contents.Jobs.OrderBy(job => job.JobId, StringComparer.Ordinal))
        {
            lines.Add($"job {job.JobId} {job.Status} {job.StartedAt:O} {job.LastUpdatedAt:O} {job.CompletedAt:O} {job.ReasonCode} {job.Comment} {Text(progress[job.Sequence])}");
            lines.AddRange(_store.ReadExecutions(job.Sequence, null, int.MaxValue).Select(Text));
            lines.AddRange(_store.ReadHistory(job.Sequence, 0, int.MaxValue)
                .OrderBy(record => record.At).ThenBy(record => record.Sequence)
                .Select(record => $"history {job.JobId} {record.At:O} {record.By} {record.What} {record.From} {record.To} {record.Details} {record.ThingName}"));
        }
        lines.AddRange(_events.OfType<JobEvent>()
            .Select(e => $"event {e.At:O} {e.Job.JobId} {e.Status} {e.Counts}").Order(StringComparer.Ordinal));
        lines.AddRange(_events.OfType<JobExecutionEvent>()
            .Select(e => $"event {e.At:O} {e.Status} {Text(e.Execution)}").Order(StringComparer.Ordinal));
        return lines;
    }

    public void Dispose()
    {
        _subscription.Dispose();
        Engine.Dispose();
    }

    private void Listen()
    {
        while (_subscription.Batches.TryRead(out var batch))
        {
            Assert.False(batch.Missed);
            _events.AddRange(batch.Events);
        }
    }

    private static string Text(JobProgress progress) =>
        $"{progress.Counts} {progress.Rollout} {progress.Sweep} {progress.ScheduleAt:O} {progress.IsOpen} {progress.Pause} {progress.IsPastEnd} {progress.Postponed} {progress.RolledOut}";

    private static string Text(JobExecution execution) =>
        $"execution {execution.JobId} {execution.ThingName}#{execution.Number} v{execution.VersionNumber} {execution.Status} {execution.QueuedAt:O} {execution.StartedAt:O} " +
        $"{execution.LastUpdatedAt:O} {execution.ForceCanceled} {execution.RetryAttempt} {execution.RetriesUsed} {execution.Deadline:O} " +
        string.Join("; ", execution.History.Select(change => $"{change.At:O} {change.From} {change.To} {change.Version} {change.Origin} {change.By}"));
}
