using IoTJobsToolkit.Engine;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Server.Health;

/// <summary>An engine that has stopped does not come back: the server has to be started anew.</summary>
internal sealed partial class EngineCheck(JobsEngine engine, ILogger<EngineCheck> logger) : IHealthCheck
{
    private int _told;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (engine.Failure is not { } failure)
        {
            return Task.FromResult(HealthCheckResult.Healthy());
        }
        if (Interlocked.Exchange(ref _told, 1) == 0)
        {
            LogFailure(logger, failure);
        }
        return Task.FromResult(HealthCheckResult.Unhealthy("The engine has stopped: the server's log tells why. Start the server anew."));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The engine has stopped")]
    private static partial void LogFailure(ILogger logger, Exception failure);
}
