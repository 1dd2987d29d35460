namespace IoTJobsToolkit.Simulation;

/// <summary>Devices that act by themselves, each as its plan says, until the simulation is disposed of. Things must be there already.</summary>
public sealed class FleetSimulation : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _devices;

    /// <param name="open">The line of a thing; disposed of with the simulation.</param>
    /// <param name="seed">What happens is decided by it, with the ids of jobs and things.</param>
    public FleetSimulation(
        IEnumerable<string> thingNames, Func<string, CancellationToken, Task<IDeviceLine>> open, DeviceBehavior behavior, int seed, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(thingNames);
        ArgumentNullException.ThrowIfNull(open);
        _devices = Task.WhenAll([.. thingNames.Select(name => RunAsync(name, open, behavior, seed, clock))]);
    }

    public FleetCounts Counts { get; } = new();

    /// <summary>Ends the devices in the middle of what they do, and waits for that.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _devices.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync(
        string thingName, Func<string, CancellationToken, Task<IDeviceLine>> open, DeviceBehavior behavior, int seed, TimeProvider clock)
    {
        await Task.Yield();
        var line = await OpenAsync(thingName, open, clock).ConfigureAwait(false);
        await using (line.ConfigureAwait(false))
        {
            await new SimulatedDevice(thingName, line, seed, behavior, Counts, clock).RunAsync(_stop.Token).ConfigureAwait(false);
        }
    }

    private async Task<IDeviceLine> OpenAsync(string thingName, Func<string, CancellationToken, Task<IDeviceLine>> open, TimeProvider clock)
    {
        while (true)
        {
            try
            {
                return await open(thingName, _stop.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (SimulatedDevice.MayPass(exception) && !_stop.IsCancellationRequested)
            {
                Counts.Disturbed();
                await Task.Delay(SimulatedDevice.Retry, clock, _stop.Token).ConfigureAwait(false);
            }
        }
    }
}
