namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>The ids of all jobs that match, in order; asked by the portal, not by callers.</summary>
internal sealed record ReadJobOrder(JobsFilter Filter, JobsOrder Order) : Operation<IReadOnlyList<string>>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override IReadOnlyList<string> Run(JobsTransaction tx)
    {
        // What moves meanwhile is compared as it was when it was seen.
        var jobs = tx.Memory.VisibleJobs.Where(Filter.Matches).Select(Order.Of).ToArray();
        Array.Sort(jobs, Order.Compare);
        return Array.ConvertAll(jobs, job => job.JobId);
    }
}
