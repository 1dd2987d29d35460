using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Simulation;

/// <summary>One device: waits for work, carries out what it is given as its plan says, one execution after the other.</summary>
internal sealed class SimulatedDevice(string thingName, IDeviceLine line, int seed, DeviceBehavior behavior, FleetCounts counts, TimeProvider clock)
{
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <summary>Of what it has been silent about: it is handed out again and again until somebody ends it.</summary>
    private (string JobId, long Number)? _forgotten;

    /// <summary>The service is not there, or refuses for now: it is tried again.</summary>
    public static bool MayPass(Exception exception) => exception is JobsException or IOException or TimeoutException;

    /// <summary>Until it is canceled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await line.WaitForWorkAsync(cancellationToken).ConfigureAwait(false);
                while (await line.StartNextAsync(cancellationToken).ConfigureAwait(false) is { } execution)
                {
                    if (_forgotten == (execution.JobId, execution.ExecutionNumber))
                    {
                        break;
                    }
                    await CarryOutAsync(execution, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (MayPass(exception) && !cancellationToken.IsCancellationRequested)
            {
                counts.Disturbed();
                await Task.Delay(Retry, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task CarryOutAsync(DeviceJobExecution execution, CancellationToken cancellationToken)
    {
        counts.Begun();
        var plan = DevicePlan.Of(seed, behavior.For(execution.JobDocument), execution.JobId, thingName, execution.ExecutionNumber);
        foreach (var report in plan.Reports)
        {
            await Task.Delay(report.After, clock, cancellationToken).ConfigureAwait(false);
            if (report.IsStale)
            {
                // The version with which it was handed out, before its begin was counted: never the present one.
                await SendAsync(execution, report, cancellationToken, execution.VersionNumber - 1).ConfigureAwait(false);
            }
            if (!await SendAsync(execution, report, cancellationToken).ConfigureAwait(false))
            {
                return; // It was ended by somebody else, or is gone.
            }
            if (report.IsTwice)
            {
                await SendAsync(execution, report, cancellationToken).ConfigureAwait(false);
            }
        }
        if (plan.FallsSilent)
        {
            _forgotten = (execution.JobId, execution.ExecutionNumber);
            counts.FellSilent();
        }
        else
        {
            counts.Ended(plan.Reports[^1].Status);
        }
    }

    /// <returns>False when it was refused.</returns>
    private async Task<bool> SendAsync(DeviceJobExecution execution, DeviceReport report, CancellationToken cancellationToken, long? version = null)
    {
        try
        {
            await line.ReportAsync(
                new(execution.JobId, thingName)
                {
                    Status = report.Status,
                    StatusDetails = report.Details,
                    ExecutionNumber = execution.ExecutionNumber,
                    ExpectedVersion = version,
                },
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (JobsException refusal) when (refusal.Error is JobsError.InvalidStateTransition or JobsError.TerminalState or JobsError.ResourceNotFound or JobsError.VersionConflict)
        {
            counts.Refused();
            return false;
        }
    }
}
