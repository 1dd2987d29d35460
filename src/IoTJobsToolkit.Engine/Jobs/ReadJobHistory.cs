using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>A page of a job's history; asked by the portal, not by callers.</summary>
internal sealed record ReadJobHistory(string JobId, long AfterSequence, int Take) : Operation<IReadOnlyList<JobHistoryRecord>>
{
    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override IReadOnlyList<JobHistoryRecord> Run(JobsTransaction tx) =>
        tx.Store.ReadHistory(tx.Job(JobId).Sequence, AfterSequence, Take);
}
