using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Server.Health;

/// <summary>Whether the store answers. However many ask, it is read once at a time, and a store that hangs is not asked again.</summary>
internal sealed partial class StoreCheck(JobsEngine engine, ILogger<StoreCheck> logger) : IHealthCheck
{
    private readonly Lock _lock = new();
    private Task _read = Task.CompletedTask;
    private bool _failed;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await Read().WaitAsync(cancellationToken).ConfigureAwait(false);
            _failed = false;
            return HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException canceled)
        {
            return Failed($"The database has not answered within {context.Registration.Timeout.TotalSeconds:0} s.", canceled);
        }
        catch (JobsException failure)
        {
            return Failed("The database cannot be read.", failure.InnerException ?? failure);
        }
    }

    /// <summary>Told once in the log, with what is not for everybody, until it works again.</summary>
    private HealthCheckResult Failed(string description, Exception cause)
    {
        if (!_failed)
        {
            _failed = true;
            LogFailed(logger, description, cause);
        }
        return HealthCheckResult.Unhealthy(description);
    }

    private Task Read()
    {
        lock (_lock)
        {
            // Things are not in memory: this one goes to the store.
            return _read = _read.IsCompleted ? engine.As(Caller.System).ExecuteAsync(new ListThings { MaxResults = 1 }) : _read;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not ready: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason, Exception cause);
}
