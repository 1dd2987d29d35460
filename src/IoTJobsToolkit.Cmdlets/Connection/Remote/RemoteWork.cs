using IoTJobsToolkit.Cmdlets.Waiting;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Cmdlets.Connection.Remote;

/// <summary>Work that a server does in the background: whoever waits for it asks, again and again, ever less often.</summary>
internal sealed class RemoteWork(IJobs jobs)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private volatile bool _cannotTell;

    /// <summary>Completes when the work is done; at once where the server does not tell, as another one than the toolkit's.</summary>
    /// <param name="jobId">Null for the work of all jobs and groups.</param>
    public async Task Settle(string? jobId, IProgress<ExecutionCounts> progress, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!_cannotTell && await Ask(jobId, cancellationToken).ConfigureAwait(false) is { HasWork: true } work)
        {
            if (work.JobProcessDetails is { } details)
            {
                progress.Report(details.Counts);
            }
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            pause = Longer(pause);
        }
    }

    private async Task<DescribeJobWorkResponse?> Ask(string? jobId, CancellationToken cancellationToken)
    {
        try
        {
            return await jobs.ExecuteAsync(new DescribeJobWork { JobId = jobId }, cancellationToken).ConfigureAwait(false);
        }
        catch (JobsException refusal) when (refusal.InnerException is null)
        {
            // What was asked for has been done, or goes on: it is no failure of the cmdlet that nobody says which.
            _cannotTell = refusal.Error is not (JobsError.Throttling or JobsError.ServiceUnavailable);
            return null;
        }
    }

    /// <summary>Completes when a dynamic group has the members that its query finds.</summary>
    public async Task SettleGroup(string name, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; await IsBuilding(name, cancellationToken).ConfigureAwait(false); pause = Longer(pause))
        {
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsBuilding(string name, CancellationToken cancellationToken)
    {
        try
        {
            var group = await jobs.ExecuteAsync(new DescribeThingGroup(name), cancellationToken).ConfigureAwait(false);
            return group.Status is ThingGroupStatus.BUILDING or ThingGroupStatus.REBUILDING;
        }
        catch (JobsException refusal) when (refusal.InnerException is null)
        {
            return false;
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
