using IoTJobsToolkit.Server.Api;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire;
using IoTJobsToolkit.Wire.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IoTJobsToolkit.Server.Mqtt.Listeners;

/// <summary><c>GET /mqtt</c>: MQTT over WebSocket, at every address of HTTP. Who may not is told before the connection becomes one.</summary>
internal static class MqttWebSocket
{
    public const string Path = "/mqtt";

    /// <summary>As MQTT names them, and as AWS's older clients do.</summary>
    private static readonly string[] SubProtocols = ["mqtt", "mqttv3.1"];

    public static void MapMqttWebSocket(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints
            .MapConnectionHandler<MqttDoor>(Path, connections =>
            {
                connections.Transports = HttpTransportType.WebSockets;
                connections.WebSockets.SubProtocolSelector = offered => Chosen(offered)!;
            })
            .WithMetadata(ApiEndpoint.Instance)
            .Add(endpoint => endpoint.RequestDelegate = Guard(endpoint.RequestDelegate!));
    }

    private static RequestDelegate Guard(RequestDelegate accept) => async http =>
    {
        try
        {
            await AdmitAsync(http).ConfigureAwait(false);
        }
        catch (ApiRefusal refusal)
        {
            ApiResponse.Begin(http, isStopping: true);
            await ApiResponse.WriteAsync(http, refusal.Answer).ConfigureAwait(false);
            return;
        }
        await accept(http).ConfigureAwait(false);
    };

    private static async Task AdmitAsync(HttpContext http)
    {
        var services = http.RequestServices;
        if (http.Request.Path != Path)
        {
            throw new ApiRefusal(ErrorAnswer.Of(ErrorNames.UnknownOperation, $"There is no operation at {http.Request.Path}."));
        }
        if (services.GetRequiredService<MqttSettings>().Broker is not null)
        {
            throw new ApiRefusal(ErrorAnswer.Of(ErrorNames.UnknownOperation, "This server speaks no MQTT: devices connect to the broker that it works with."));
        }
        if (services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
        {
            throw new ApiRefusal(ErrorAnswer.Of(ErrorNames.ServiceUnavailable, "The server is stopping."));
        }
        if (Offered(http) is not { } offered)
        {
            throw Invalid($"{Path} is for WebSockets of MQTT: ask for an upgrade, with the sub-protocol mqtt.");
        }
        if (Chosen(offered) is null)
        {
            throw Invalid($"A WebSocket at {Path} speaks one of the sub-protocols {string.Join(", ", SubProtocols)}: offer it in Sec-WebSocket-Protocol.");
        }
        try
        {
            http.Features.Set(await services.GetRequiredService<UpgradeAccess>().AdmitAsync(http, http.RequestAborted).ConfigureAwait(false));
        }
        catch (ApiRefusal refused)
        {
            // Whatever the reason: clients of AWS IoT expect this status of an upgrade that is refused.
            throw new ApiRefusal(refused.Answer with { Status = StatusCodes.Status403Forbidden });
        }
    }

    private static ApiRefusal Invalid(string message) => new(ErrorAnswer.Of("InvalidRequestException", message, Plane.Data));

    /// <summary>Null where no WebSocket is asked for.</summary>
    private static List<string>? Offered(HttpContext http)
    {
        var isHttp1 = HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase);
        var isHttp2 = HttpMethods.IsConnect(http.Request.Method);
        return isHttp1 || isHttp2
            ? [.. http.Request.Headers.SecWebSocketProtocol.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]
            : null;
    }

    private static string? Chosen(IEnumerable<string> offered) => offered.FirstOrDefault(name => SubProtocols.Contains(name, StringComparer.OrdinalIgnoreCase));
}
