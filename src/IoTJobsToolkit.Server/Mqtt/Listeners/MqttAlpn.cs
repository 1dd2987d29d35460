using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Server.Mqtt.Listeners;

/// <summary>
/// MQTT at addresses of HTTPS, for devices behind a firewall that lets only those through: they say so while TLS begins (ALPN), as with AWS IoT.
/// </summary>
internal static class MqttAlpn
{
    /// <summary>AWS's name for MQTT with a client certificate.</summary>
    public static readonly SslApplicationProtocol Protocol = new("x-amzn-mqtt-ca");

    /// <param name="urls">All addresses of HTTP in the order of listening; null where that order is the web server's.</param>
    /// <param name="urlsWithMqtt">Those of them with MQTT too, all of https.</param>
    public static void Apply(WebApplicationBuilder builder, IReadOnlyList<string>? urls, IReadOnlyCollection<string> urlsWithMqtt)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var ports = urlsWithMqtt.Select(url => BindingAddress.Parse(url).Port).ToHashSet();
        // The web server comes here once with each address, in their order: the port alone does not tell those that the system is to choose.
        var coming = new Queue<string>(urls ?? []);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen =>
        {
            var url = coming.TryDequeue(out var next) ? next : null;
            if (url is null ? listen.IPEndPoint is { } at && ports.Contains(at.Port) : urlsWithMqtt.Contains(url))
            {
                listen.UseHttps(); // It comes by itself otherwise, but after everything that is added here.
                listen.Use(http => connection => IsMqtt(connection) ? Door(listen).OnConnectedAsync(connection) : http(connection));
            }
        }));
    }

    private static bool IsMqtt(ConnectionContext connection) =>
        connection.Features.Get<ITlsApplicationProtocolFeature>() is { ApplicationProtocol: var protocol } && protocol.Span.SequenceEqual(Protocol.Protocol.Span);

    private static MqttDoor Door(ListenOptions listen) => listen.ApplicationServices.GetRequiredService<MqttDoor>();
}
