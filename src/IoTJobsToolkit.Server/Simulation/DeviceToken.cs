using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Server.Simulation;

/// <summary>The token of a simulated device, good for a day: a simulation that runs longer gets another one in time.</summary>
internal sealed class DeviceToken(IJobs jobs, string thingName, TimeProvider clock)
{
    private static readonly TimeSpan Used = TimeSpan.FromHours(12);

    private string? _token;
    private DateTimeOffset _renewAt;

    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        if (_token is null || clock.GetUtcNow() >= _renewAt)
        {
            var renewAt = clock.GetUtcNow() + Used;
            var created = await jobs.ExecuteAsync(new CreateThingToken(thingName) { ValidDays = 1 }, cancellationToken).ConfigureAwait(false);
            (_token, _renewAt) = (created.Token, renewAt);
        }
        return _token;
    }
}
