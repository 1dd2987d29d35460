using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IoTJobsToolkit.Server.Health;

/// <summary>Whether the store answers. However many ask, it is read once at a time, and a store that hangs is not asked again.</summary>
internal sealed class StoreCheck(JobsEngine engine) : IHealthCheck
{
    private readonly Lock _lock = new();
    private Task _read = Task.CompletedTask;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await Read().WaitAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"The database has not answered within {context.Registration.Timeout.TotalSeconds:0} s.");
        }
        catch (JobsException)
        {
            return HealthCheckResult.Unhealthy("The database cannot be read.");
        }
    }

    private Task Read()
    {
        lock (_lock)
        {
            // Things are not in memory: this one goes to the store.
            return _read = _read.IsCompleted ? engine.As(Caller.System).ExecuteAsync(new ListThings { MaxResults = 1 }) : _read;
        }
    }
}
