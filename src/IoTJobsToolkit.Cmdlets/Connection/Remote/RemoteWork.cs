using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets.Connection.Remote;

/// <summary>Work that a server does in the background, and how a caller waits for it.</summary>
internal sealed class RemoteWork(IJobs jobs)
{
    public Task Settle(string? jobId, IProgress<ExecutionCounts> progress, CancellationToken cancellationToken)
    {
        _ = (jobs, jobId, progress, cancellationToken);
        return Task.CompletedTask;
    }
}
