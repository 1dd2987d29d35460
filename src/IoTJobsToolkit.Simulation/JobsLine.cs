using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Simulation;

/// <summary>A device that asks from time to time, as one without MQTT does.</summary>
/// <param name="jobs">The door of whom may act for the thing.</param>
/// <param name="interval">Between two questions; the first comes at once.</param>
public sealed class JobsLine(IJobs jobs, string thingName, TimeSpan interval, TimeProvider clock) : IDeviceLine
{
    private bool _hasAsked;

    public async Task WaitForWorkAsync(CancellationToken cancellationToken)
    {
        if (!_hasAsked)
        {
            _hasAsked = true;
            return;
        }
        while (true)
        {
            await Task.Delay(interval, clock, cancellationToken).ConfigureAwait(false);
            // A read: whoever has nothing to do costs the store nothing.
            var pending = await jobs.ExecuteAsync(new GetPendingJobExecutions(thingName), cancellationToken).ConfigureAwait(false);
            if (pending.InProgressJobs.Count + pending.QueuedJobs.Count > 0)
            {
                return;
            }
        }
    }

    public async Task<DeviceJobExecution?> StartNextAsync(CancellationToken cancellationToken) =>
        (await jobs.ExecuteAsync(new StartNextPendingJobExecution(thingName), cancellationToken).ConfigureAwait(false)).Execution;

    public Task ReportAsync(UpdateJobExecution report, CancellationToken cancellationToken) => jobs.ExecuteAsync(report, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
