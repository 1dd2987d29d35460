using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>What changes while a job runs: its counters and how far its durable work has come.</summary>
public sealed record JobProgress(long JobSequence)
{
    public ExecutionCounts Counts { get; init; }

    /// <summary>Its failures by reason; null for a job of an older database, whose failures were not counted from its beginning.</summary>
    public FailureCounts? Failures { get; init; }

    /// <summary>When an execution last came, changed its status or went.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The rollout, until it has finished or was stopped.</summary>
    public Rollout? Rollout { get; init; }

    /// <summary>A cancel or delete which has not reached every execution yet.</summary>
    public JobSweep? Sweep { get; init; }

    /// <summary>The next start, opening, closing or end of its schedule; null when none will come.</summary>
    public DateTimeOffset? ScheduleAt { get; init; }

    /// <summary>False between maintenance windows and before the start, as of the last change of its schedule.</summary>
    public bool IsOpen { get; init; } = true;

    /// <summary>By whom it was paused, until it is resumed; null while it goes on.</summary>
    public JobPause? Pause { get; init; }

    /// <summary>What has to be approved before it begins, until it is; null where nothing has.</summary>
    public JobApproval? Approval { get; init; }

    /// <summary>Jobs it depends on as a whole that are not COMPLETED.</summary>
    public IReadOnlyList<long> WaitsFor { get; init; } = [];

    /// <summary>One of them that ended otherwise: by itself the job will never begin. Null while that may be.</summary>
    public string? LostDependency { get; init; }

    /// <summary>It is paused, or waits for approval or for other jobs.</summary>
    public bool IsHeld => Pause is not null || Approval is not null || WaitsFor.Count > 0;

    /// <summary>Its results as it was last resumed: criteria which pause it count from there.</summary>
    public ExecutionCounts CountedFrom { get; init; }

    /// <summary>Stages of the rollout which are behind it.</summary>
    public int StagesPassed { get; init; }

    /// <summary>Successes which are too fresh to count for the rollout, earliest first; kept where the job has a time of verification.</summary>
    public IReadOnlyList<FreshSuccesses> Fresh { get; init; } = [];

    /// <summary>Whether QUEUED executions are made and shown to their things: inside its windows, and not held.</summary>
    public bool HandsOut => IsOpen && !IsHeld;

    /// <summary>The end time has passed: no rollout, no join, no retry any more (C-17).</summary>
    public bool IsPastEnd { get; init; }

    /// <summary>Joins, retries and restarts which wait for the next maintenance window, or for the end of a pause.</summary>
    public long Postponed { get; init; }

    /// <summary>The opening at which they are made; null while they wait.</summary>
    public DateTimeOffset? PostponedAt { get; init; }

    /// <summary>The last thing whose postponed execution was looked at in this opening, where those of some things wait on.</summary>
    public string? PostponedAfter { get; init; }

    /// <summary>Executions which earlier rollouts of the job created, with the growth of their rate: a rollout to new targets goes on from there.</summary>
    public RolledOut RolledOut { get; init; }

    /// <summary>The job's next piece of durable work and when it is due; null when only its devices can move it.</summary>
    public (JobWork Work, DateTimeOffset At)? Next
    {
        get
        {
            if (Sweep is { } sweep)
            {
                return (JobWork.Sweep, sweep.At);
            }
            if (PostponedAt is { } opening)
            {
                return (JobWork.Postponed, opening);
            }
            if (Approval?.ExpiresAt is { } expiry && !(ScheduleAt < expiry))
            {
                return (JobWork.ApprovalExpiry, expiry);
            }
            // A window of the rollout which begins as the schedule changes is for the schedule to allow.
            return (ScheduleAt, Rollout?.DueAt) switch
            {
                ({ } schedule, { } window) when window < schedule => (JobWork.Rollout, window),
                ({ } schedule, _) => (JobWork.Schedule, schedule),
                (null, { } window) => (JobWork.Rollout, window),
                _ => null,
            };
        }
    }

    public DateTimeOffset? DueAt => Next?.At;

    /// <summary>The job has ended or goes away: nothing is rolled out, postponed or scheduled any more.</summary>
    public JobProgress AtRest() => this with { Rollout = null, ScheduleAt = null, Postponed = 0, PostponedAt = null, Approval = null, WaitsFor = [], LostDependency = null };
}

/// <summary>An operator holds a job: it makes and hands out no executions until it is resumed.</summary>
public sealed record JobPause(DateTimeOffset At, string By, string? Comment);

/// <summary>A job waits until somebody other than its author approves it.</summary>
/// <param name="By">The author.</param>
/// <param name="ExpiresAt">Then it is canceled.</param>
public sealed record JobApproval(DateTimeOffset RequestedAt, string By, DateTimeOffset ExpiresAt);

/// <summary>Kinds of durable work on a job.</summary>
public enum JobWork
{
    Sweep,
    Postponed,
    ApprovalExpiry,
    Schedule,
    Rollout,
}

/// <param name="Notified">N of 5.3.</param>
/// <param name="Increases">n of 5.3.</param>
public readonly record struct RolledOut(long Notified, int Increases);

