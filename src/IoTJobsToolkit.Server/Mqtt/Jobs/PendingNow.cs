using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Server.Mqtt.Jobs;

/// <summary>What a thing has to do now, to be told as if all of it had changed.</summary>
internal static class PendingNow
{
    /// <exception cref="JobsException">There is no such thing any more, or the database cannot be read.</exception>
    public static async Task<PendingChanged> OfAsync(IJobs jobs, string thingName, string? namespaceId, TimeProvider clock, CancellationToken cancellationToken)
    {
        var pending = await jobs.ExecuteAsync(new GetPendingJobExecutions(thingName) { NamespaceId = namespaceId }, cancellationToken).ConfigureAwait(false);
        var next = await jobs.ExecuteAsync(
            new DescribeJobExecution(DescribeJobExecution.Next, thingName) { NamespaceId = namespaceId }, cancellationToken).ConfigureAwait(false);
        return new(clock.GetUtcNow(), thingName, namespaceId) { Pending = pending, IsNextChanged = true, Next = next.Execution };
    }
}
