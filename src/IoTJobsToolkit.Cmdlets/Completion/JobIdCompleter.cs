using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Job ids, active jobs first.</summary>
public sealed class JobIdCompleter : LiveCompleter
{
    private protected override async Task<(IEnumerable<(string Name, string ToolTip)> Names, string? NextToken)> ReadAsync(
        IJobs jobs, string? token, CancellationToken cancellationToken)
    {
        var page = await jobs.ExecuteAsync(new ListJobs { NextToken = token }, cancellationToken).ConfigureAwait(false);
        return (page.Jobs.Select(job => (job.JobId, $"{job.Status}, created {job.CreatedAt.ToLocalTime():yyyy-MM-dd HH:mm}")), page.NextToken);
    }
}
