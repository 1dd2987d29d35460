using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;

namespace IoTJobsToolkit.Engine.Tests.Properties.Running;

/// <summary>
/// What the engine's events say exists. Each event is checked against what must hold whatever a model says: versions count up, what is
/// terminal stays, one pending execution of a job on a thing, numbers are never used again, the rollout keeps its rate.
/// </summary>
internal sealed class Mirror
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<long, JobExecution> _executions = [];
    private readonly Dictionary<(long Job, long Thing), long> _highest = [];
    private readonly Dictionary<(long Job, DateTimeOffset At), int> _batches = [];
    private readonly Dictionary<long, Job> _jobs = [];
    private readonly Dictionary<long, int> _maximumRates = [];
    private readonly HashSet<long> _unevaluated = [];

    public IEnumerable<JobExecution> Executions => _executions.Values;

    /// <summary>Changes of every execution that ever was, in words: what two runs of one program must have in common.</summary>
    public SortedDictionary<string, string> Histories { get; } = new(StringComparer.Ordinal);

    /// <summary>Kinds of changes seen, in words, and how often.</summary>
    public Dictionary<string, int> Reached { get; } = [];

    public void Take(JobsEventBatch batch)
    {
        Require(!batch.Missed, "Events were missed.");
        foreach (var change in batch.Events)
        {
            switch (change)
            {
                case JobChanged { Job: { } job }:
                    Take(job);
                    break;
                case ExecutionChanged { After: null } gone:
                    Require(_executions.Remove(gone.Execution.Sequence), $"An execution was deleted that was not there: {Text(gone.Execution)}");
                    _unevaluated.Remove(gone.Execution.JobSequence);
                    break;
                case ExecutionChanged { Before: null, After: { } created }:
                    TakeNew(created);
                    break;
                case ExecutionChanged { Before: { } before, After: { } after }:
                    TakeChange(before, after);
                    break;
            }
        }
    }

    public int Count(string jobId, JobExecutionStatus status) => _executions.Values.Count(e => e.JobId == jobId && e.Status == status);

    /// <summary>What must hold when nothing is left to be done at this moment.</summary>
    public void CheckAtRest()
    {
        foreach (var pair in _executions.Values.Where(e => e.Status is QUEUED or IN_PROGRESS).GroupBy(e => (e.JobSequence, e.ThingSequence)))
        {
            Require(pair.Count() == 1, $"Two pending executions of one job on one thing: {string.Join("; ", pair.Select(Text))}");
        }
        foreach (var job in _jobs.Values.Where(job => job.Status is JobStatus.IN_PROGRESS or JobStatus.SCHEDULED && !_unevaluated.Contains(job.Sequence)))
        {
            foreach (var criterion in job.AbortConfig?.CriteriaList ?? [])
            {
                Require(!IsMet(job, criterion), $"{job.JobId} is {job.Status} although {criterion} is met.");
            }
        }
    }

    private void Take(Job job)
    {
        var before = _jobs.GetValueOrDefault(job.Sequence);
        _jobs[job.Sequence] = job;
        if (before?.Status != job.Status)
        {
            Reach($"job {job.Status} {job.ReasonCode}");
        }
        var rate = job.JobExecutionsRolloutConfig?.MaximumPerMinute ?? 1000;
        _maximumRates[job.Sequence] = Math.Max(rate, _maximumRates.GetValueOrDefault(job.Sequence));
        if (before?.Targets.Count < job.Targets.Count)
        {
            // A rollout that had finished begins anew with a window of its own (5.2), maybe at the instant of the last one.
            _batches.Keys.Where(key => key.Job == job.Sequence).ToList().ForEach(key => _batches.Remove(key));
        }
        if (before is not null && !Equals(before.AbortConfig, job.AbortConfig))
        {
            _unevaluated.Add(job.Sequence);
        }
    }

    private void TakeNew(JobExecution created)
    {
        var pair = (created.JobSequence, created.ThingSequence);
        Require(created.Number > _highest.GetValueOrDefault(pair), $"A number was used again: {Text(created)}");
        Require(_executions.TryAdd(created.Sequence, created), $"A sequence was used again: {Text(created)}");
        _highest[pair] = created.Number;
        Reach($"execution {created.History[0].Origin}{(created.RetryAttempt > 1 || (created.History[0].Origin == ChangeOrigin.Rollout && created.Number > 1) ? " again" : "")}");
        Keep(created);
        if (created.History[0].Origin == ChangeOrigin.Rollout && _jobs.TryGetValue(created.JobSequence, out var job))
        {
            TakeRolledOut(job, created);
        }
    }

    private void TakeRolledOut(Job job, JobExecution created)
    {
        var count = _batches[(job.Sequence, created.QueuedAt)] = _batches.GetValueOrDefault((job.Sequence, created.QueuedAt)) + 1;
        Require(count <= _maximumRates[job.Sequence], $"More executions in a window than the rate allows: {Text(created)}");
        if (job.TargetSelection == TargetSelection.SNAPSHOT)
        {
            var first = _batches.Keys.Where(key => key.Job == job.Sequence).Min(key => key.At);
            Require((created.QueuedAt - first).Ticks % Minute.Ticks == 0, $"Rolled out between the starts of windows: {Text(created)}");
        }
    }

    private void TakeChange(JobExecution before, JobExecution after)
    {
        Require(_executions.TryGetValue(after.Sequence, out var known) && ExecutionView.Of(known) == ExecutionView.Of(before),
            $"A change starts from something else than was there: {Text(before)} instead of {(known is null ? "nothing" : Text(known))}");
        Require(before.Status is QUEUED or IN_PROGRESS, $"A terminal execution changed: {Text(before)} to {Text(after)}");

        // A start that finds a running execution may set its step timer and nothing else (OPEN-7).
        var onlyStep = ExecutionView.Of(before with { StepDeadline = null }) == ExecutionView.Of(after with { StepDeadline = null });
        var steps = onlyStep ? 0 : 1;
        Require(after.VersionNumber == before.VersionNumber + steps, $"The version did not count up by {steps}: {Text(before)} to {Text(after)}");
        _executions[after.Sequence] = after;
        Keep(after);
        Reach(onlyStep ? "step timer set on a running execution" : $"{before.Status} to {after.Status} by {after.History[^1].Origin}");
        if (after.Status is not (QUEUED or IN_PROGRESS))
        {
            _unevaluated.Remove(after.JobSequence);
        }
    }

    private bool IsMet(Job job, AbortCriteria criterion)
    {
        int Of(params JobExecutionStatus[] statuses) => _executions.Values.Count(e => e.JobSequence == job.Sequence && statuses.Contains(e.Status));

        var completed = Of(SUCCEEDED, FAILED, TIMED_OUT, REJECTED);
        var failed = criterion.FailureType switch
        {
            JobExecutionFailureType.ALL => Of(FAILED, TIMED_OUT, REJECTED),
            { } type => Of(Enum.Parse<JobExecutionStatus>(type.ToString())),
            _ => 0,
        };
        return completed >= criterion.MinNumberOfExecutedThings && 100m * failed >= criterion.ThresholdPercentage * completed;
    }

    private void Reach(string what) => Reached[what] = Reached.GetValueOrDefault(what) + 1;

    private void Keep(JobExecution execution) =>
        Histories[$"{execution.JobSequence} {execution.JobId} {execution.ThingName} {execution.ThingSequence} #{execution.Number}"] =
            string.Join("; ", execution.History.Select(change => $"{Clock.Text(change.At)} {change.From}>{change.To} v{change.Version} {change.Origin} {change.By}"));

    private static string Text(JobExecution execution) => ExecutionView.Of(execution).ToString();

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new PropertyBrokenException(sentence);
        }
    }
}

/// <summary>Something that must hold does not.</summary>
internal sealed class PropertyBrokenException(string message) : Exception(message);
