using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Server.Access;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire;
using IoTJobsToolkit.Wire.Errors;
using IoTJobsToolkit.Wire.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static IoTJobsToolkit.Server.Api.ApiResponse;

namespace IoTJobsToolkit.Server.Api;

/// <summary>
/// Answers the requests of both planes, and refuses in the order of http-api 8: route, authentication, authorisation, then what is
/// wrong with the request itself.
/// </summary>
internal sealed partial class JobsApi(
    JobsEngine engine,
    ApiAccess access,
    RequestBody bodies,
    PlanePorts ports,
    ServerSettings settings,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<JobsApi> logger)
{
    private readonly WireJson _json = WireJson.Of(settings.Dialect);

    public async Task HandleAsync(HttpContext http)
    {
        var requestId = Begin(http, lifetime.ApplicationStopping.IsCancellationRequested);
        using var time = new RequestTime(settings.Http.RequestSeconds, clock, http.RequestAborted);
        var target = RequestTarget.Of(http);
        Route? route = null;
        try
        {
            var method = HttpMethods.IsHead(http.Request.Method) ? HttpMethods.Get : http.Request.Method;
            var match = Routes.Find(method, target.Path, PlaneOf(http, target));
            route = match.Route;
            if (route is null)
            {
                await RefuseUnknownAsync(http, target, match).ConfigureAwait(false);
                return;
            }
            var thing = match.Value("thingName");
            var device = await access.AdmitAsync(http, target, time.Token).ConfigureAwait(false);
            if (device is not null)
            {
                Permission.Demand(route.OperationType, thing, device); // Nothing is read of whoever may not.
            }
            var body = await bodies.ReadAsync(http.Request, time).ConfigureAwait(false);
            // What was taken from a device while its body came no longer counts.
            var caller = device is null
                ? access.CallerOf(http, target, body)
                : await access.AdmitAsync(http, target, time.Token).ConfigureAwait(false) ?? device;
            Permission.Demand(route.OperationType, thing, caller);
            var operation = route.Bind(new(match.PathValues, target.Query, body));
            var answer = await time.RunAsync(
                !HttpMethods.IsGet(method), token => route.RunAsync(engine.As(caller), operation, _json, token)).ConfigureAwait(false);
            await WriteAsync(http, StatusCodes.Status200OK, answer).ConfigureAwait(false);
        }
        catch (JobsException refusal) when (route is not null && refusal.Error != JobsError.InternalFailure)
        {
            if (refusal is { Error: JobsError.ServiceUnavailable, InnerException: { } cause })
            {
                LogFault(logger, requestId, http.Request.Method, target.Path, cause);
            }
            await WriteAsync(http, ErrorAnswer.Of(refusal, route)).ConfigureAwait(false);
        }
        catch (ApiRefusal refusal)
        {
            if (refusal.Answer.Name == ErrorNames.ServiceUnavailable)
            {
                LogGivenUp(logger, requestId, http.Request.Method, target.Path, refusal.Message);
            }
            await WriteAsync(http, refusal.Answer).ConfigureAwait(false);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (BadHttpRequestException broken)
        {
            Close(http);
            await WriteAsync(http, bodies.Broken(broken)).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            LogFault(logger, requestId, http.Request.Method, target.Path, fault);
            await WriteAsync(http, ErrorAnswer.Of(
                route?.Faults.Unexpected ?? ErrorNames.InternalFailure, $"The server failed; its log tells why, see request {requestId}."))
                .ConfigureAwait(false);
        }
    }

    private Plane PlaneOf(HttpContext http, RequestTarget target) => PlaneChoice.Of(
        http.Request.Headers.Authorization, target.Query, http.Connection.ClientCertificate is not null, http.Request.Host.Host,
        ports.Of(http) ?? Plane.Control);

    private static Task RefuseUnknownAsync(HttpContext http, RequestTarget target, RouteMatch match)
    {
        if (match.OtherMethods is not { Count: > 0 } methods)
        {
            return WriteAsync(http, ErrorAnswer.Of(ErrorNames.UnknownOperation, $"There is no operation at {target.Path}."));
        }
        http.Response.Headers.Allow = string.Join(", ", methods);
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
        return WriteAsync(http, ErrorAnswer.Of(
            ErrorNames.UnknownOperation,
            $"There is no operation {http.Request.Method} at {target.Path}; there is {string.Join(", ", methods)}.")
            with { Status = StatusCodes.Status405MethodNotAllowed });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Request {RequestId}, {Method} {Path}, was given up: {Reason}")]
    private static partial void LogGivenUp(ILogger logger, string requestId, string method, string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId}, {Method} {Path}, failed")]
    private static partial void LogFault(ILogger logger, string requestId, string method, string path, Exception fault);
}
