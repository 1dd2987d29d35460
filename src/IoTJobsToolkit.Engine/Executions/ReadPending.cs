using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Executions;

/// <summary>A thing's pending executions with their places; asked by the portal, not by callers.</summary>
internal sealed record ReadPending(string ThingName) : Operation<IReadOnlyList<PendingPlace>>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override IReadOnlyList<PendingPlace> Run(JobsTransaction tx)
    {
        var places = new List<PendingPlace>();
        foreach (var execution in tx.Pending(tx.Thing(ThingName)))
        {
            if (tx.FindJob(execution.JobSequence) is not { PurgedAt: null } job)
            {
                continue;
            }
            var progress = tx.Progress(job);
            var asOf = Sweeping.AsOf(job, progress, execution, tx.Now);
            if (!asOf.HasEnded)
            {
                places.Add(new(asOf, job.NamespaceId, Sweeping.IsHidden(job, progress, execution, tx.Now)));
            }
        }
        return places;
    }
}

/// <summary>An execution which a thing still has to work off; its place is that among those of its namespace which are not held back.</summary>
/// <param name="NamespaceId">Null for the jobs without one; a device sees those of the namespace it asks for.</param>
/// <param name="IsHeld">The device does not get it now: its job is paused, waits for a maintenance window, or is being canceled or deleted.</param>
public sealed record PendingPlace(JobExecution Execution, string? NamespaceId, bool IsHeld);
