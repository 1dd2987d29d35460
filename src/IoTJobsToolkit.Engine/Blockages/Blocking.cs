using System.Globalization;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Schedules;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Blockages;

/// <summary>The causes for which the executions of one job do not move now: first what holds the whole job, then what is the thing's.</summary>
internal sealed class Blocking(JobsTransaction tx, Job job, JobProgress progress)
{
    private readonly JobSchedule? _schedule = JobSchedule.Of(job.SchedulingConfig);

    /// <summary>Null for an execution that has ended, or goes away with its job.</summary>
    public JobBlockage? Of(JobExecution stored)
    {
        var execution = Sweeping.AsOf(job, progress, stored, tx.Now);
        if (execution.HasEnded || !job.CanBeUpdated && execution.Status == JobExecutionStatus.QUEUED || tx.FindThing(execution.ThingName) is not { } thing ||
            thing.Sequence != execution.ThingSequence)
        {
            return null;
        }
        var blockage = execution.Status == JobExecutionStatus.IN_PROGRESS ? Working(thing, execution) : Held(thing.Name) ?? Waiting(thing, execution);
        return blockage with { ExecutionNumber = execution.Number, Status = execution.Status };
    }

    /// <summary>A retry, join or restart which is made when the job goes on.</summary>
    public JobBlockage? Of(PostponedExecution postponed) => Held(postponed.ThingName) ?? Behind(postponed.ThingName);

    /// <summary>What the rollout has still to make; null where the job is not rolled out now.</summary>
    /// <param name="position">From 1.</param>
    /// <param name="at">When the rollout should come to it.</param>
    public JobBlockage OfRollout(string thingName, long position, DateTimeOffset? at)
    {
        var blockage = Held(thingName) ?? Standing(thingName) ?? new(job.JobId, thingName, ConcurrentJobs.HasToWait(tx, job) ? BlockageCause.ROLLOUT_QUOTA : BlockageCause.ROLLOUT_RATE);
        return blockage with { Position = position, Until = blockage.Cause is BlockageCause.WINDOW_CLOSED or BlockageCause.ROLLOUT_RATE ? at : null };
    }

    /// <summary>A job that has not begun holds all its things; null where it has.</summary>
    public JobBlockage? OfStart(string? thingName) => job is { StartedAt: null, Status: JobStatus.SCHEDULED }
        ? Paused(thingName) ?? new(job.JobId, thingName, BlockageCause.JOB_SCHEDULED) { Until = _schedule?.OpensAt(tx.Now) }
        : null;

    /// <summary>The instants at which the rollout comes to one position after the other, at the earliest.</summary>
    public RolloutClock Clock(Rollout rollout) => new(RolloutWindows(rollout));

    private IEnumerable<ForecastWindow> RolloutWindows(Rollout rollout)
    {
        var made = new RolledOut(rollout.Notified, rollout.Increases);
        var next = rollout.WindowAt > tx.Now ? rollout.WindowAt : tx.Now;
        if (rollout.WindowLeft > 0)
        {
            yield return new(tx.Now, rollout.WindowLeft);
            made = made with { Notified = made.Notified > long.MaxValue - rollout.WindowLeft ? long.MaxValue : made.Notified + rollout.WindowLeft };
            next = rollout.WindowAt + Rollout.OneWindow;
        }
        foreach (var window in RolloutForecast.Windows(job.JobExecutionsRolloutConfig, _schedule, tx.Settings.Limits, next, made))
        {
            yield return window;
        }
    }

    private JobBlockage? Held(string? thingName) => Paused(thingName) ?? (Sweeping.IsOpen(job, progress, tx.Now)
        ? null
        : new(job.JobId, thingName, BlockageCause.WINDOW_CLOSED) { Until = _schedule?.OpensAt(tx.Now) is { } opening && !(opening >= _schedule.End) ? opening : null });

    private JobBlockage? Paused(string? thingName) => progress.Approval is { } approval
        ? new(job.JobId, thingName, BlockageCause.AWAITS_APPROVAL) { Since = approval.RequestedAt, Detail = $"of somebody other than {approval.By}, by {JobSchedule.Text(approval.ExpiresAt)}" }
        : progress.Pause is { } pause
        ? new(job.JobId, thingName, BlockageCause.JOB_PAUSED) { Since = pause.At, Detail = pause.Comment is null ? pause.By : $"{pause.By}: {pause.Comment}" }
        : progress.WaitsFor.Count > 0
        ? new(job.JobId, thingName, BlockageCause.DEPENDENCY) { Detail = string.Join(", ", progress.WaitsFor.Select(Named)) }
        : null;

