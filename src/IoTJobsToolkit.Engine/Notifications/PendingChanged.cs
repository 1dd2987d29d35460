using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Engine.Notifications;

/// <summary>
/// What a thing may see of its pending executions changed with one commit (mqtt-api 6). Comes after all other events of the commit, at most
/// once for each thing and namespace, and only for things that somebody listens to (<see cref="IThingAudience"/>).
/// Each operation of a commit counts: what one changed and another took back is told, with the state at the end of both. What a job hides from
/// all its things at once is told to each as its sweep reaches it; what a maintenance window shows or hides, in batches of their own soon after.
/// </summary>
/// <param name="NamespaceId">The namespace whose executions these are; null for the jobs without one (OPEN-21).</param>
public sealed record PendingChanged(DateTimeOffset At, string ThingName, string? NamespaceId) : JobsEvent(At)
{
    /// <summary>The pending executions now, as GetPendingJobExecutions shows them; null when the set of them did not change.</summary>
    public GetPendingJobExecutionsResponse? Pending { get; init; }

    /// <summary>Whether another execution is the next one now, or none.</summary>
    public bool IsNextChanged { get; init; }

    /// <summary>
    /// The next execution with its document, URLs signed afresh; null when there is none, or when it did not change. Without the document where
    /// that cannot be delivered at the moment: who asks for it is told why.
    /// </summary>
    public DeviceJobExecution? Next { get; init; }
}
