namespace IoTJobsToolkit.Engine;

/// <summary>The one door to jobs, as one caller: the engine in process, or a client of a server.</summary>
public interface IJobs
{
    /// <summary>Runs <paramref name="operation"/>; what it changed is durable when the task completes.</summary>
    /// <exception cref="JobsException">The operation was refused; nothing has changed.</exception>
    Task<TResponse> ExecuteAsync<TResponse>(Operation<TResponse> operation, CancellationToken cancellationToken = default);
}
