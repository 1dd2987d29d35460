namespace IoTJobsToolkit.Portal.Vitals;

/// <summary>What may need a person, the most pressing first.</summary>
public enum TroubleKind
{
    EngineStopped,
    AbortNear,
    DevicesSilent,
    TimeoutsComing,
    Stuck,
    DeletionsFull,
    AwaitsApproval,
    PausedItself,
    AtStage,
    DependencyLost,

    /// <summary>From here on it is good to know, and needs nobody.</summary>
    DevicesSilentForLong,
    StuckForLong,
    DeletionsMany,
    Paused,
    WindowNext,
}

/// <param name="JobId">Null where it is about no one job.</param>
/// <param name="Count">Failures left, silent devices, timeouts, executions left, deletions: what there is to count.</param>
/// <param name="At">Since when, or until when.</param>
/// <param name="Detail">A thing among them, the distance of the abort, the words of the engine, who paused it and why, whose job it is.</param>
public sealed record Trouble(TroubleKind Kind, string? JobId, long Count, DateTimeOffset? At = null, string? Detail = null)
{
    public bool NeedsPerson => Kind < TroubleKind.DevicesSilentForLong;
}
