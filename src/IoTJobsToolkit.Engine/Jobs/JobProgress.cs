using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>What changes while a job runs: its counters and how far its durable work has come.</summary>
public sealed record JobProgress(long JobSequence)
{
    public ExecutionCounts Counts { get; init; }

    /// <summary>When an execution last came, changed its status or went.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The rollout, until it has finished or was stopped.</summary>
    public Rollout? Rollout { get; init; }

    /// <summary>A cancel or delete which has not reached every execution yet.</summary>
    public JobSweep? Sweep { get; init; }

    /// <summary>When the job's next slice of work is due; null when only its devices can move it.</summary>
    public DateTimeOffset? DueAt => Sweep?.At ?? Rollout?.WindowAt;
}

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
    /// <summary>The window has created all it may; what is left of a slice only looks whether anything remains for the next.</summary>
    public bool IsLooking { get; init; }
}

public enum SweepKind
{
    Cancel,
    Delete,
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
