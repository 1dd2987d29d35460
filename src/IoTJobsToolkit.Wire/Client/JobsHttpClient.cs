using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Wire.Errors;
using IoTJobsToolkit.Wire.Requests;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>
/// Jobs of a server, over AWS's HTTP API: this product's own, or AWS IoT itself. Safe for many threads; keep one.
/// </summary>
/// <remarks>
/// A try that was throttled, or found no server, is repeated: nothing has happened. One whose end is not known (a lost connection, no answer in
/// time, a failure within the server or a server without time for it) is repeated only where a second run changes nothing more
/// and is answered alike, as with everything that only reads; otherwise the caller is told to look.
/// </remarks>
public sealed class JobsHttpClient : IJobs, IDisposable
{
    private readonly JobsHttpClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http;
    private readonly RequestSigner _signer;
    private readonly ServerAddress _control;
    private readonly ServerAddress _data;
    private bool _disposed;

    /// <param name="handler">Sends the requests instead of connections of this client's own; it stays the caller's.</param>
    public JobsHttpClient(JobsHttpClientOptions options, HttpMessageHandler? handler = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _clock = clock ?? TimeProvider.System;
        _http = new(handler ?? Connections.Create(options.Authorities), disposeHandler: handler is null);
        _control = new(options.ControlEndpoint, Plane.Control);
        _data = new(options.DataEndpoint ?? options.ControlEndpoint, Plane.Data);
        _signer = new(options, _clock);
    }

    /// <inheritdoc />
    /// <exception cref="JobsException">
    /// The server refused the operation, and its <see cref="JobsException.Name"/> is the one it gave; or it could not be asked
    /// (<see cref="JobsError.ServiceUnavailable"/>).
    /// </exception>
    public async Task<TResponse> ExecuteAsync<TResponse>(Operation<TResponse> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var route = RouteOf(operation);
        var address = route.Plane == Plane.Data ? _data : _control;
        var formatted = route.Format(operation);
        var request = new PreparedRequest(operation, route, address, formatted with { Path = address.Path + formatted.Path }, _options.UserAgent);
        var mayRepeat = Repeatable.Is(route, operation);
        long? corrected = null;
        for (var failures = 1; ; )
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            cancellationToken.ThrowIfCancellationRequested();
            var (answer, failure) = await TryAsync<TResponse>(request, cancellationToken).ConfigureAwait(false);
            if (failure is null)
            {
                return answer!;
            }
            if (corrected is { } before && ErrorMeaning.IsOfTime(failure.Refusal))
            {
                _signer.Undo(before);
                throw failure.Refusal;
            }
            if (failure.ServerTime is { } serverTime)
            {
                corrected = _signer.Correct(serverTime);
                continue;
            }
            if (failure.Aftermath == Aftermath.Unknown && !mayRepeat)
            {
                throw failure.InDoubt();
            }
            if (failure.Aftermath == Aftermath.Refused || failures >= _options.MaxAttempts ||
                Backoff.After(failures, failure.RetryAfter) is not { } delay)
            {
                throw failure.Refusal;
            }
            failures++;
            await Task.Delay(delay, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _http.Dispose();
    }

    private Route RouteOf(Operation operation)
    {
        if (Routes.Find(operation, _options.HasToolkitRoutes) is { } route)
        {
            return route;
        }
        var where = Routes.Find(operation) is null ? "no request of the HTTP API" : $"an operation of IoTJobsToolkit's own server, which {_control} is not";
        throw new JobsException(JobsError.InvalidRequest, $"{operation.Name} is {where}.") { Name = ErrorNames.UnknownOperation };
    }

    private async ValueTask<(TResponse? Answer, FailedTry? Failure)> TryAsync<TResponse>(PreparedRequest request, CancellationToken cancellationToken)
    {
        using var message = request.Message();
        var signed = await _signer.SignAsync(message, request, cancellationToken).ConfigureAwait(false);
        using var time = new CancellationTokenSource(_options.Timeout, _clock);
        using var caller = cancellationToken.UnsafeRegister(static time => ((CancellationTokenSource)time!).Cancel(), time);
        try
        {
            using var response = await _http.SendAsync(message, time.Token).ConfigureAwait(false);
            using var body = await AnswerBody.ReadAsync(response.Content, time.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? Answer.Read<TResponse>(request, body.Bytes)
                : (default, RefusedAnswer.Of(response, body.Bytes, request, signed));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (default, exception switch
            {
                _ when time.IsCancellationRequested => Unreached.TimedOut(request.Address, request.Operation, _options.Timeout, exception),
                OperationCanceledException => Unreached.NotConnected(request.Address, exception),
                _ => Unreached.Of(request.Address, request.Operation, exception),
            });
        }
    }
}
