using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>The jobs of these ids which are there, in the order of the ids; asked by the portal, not by callers.</summary>
internal sealed record ReadJobs(IReadOnlyList<string> JobIds) : Operation<IReadOnlyList<JobDetail>>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override IReadOnlyList<JobDetail> Run(JobsTransaction tx) =>
    [
        .. JobIds.Select(tx.Memory.FindJob)
            .OfType<Work.JobEntry>()
            .Select(entry => JobDetail.Of(entry.Job, entry.Progress, tx.Settings, tx.Now)),
    ];
}
