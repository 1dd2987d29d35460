using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Ids of jobs that wait for approval.</summary>
public sealed class ApprovalJobIdCompleter : LiveCompleter
{
    private protected override Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken) => search.AddPages(async token =>
    {
        var page = await lease.Jobs.ExecuteAsync(new ListJobApprovals { NextToken = token }, cancellationToken).ConfigureAwait(false);
        return (page.Jobs.Select(job => (job.JobId, (string?)$"of {job.RequestedBy}")), page.NextToken);
    });
}
