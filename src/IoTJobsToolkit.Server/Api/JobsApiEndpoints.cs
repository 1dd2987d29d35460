using IoTJobsToolkit.Server.Health;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Server.Telemetry;
using IoTJobsToolkit.Server.Tls;
using IoTJobsToolkit.Wire.OpenApi;
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
        endpoints.MapServerHealth();
        endpoints.MapMetrics();
        endpoints.MapAuthority();
        endpoints.MapMqttWebSocket();
        endpoints.MapGet("/toolkit/openapi.json", Description).WithMetadata(ApiEndpoint.Instance).ShortCircuit();
        var api = endpoints.ServiceProvider.GetRequiredService<JobsApi>;
        JobsApi? resolved = null;
        endpoints.MapFallback("{**path}", http => (resolved ??= api()).HandleAsync(http)).WithMetadata(ApiEndpoint.Instance).ShortCircuit();
    }

    private static IResult Description(ServerSettings settings) =>
        Results.Text(ToolkitDescription.Write(StartNotice.Version, settings.Engine.Region), "application/json");
}
