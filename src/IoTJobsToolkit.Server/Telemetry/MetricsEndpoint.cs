using System.Net;
using System.Security.Cryptography;
using System.Text;
using IoTJobsToolkit.Server.Access;
using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Server.Telemetry;

/// <summary><c>GET /metrics</c>: the figures, for Prometheus to collect.</summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    private const string Bearer = "Bearer ";

    public static void MapMetrics(this IEndpointRouteBuilder endpoints)
    {
        var settings = endpoints.ServiceProvider.GetRequiredService<TelemetrySettings>();
        if (settings.Metrics == MetricsReaders.Off)
        {
            return;
        }
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.Use((http, next) => RefusalOf(http, settings) is { } message
            ? ApiResponse.WriteAsync(http, ErrorAnswer.Of(ErrorNames.AccessDenied, message))
            : next(http));
        pipeline.UseOpenTelemetryPrometheusScrapingEndpoint(_ => true);
        endpoints.MapGet(Path, pipeline.Build()).WithMetadata(ApiEndpoint.Instance).ShortCircuit();
    }

    /// <summary>Null for whoever may read.</summary>
    private static string? RefusalOf(HttpContext http, TelemetrySettings settings)
    {
        if (settings.MetricsToken is not { } token)
        {
            // Asked by its own name too: what came through a proxy on this machine did not come from this machine.
            return ListenAddresses.IsLoopbackHost(http.Request.Host) && http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
                ? null
                : "The metrics of this server are for its own machine; Telemetry:Metrics=token gives them to whoever has the token.";
        }
        if (!DeviceAccess.IsPrivate(http))
        {
            return "The token is not taken over plain http from another machine, where others can read it. Ask over https.";
        }
        return http.Request.Headers.Authorization is [{ } shown] && shown.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) &&
            CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown[Bearer.Length..].Trim()), Encoding.UTF8.GetBytes(token))
            ? null
            : "Send the header Authorization: Bearer with the token of Telemetry:MetricsToken.";
    }
}
