using IoTJobsToolkit.Engine.Operations;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Executions;

/// <summary>A job's executions as they are at this moment, whole, in the order of <see cref="ExecutionKey"/>; asked by the portal, not by callers.</summary>
internal sealed record ReadJobExecutions(string JobId, ExecutionKey? After, int Take) : Operation<JobExecutionPage>
{
    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override JobExecutionPage Run(JobsTransaction tx)
    {
        var (job, progress) = tx.Entry(JobId);
        // A key of a job that was deleted meanwhile, whose namesake this is, begins anew.
        var after = After is { } key && key.JobSequence == job.Sequence ? After : null;
        var stored = tx.Store.ReadExecutions(job.Sequence, after, Take);
        return new(
            [.. stored.Select(execution => Sweeping.AsOf(job, progress, execution, tx.Now))],
            stored.Count == Take ? stored[^1].Key : null);
    }
}

/// <param name="Next">Where to read on; null after the last execution.</param>
public sealed record JobExecutionPage(IReadOnlyList<JobExecution> Executions, ExecutionKey? Next);
