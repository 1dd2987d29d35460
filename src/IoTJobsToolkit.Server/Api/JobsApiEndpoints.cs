using IoTJobsToolkit.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Server.Api;

public static class JobsApiEndpoints
{
    /// <summary>
    /// Answers everything that no other endpoint wants with AWS's API. Its requests pass by cookies, antiforgery and whatever else
    /// stands in the pipeline.
    /// </summary>
    public static void MapJobsApi(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapGet("/healthz", Health).ShortCircuit();
        var api = endpoints.ServiceProvider.GetRequiredService<JobsApi>;
        JobsApi? resolved = null;
        endpoints.MapFallback("{**path}", http => (resolved ??= api()).HandleAsync(http)).ShortCircuit();
    }

    private static IResult Health(JobsEngine engine) => engine.Failure is { } failure
        ? Results.Json(new { status = "failed", message = failure.Message }, statusCode: StatusCodes.Status503ServiceUnavailable)
        : Results.Json(new { status = "ok" });
}