/// <summary>How far a rollout has come (jobs-reference 5.2).</summary>
/// <param name="WindowAt">Start of the current one-minute window while it has executions left to create, else of the next.</param>
/// <param name="WindowLeft">Executions which the current window may still create; 0 between windows.</param>
/// <param name="Notified">Executions created by the rollout so far: N of 5.3.</param>
/// <param name="Increases">Steps by which an exponential rate has grown: n of 5.3, never decreasing.</param>
/// <param name="Target">Index of the target being rolled out.</param>
/// <param name="AfterThing">Last thing of that target which was looked at, in ordinal name order; null before the first.</param>
public sealed record Rollout(
    DateTimeOffset WindowAt, long WindowLeft = 0, long Notified = 0, int Increases = 0, int Target = 0, string? AfterThing = null)
{
    internal static readonly TimeSpan OneWindow = TimeSpan.FromMinutes(1);

    /// <summary>The window has created all it may; what is left of a slice only looks whether anything remains for the next.</summary>
    public bool IsLooking { get; init; }

    /// <summary>Between maintenance windows, or paused with its job: it goes on at the next opening (jobs-reference 9.4).</summary>
    public bool IsPaused { get; init; }

    /// <summary>A thing which still waited moved to where the rollout has been: at the end it walks the targets once more.</summary>
    public bool GoesRoundAgain { get; init; }

    /// <summary>It has been round before: everybody may have his execution already.</summary>
    public bool HasBeenRound { get; init; }

    public Rollout GoRoundAgain() =>
        this with { Target = 0, AfterThing = null, IsLooking = WindowLeft == 0, GoesRoundAgain = false, HasBeenRound = true };

    /// <summary>Whether it has passed the place of a thing among a target's.</summary>
    public bool HasPassed(int target, string thingName) =>
        target < Target || target == Target && AfterThing is not null && string.CompareOrdinal(thingName, AfterThing) <= 0;

    /// <summary>What it waits for beside its rate; null while it goes on.</summary>
    public RolloutHold? Hold { get; init; }

    /// <summary>While it stands at a stage: when more of the successes count.</summary>
    public DateTimeOffset? LooksAgainAt { get; init; }

    /// <summary>When it went on after it stood last; executions are made no earlier.</summary>
    public DateTimeOffset? WentOnAt { get; init; }

    public DateTimeOffset? DueAt => IsPaused ? null : Hold is not null ? LooksAgainAt : WentOnAt > WindowAt ? WentOnAt : WindowAt;

    /// <summary>It stands no more. Its minutes are those it had: in the same one it makes what was left of that, in a later one what that allows.</summary>
    public Rollout GoOn(DateTimeOffset now)
    {
        var minutes = Math.Max(0, (now - WindowAt).Ticks / OneWindow.Ticks);
        return this with
        {
            Hold = null,
            LooksAgainAt = null,
            WentOnAt = now,
            WindowAt = WindowAt + minutes * OneWindow,
            WindowLeft = minutes > 0 ? 0 : WindowLeft,
            IsLooking = minutes == 0 && IsLooking,
        };
    }

    /// <summary>What the current window may still create is given up; the next one keeps its time.</summary>
    public Rollout Pause() => this with
    {
        IsPaused = true,
        WindowAt = WindowLeft > 0 || IsLooking ? WindowAt + OneWindow : WindowAt,
        WindowLeft = 0,
        IsLooking = false,
    };

    /// <summary>Its one-minute windows begin anew, no earlier than the next one would have; the counters go on (jobs-reference 5.2).</summary>
    public Rollout Resume(DateTimeOffset opening) => this with
    {
        IsPaused = false, WindowAt = WindowAt > opening ? WindowAt : opening, WindowLeft = 0, IsLooking = false,
    };
}

public enum SweepKind
{
    Cancel,
    Delete,

    /// <summary>Retention: as a deletion, with the history, and nobody is told.</summary>
    Purge,
}

/// <summary>Durable work over all executions of a job, done in slices (DESIGN 4).</summary>
/// <param name="At">Instant of the call which asked for it; executions carry this time.</param>
/// <param name="After">The last execution done; null before the first.</param>
/// <param name="By">Name of the caller who asked.</param>
public sealed record JobSweep(SweepKind Kind, DateTimeOffset At, string By, bool Force = false, ExecutionKey? After = null)
{
    /// <summary>What the history of each execution names as the cause.</summary>
    public ChangeOrigin Origin { get; init; } = ChangeOrigin.Operator;

    /// <summary>A sweep without force which this one, with force, overtook: what it was to cancel stays as it would have canceled it.</summary>
    public JobSweep? Earlier { get; init; }
}

/// <summary>A join, retry or restart outside a maintenance window: the execution is made at the next opening (jobs-reference 4.3, 8.4).</summary>
/// <param name="RetryAttempt">0 for a join or restart.</param>
public sealed record PostponedExecution(
    long JobSequence, string ThingName, long ThingSequence, ChangeOrigin Origin, int RetryAttempt = 0, RetriesUsed RetriesUsed = default)
{
    /// <summary>Who asked for it; null for what the system does.</summary>
    public string? By { get; init; }
}
