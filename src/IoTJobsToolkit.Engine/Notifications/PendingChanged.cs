using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Engine.Notifications;

/// <summary>
/// What a thing may see of its pending executions changed with one commit (mqtt-api 6). Comes after all other events of the commit, at most
/// once for each thing and namespace, and only for things that somebody listens to (<see cref="IThingAudience"/>).
/// </summary>
/// <param name="NamespaceId">The namespace whose executions these are; null for the jobs without one (OPEN-21).</param>
public sealed record PendingChanged(DateTimeOffset At, string ThingName, string? NamespaceId) : JobsEvent(At)
{
    /// <summary>The pending executions now, as GetPendingJobExecutions shows them; null when the set of them did not change.</summary>
    public GetPendingJobExecutionsResponse? Pending { get; init; }

    /// <summary>Whether another execution is the next one now, or none.</summary>
    public bool IsNextChanged { get; init; }

    /// <summary>The next execution with its document, URLs signed afresh; null when there is none, or when it did not change.</summary>
    public DeviceJobExecution? Next { get; init; }
}
