using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>Jobs of a server, over AWS's HTTP API: this product's own, or AWS IoT itself. Safe for many threads; keep one.</summary>
public sealed class JobsHttpClient : IJobs, IDisposable
{
    private readonly JobsHttpClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http;

    /// <param name="handler">Sends the requests instead of a connection of this client's own; it stays the caller's.</param>
    public JobsHttpClient(JobsHttpClientOptions options, HttpMessageHandler? handler = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _clock = clock ?? TimeProvider.System;
        _http = new(handler ?? new SocketsHttpHandler(), disposeHandler: handler is null);
    }

    public Task<TResponse> ExecuteAsync<TResponse>(Operation<TResponse> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        throw new NotSupportedException($"{operation.Name} cannot be sent to {_options.ControlEndpoint} at {_clock.GetUtcNow():O}.");
    }

    public void Dispose() => _http.Dispose();
}