    private string Named(long first) => tx.FindJob(first) is { } other ? $"{other.JobId}, {other.Status}" : "a job that is gone";

    /// <summary>What comes first on the thing, by id and how that stands there.</summary>
    private JobBlockage? Behind(string thingName)
    {
        if (tx.FindThing(thingName) is not { } thing)
        {
            return null;
        }
        foreach (var dependency in Dependencies.PerThing(job))
        {
            var latest = tx.FindJob(dependency.Sequence) is { } first ? tx.ExecutionsOf(first, thing).FirstOrDefault() : null;
            if (latest is not { Status: JobExecutionStatus.SUCCEEDED })
            {
                return new(job.JobId, thingName, BlockageCause.DEPENDENCY) { Detail = $"{dependency.JobId}, {latest?.Status.ToString() ?? "not begun"}" };
            }
        }
        return null;
    }

    private JobBlockage? Standing(string thingName) => progress.Rollout switch
    {
        { Hold: RolloutHold.IN_FLIGHT } => new(job.JobId, thingName, BlockageCause.ROLLOUT_IN_FLIGHT) { Detail = $"{progress.Counts.Pending} of {job.Controls!.MaxInFlight}" },
        { Hold: RolloutHold.STAGE } => new(job.JobId, thingName, BlockageCause.ROLLOUT_STAGE) { Detail = Stage(job.Controls!) },
        _ => null,
    };

    private string Stage(JobControls controls) => $"stage {progress.StagesPassed + 1} of {controls.Stages.Count}, " +
        (controls.Stages[progress.StagesPassed].SuccessPercentage is { } share
            ? string.Create(CultureInfo.InvariantCulture, $"{Verification.Succeeded(progress, tx.Now)} of {progress.Rollout!.Notified} succeeded, {share:0.##}% are needed")
            : "somebody has to advance it");

    private JobBlockage Working(Thing thing, JobExecution execution) => tx.Connectivity(thing) is { Connected: false } away
        ? new(job.JobId, thing.Name, BlockageCause.NOT_CONNECTED) { Since = away.Timestamp, Until = execution.Deadline }
        : new(job.JobId, thing.Name, BlockageCause.DEVICE_WORKING) { Since = execution.LastUpdatedAt, Until = execution.Deadline };

    private JobBlockage Waiting(Thing thing, JobExecution execution)
    {
        var ahead = tx.VisiblePending(thing, job.NamespaceId).TakeWhile(next => next.Execution.Sequence != execution.Sequence).ToList();
        var first = ahead.FirstOrDefault().Execution;
        if (first is not { Status: JobExecutionStatus.IN_PROGRESS })
        {
            switch (tx.Connectivity(thing))
            {
                case null when first is null:
                    return new(job.JobId, thing.Name, BlockageCause.NEVER_CONNECTED) { Since = execution.QueuedAt };
                case { Connected: false } away:
                    return new(job.JobId, thing.Name, BlockageCause.NOT_CONNECTED) { Since = away.Timestamp };
            }
        }
        return first is null
            ? new(job.JobId, thing.Name, BlockageCause.DEVICE_IDLE) { Since = execution.QueuedAt }
            : new(job.JobId, thing.Name, BlockageCause.OTHER_JOB_AHEAD)
            {
                Since = execution.QueuedAt,
                Until = first.Deadline,
                Detail = ahead.Count == 1 ? $"{first.JobId}, {first.Status}" : $"{first.JobId}, {first.Status}, and {ahead.Count - 1} more",
            };
    }
}

/// <summary>Tells the instants of positions of a rollout, which are asked in their order.</summary>
internal sealed class RolloutClock(IEnumerable<ForecastWindow> windows) : IDisposable
{
    /// <summary>Windows looked at: 69 days of a rollout; what comes later is too far off to say.</summary>
    private const int MostWindows = 100_000;

    private readonly IEnumerator<ForecastWindow> _windows = windows.Take(MostWindows).GetEnumerator();
    private ForecastWindow _window;
    private long _before;
    private long _upTo;

    /// <param name="position">From 1; no lower than the one asked for before.</param>
    /// <returns>Null where the job ends before, or where it is too far off to say.</returns>
    public DateTimeOffset? At(long position)
    {
        while (position > _upTo)
        {
            if (!_windows.MoveNext())
            {
                return null;
            }
            _window = _windows.Current;
            _before = _upTo;
            _upTo = _before > long.MaxValue - _window.Executions ? long.MaxValue : _before + _window.Executions;
        }
        return _window.At;
    }

    public void Dispose() => _windows.Dispose();
}
