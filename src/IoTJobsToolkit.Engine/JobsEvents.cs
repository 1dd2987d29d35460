using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine;

/// <summary>Something that was committed.</summary>
public abstract record JobsEvent(DateTimeOffset At);

/// <summary>A job was created, changed, made progress or went away.</summary>
/// <param name="Job">The job now; null when it is gone.</param>
public sealed record JobChanged(DateTimeOffset At, string JobId, Job? Job, JobProgress? Progress) : JobsEvent(At);

/// <param name="Before">Null for a new execution.</param>
/// <param name="After">Null for a deleted one.</param>
public sealed record ExecutionChanged(DateTimeOffset At, JobExecution? Before, JobExecution? After) : JobsEvent(At)
{
    public JobExecution Execution => After ?? Before!;
}

/// <summary>A thing connected, or is not connected any more. The end of the server, which disconnects all, is told of none.</summary>
/// <param name="Connectivity">Null where the thing is gone.</param>
public sealed record ThingConnectivityChanged(DateTimeOffset At, string ThingName, ThingConnectivity? Connectivity) : JobsEvent(At);

/// <summary>Things or groups were made, changed, moved or deleted.</summary>
/// <param name="ThingNames">Things whose type, attributes or groups are others now, new and gone ones included.</param>
/// <param name="GroupNames">Groups that are new, gone, or described otherwise; who their members are is told of the things.</param>
public sealed record RegistryChanged(DateTimeOffset At, IReadOnlySet<string> ThingNames, IReadOnlySet<string> GroupNames) : JobsEvent(At);

/// <summary>Credentials may no longer count: whoever came with one of them, and is still there, is to be looked at again.</summary>
/// <param name="ThingNames">Things with a certificate or token that was revoked, or that are gone.</param>
/// <param name="AccessKeyIds">Access keys that were deleted or changed.</param>
public sealed record CredentialsTaken(DateTimeOffset At, IReadOnlySet<string> ThingNames, IReadOnlySet<string> AccessKeyIds) : JobsEvent(At)
{
    /// <summary>Those of the things which are gone; there may be others of the same names already.</summary>
    public IReadOnlySet<string> GoneThings { get; init; } = new HashSet<string>();
}

/// <summary>Notification rules, or what is to be delivered for them, are others now.</summary>
public sealed record NotificationsChanged(DateTimeOffset At) : JobsEvent(At);

/// <summary>An operator changed something, or a fact was recorded.</summary>
public sealed record ActivityRecorded(ActivityRecord Activity) : JobsEvent(Activity.At);

/// <summary>All that one commit changed, in order.</summary>
/// <param name="Number">Commits in this run of the engine; a subscriber sees them ascending.</param>
/// <param name="Missed">True when earlier batches were dropped because the subscriber was too slow: read afresh.</param>
public sealed record JobsEventBatch(long Number, IReadOnlyList<JobsEvent> Events, bool Missed);
