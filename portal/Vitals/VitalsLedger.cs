using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Vitals;

/// <summary>
/// What the last hour and everything in progress come to, kept with each event. Changes since it began come from the feed, those before from
/// the executions' histories; which of the two counts a change is told by its instant, so that none counts twice. Not thread-safe.
/// </summary>
internal sealed class VitalsLedger
{
    /// <summary>Executions in progress which are watched one by one: some 80 MB.</summary>
    public const int MostRunning = 200_000;

    private const int MostNames = 1_000;

    private readonly Dictionary<string, JobVitals> _jobs = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _beganAt;
    private HashSet<long>? _touched;

    public VitalsLedger(IEnumerable<(Job Job, JobProgress Progress)> jobs, DateTimeOffset now, int mostRunning = MostRunning)
    {
        _beganAt = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMillisecond)); // As exact as the instants of changes.
        Running = new(mostRunning);
        var toRead = new List<string>();
        foreach (var (job, progress) in jobs)
        {
            Set(job.JobId, job, progress);
            if (job.Status != JobStatus.DELETION_IN_PROGRESS && (progress.Counts.InProgress > 0 || progress.ChangedAt > now.AddHours(-1)))
            {
                toRead.Add(job.JobId);
            }
        }
        ToRead = toRead;
    }

    /// <summary>The jobs whose executions have something to add.</summary>
    public IReadOnlyList<string> ToRead { get; }

    /// <summary>Not everything from before it began has been read.</summary>
    public bool IsCounting { get; set; } = true;

    public IReadOnlyCollection<JobVitals> Jobs => _jobs.Values;

    public RunningExecutions Running { get; }

    public MinuteRing Queued { get; } = new();

    public MinuteRing Started { get; } = new();

    public MinuteRing Succeeded { get; } = new();

    public MinuteRing Failed { get; } = new();

    public HourTally FailuresByJob { get; } = new(MostNames);

    public HourTally FailuresByReason { get; } = new(MostNames);

    public void Apply(IReadOnlyList<JobsEvent> events, DateTimeOffset now)
    {
        foreach (var happened in events)
        {
            switch (happened)
            {
                case JobChanged change:
                    Set(change.JobId, change.Job, change.Progress);
                    break;
                case ExecutionChanged change:
                    Set(change, now);
                    break;
                case ThingConnectivityChanged change:
                    Running.Connect(change.ThingName, change.Connectivity is { Connected: true } ? null : change.Connectivity?.Timestamp ?? change.At, now);
                    break;
            }
        }
    }

    /// <summary>Before a page is asked for: what changes until it comes is newer than the page.</summary>
    public void BeginPage() => _touched = [];

    public void Apply(IReadOnlyList<JobExecution> page, DateTimeOffset now)
    {
        foreach (var execution in page)
        {
            var job = _jobs.GetValueOrDefault(execution.JobId);
            foreach (var change in execution.History)
            {
                if (change.At < _beganAt)
                {
                    Count(job, execution, change);
                }
            }
            if (_touched?.Contains(execution.Sequence) != true && job is not null && execution.Status == JobExecutionStatus.IN_PROGRESS)
            {
                job.Move(execution.LastUpdatedAt);
                Running.Put(job, execution, now);
            }
        }
        _touched = null;
    }

    private void Set(string jobId, Job? job, JobProgress? progress)
    {
        var known = _jobs.GetValueOrDefault(jobId);
        if (job is null || progress is null || !JobVitals.MayMove(job, progress) || known is not null && known.Job.Sequence != job.Sequence)
        {
            if (_jobs.Remove(jobId, out var gone))
            {
                Running.RemoveAll(gone);
            }
            known = null;
        }
        if (job is null || progress is null || !JobVitals.MayMove(job, progress))
        {
            return;
        }
        if (known is null)
        {
            _jobs[jobId] = new(job, progress);
        }
        else
        {
            known.Set(job, progress);
        }
    }

    private void Set(ExecutionChanged change, DateTimeOffset now)
    {
        var execution = change.Execution;
        _touched?.Add(execution.Sequence);
        var job = _jobs.GetValueOrDefault(execution.JobId);
        job?.Move(change.At);
        if (change.After is { History: [.., var last] } after && after.Status != change.Before?.Status && last.At >= _beganAt)
        {
            Count(job, after, last);
        }
        if (change.After is { Status: JobExecutionStatus.IN_PROGRESS } running && job is not null)
        {
            Running.Put(job, running, now);
        }
        else
        {
            Running.Remove(execution.Sequence);
        }
    }

    private void Count(JobVitals? job, JobExecution execution, ExecutionChange change)
    {
        switch (change.To)
        {
            case JobExecutionStatus.QUEUED:
                Queued.Add(change.At);
                break;
            case JobExecutionStatus.IN_PROGRESS:
                Started.Add(change.At);
                break;
            case JobExecutionStatus.SUCCEEDED:
                Succeeded.Add(change.At);
                job?.End(change.At);
                break;
            case JobExecutionStatus.FAILED or JobExecutionStatus.TIMED_OUT or JobExecutionStatus.REJECTED:
                Failed.Add(change.At);
                FailuresByJob.Add(execution.JobId, change.At);
                FailuresByReason.Add(FailureReason.Of(execution), change.At);
                job?.End(change.At);
                break;
        }
    }
}
