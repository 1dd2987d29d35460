using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Engine.Blockages;

/// <summary>Why an execution does not move, the words of the wire.</summary>
public enum BlockageCause
{
    /// <summary>The job has not begun: its start time, or first maintenance window, is to come.</summary>
    JOB_SCHEDULED,

    /// <summary>Nobody has approved the job yet.</summary>
    AWAITS_APPROVAL,

    /// <summary>An operator has paused the job.</summary>
    JOB_PAUSED,

    /// <summary>Another job comes first, as a whole or on this thing.</summary>
    DEPENDENCY,

    /// <summary>The job is between two of its maintenance windows, or none will open any more.</summary>
    WINDOW_CLOSED,

    /// <summary>The rollout has not come to the thing.</summary>
    ROLLOUT_RATE,

    /// <summary>The rollout waits because as many executions as it may have are QUEUED or IN_PROGRESS.</summary>
    ROLLOUT_IN_FLIGHT,

    /// <summary>The rollout stands at the end of a stage.</summary>
    ROLLOUT_STAGE,

    /// <summary>The rollout waits because as many jobs as the quota allows are being rolled out or canceled.</summary>
    ROLLOUT_QUOTA,

    /// <summary>The thing has another execution to work off first.</summary>
    OTHER_JOB_AHEAD,

    /// <summary>The device never connected by MQTT; by HTTP it asks without being connected.</summary>
    NEVER_CONNECTED,

    /// <summary>The device is not connected now.</summary>
    NOT_CONNECTED,

    /// <summary>The device is connected and could have it, but has not asked.</summary>
    DEVICE_IDLE,

    /// <summary>The device is at it, and has not reported an end.</summary>
    DEVICE_WORKING,
}

/// <summary>What one execution waits for.</summary>
/// <param name="ThingName">Null for all things of a job that has not begun.</param>
public sealed record JobBlockage(string JobId, string? ThingName, BlockageCause Cause)
{
    /// <summary>Null where the execution is still to be made.</summary>
    public long? ExecutionNumber { get; init; }

    /// <summary>QUEUED or IN_PROGRESS; null where the execution is still to be made.</summary>
    public JobExecutionStatus? Status { get; init; }

    /// <summary>Since when it waits for this: paused, disconnected, queued, last reported.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it should move, at the earliest: the start, the opening, the minute of the rollout, the timeout. Null where that is for people or devices.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Place among what the rollout has still to make, from 1.</summary>
    public long? Position { get; init; }

    /// <summary>Whom it waits for: who paused the job and why, or the job ahead. Null where the cause says it all.</summary>
    public string? Detail { get; init; }
}
