using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Reasons for which executions of the job failed that the line names.</summary>
public sealed class FailureReasonCompleter : LiveCompleter
{
    private protected override async Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken)
    {
        if (search.Text("JobId") is { } job)
        {
            foreach (var reason in (await lease.Jobs.ExecuteAsync(new ListJobFailureReasons(job), cancellationToken).ConfigureAwait(false)).Reasons)
            {
                search.Add(reason.Reason, reason.Count == 1 ? "1 execution" : $"{reason.Count} executions");
            }
        }
    }
}
