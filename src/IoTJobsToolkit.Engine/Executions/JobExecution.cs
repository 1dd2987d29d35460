namespace IoTJobsToolkit.Engine.Executions;

/// <summary>The states of an execution (jobs-reference 3); the names are the words of the wire.</summary>
public enum JobExecutionStatus
{
    QUEUED,
    IN_PROGRESS,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    REJECTED,
    REMOVED,
    CANCELED,
}

/// <summary>What made an execution change.</summary>
public enum ChangeOrigin
{
    Rollout,
    Retry,
    Device,
    Operator,
    Timer,
    Abort,
    ThingDeleted,

    /// <summary>The thing became a target of a CONTINUOUS job.</summary>
    Join,

    /// <summary>The thing is no longer a target of a CONTINUOUS job.</summary>
    Leave,

    /// <summary>The job's end time, with an end behavior which cancels.</summary>
    EndTime,
}

/// <summary>One change of an execution: who moved it from where to where, when and why.</summary>
/// <param name="From">Null for the creation.</param>
public sealed record ExecutionChange(
    DateTimeOffset At, JobExecutionStatus? From, JobExecutionStatus To, long Version, ChangeOrigin Origin, string By)
{
    /// <summary>The status details that came with it; null where it brought none.</summary>
    public IReadOnlyDictionary<string, string>? Details { get; init; }
}

/// <summary>
/// Where an execution stands in its job: ordered as ListJobExecutionsForJob lists them (queuedAt, thing name, number; OPEN-25).
/// </summary>
/// <param name="Sequence">Tells executions apart which have all else in common: those of a thing and of its namesake.</param>
public readonly record struct ExecutionKey(long JobSequence, DateTimeOffset QueuedAt, string ThingName, long Number, long Sequence)
    : IComparable<ExecutionKey>
{
    public int CompareTo(ExecutionKey other)
    {
        var order = JobSequence.CompareTo(other.JobSequence);
        order = order != 0 ? order : QueuedAt.CompareTo(other.QueuedAt);
        order = order != 0 ? order : string.CompareOrdinal(ThingName, other.ThingName);
        order = order != 0 ? order : Number.CompareTo(other.Number);
        return order != 0 ? order : Sequence.CompareTo(other.Sequence);
    }

    public static bool operator <(ExecutionKey left, ExecutionKey right) => left.CompareTo(right) < 0;

    public static bool operator >(ExecutionKey left, ExecutionKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(ExecutionKey left, ExecutionKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ExecutionKey left, ExecutionKey right) => left.CompareTo(right) >= 0;
}

/// <summary>
/// Where an execution stands among those of its thing: newest first, as ListJobExecutionsForThing lists them
/// (queuedAt, job id, number, all descending; OPEN-25).
/// </summary>
public readonly record struct ThingExecutionKey(DateTimeOffset QueuedAt, string JobId, long Number)
    : IComparable<ThingExecutionKey>
{
    public int CompareTo(ThingExecutionKey other)
    {
        var order = other.QueuedAt.CompareTo(QueuedAt);
        order = order != 0 ? order : string.CompareOrdinal(other.JobId, JobId);
        return order != 0 ? order : other.Number.CompareTo(Number);
    }

    public static bool operator <(ThingExecutionKey left, ThingExecutionKey right) => left.CompareTo(right) < 0;

    public static bool operator >(ThingExecutionKey left, ThingExecutionKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(ThingExecutionKey left, ThingExecutionKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ThingExecutionKey left, ThingExecutionKey right) => left.CompareTo(right) >= 0;
}

/// <summary>One attempt of one job on one thing (jobs-reference 1.3).</summary>
public sealed record JobExecution
{
    /// <summary>Order of creation over all executions: breaks ties of the pending order.</summary>
    public required long Sequence { get; init; }

    public required long JobSequence { get; init; }

    public required string JobId { get; init; }

    public required long ThingSequence { get; init; }

    public required string ThingName { get; init; }

    /// <summary>1 for the first execution of the job on the thing, then one more for each.</summary>
    public required long Number { get; init; }

    public required DateTimeOffset QueuedAt { get; init; }

    public required DateTimeOffset LastUpdatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public JobExecutionStatus Status { get; init; }

    /// <summary>1 when created, one more with every accepted change (C-14).</summary>
    public long VersionNumber { get; init; } = 1;

    public IReadOnlyDictionary<string, string> StatusDetails { get; init; } = NoDetails;

    public bool ForceCanceled { get; init; }

    /// <summary>Its job's: of those QUEUED on a thing the highest are handed out first.</summary>
    public int Priority { get; init; }

    /// <summary>0 for the first attempt.</summary>
    public int RetryAttempt { get; init; }

    /// <summary>Retries of this thing which followed a FAILED and a TIMED_OUT attempt so far (jobs-reference 8.2).</summary>
    public RetriesUsed RetriesUsed { get; init; }

    /// <summary>End of the in-progress timer, fixed when the execution starts (jobs-reference 7.1).</summary>
    public DateTimeOffset? InProgressDeadline { get; init; }

    /// <summary>End of the step timer which the device set last (jobs-reference 7.2).</summary>
    public DateTimeOffset? StepDeadline { get; init; }

    /// <summary>The changes of status, oldest first; reports which leave the status alone are not listed.</summary>
    public IReadOnlyList<ExecutionChange> History { get; init; } = [];

    public static IReadOnlyDictionary<string, string> NoDetails { get; } = new Dictionary<string, string>();

    public ExecutionKey Key => new(JobSequence, QueuedAt, ThingName, Number, Sequence);

    public ThingExecutionKey ThingKey => new(QueuedAt, JobId, Number);

    /// <summary>When a timer ends this execution; null while none runs (jobs-reference 7.3).</summary>
    public DateTimeOffset? Deadline =>
        Status != JobExecutionStatus.IN_PROGRESS ? null
        : InProgressDeadline is { } whole && StepDeadline is { } step ? (whole < step ? whole : step)
        : InProgressDeadline ?? StepDeadline;
}

public readonly record struct RetriesUsed(int Failed, int TimedOut);
