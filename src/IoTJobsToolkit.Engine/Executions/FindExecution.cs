using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Executions;

/// <summary>One execution whole, with what is around it; asked by the portal, not by callers.</summary>
internal sealed record FindExecution(string JobId, string ThingName, long Number) : Operation<FoundExecution>
{
    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override FoundExecution Run(JobsTransaction tx)
    {
        var (job, thing) = (tx.Job(JobId), tx.Thing(ThingName));
        var ofThing = tx.ExecutionsOf(job, thing).OrderBy(execution => execution.Number).ToList();
        var execution = ofThing.Find(execution => execution.Number == Number)
            ?? throw JobsException.NotFound($"There is no execution {Number} of job {JobId} on thing {ThingName}.");
        var isVisible = !execution.HasEnded && !Sweeping.IsHidden(job, tx.Progress(job), execution, tx.Now);
        return new(execution, ofThing)
        {
            Before = isVisible
                ? [.. tx.VisiblePending(thing, job.NamespaceId).Select(pending => pending.Execution).TakeWhile(pending => pending.Sequence != execution.Sequence)]
                : [],
            WaitsForWindow = Sweeping.IsWaiting(job, tx.Progress(job), execution, tx.Now),
            Pause = execution.Status == JobExecutionStatus.QUEUED ? tx.Progress(job).Pause : null,
        };
    }
}

/// <summary>An execution as it is at this moment.</summary>
/// <param name="OfThing">All executions of its job on its thing by number, itself among them.</param>
public sealed record FoundExecution(JobExecution Execution, IReadOnlyList<JobExecution> OfThing)
{
    /// <summary>What the thing is handed before it; none where the thing does not see it.</summary>
    public IReadOnlyList<JobExecution> Before { get; init; } = [];

    /// <summary>The thing gets it when the next maintenance window of the job opens, or when the pause ends.</summary>
    public bool WaitsForWindow { get; init; }

    /// <summary>The thing does not get it before the job is resumed; null where nobody paused it.</summary>
    public JobPause? Pause { get; init; }
}
