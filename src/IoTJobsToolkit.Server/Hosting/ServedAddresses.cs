using System.Net;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using IoTJobsToolkit.Server.Settings;

namespace IoTJobsToolkit.Server.Hosting;

/// <summary>Where a server that listens is called, beside its first address.</summary>
internal static class ServedAddresses
{
    public static IReadOnlyList<ServedAddress> Of(ServerSettings settings, string endpoint, PlanePorts ports, IPEndPoint? plainMqtt, MqttListener mqtt)
    {
        List<ServedAddress> addresses = [.. ports.Addresses.Select(port => new ServedAddress($"{port.Plane} plane", port.Address, "the API alone"))];
        if (ports.DeviceAddress is { } devices)
        {
            addresses.Add(new("Devices", devices, "with a certificate or token of their thing"));
        }
        if (settings.Mqtt.Broker is { } broker)
        {
            addresses.Add(new("MQTT", broker.Address.ToString(), "another broker, which devices connect to"));
            return addresses;
        }
        addresses.AddRange(mqtt.Addresses.Select(address => new ServedAddress("MQTT", address, "with a certificate of the thing, or its token as password")));
        if (ports.DeviceAddress is { } shared)
        {
            addresses.Add(new("MQTT", shared.Replace(Uri.UriSchemeHttps, "mqtts", StringComparison.Ordinal), $"with ALPN {MqttAlpn.Protocol}"));
        }
        addresses.Add(new("MQTT", $"ws{endpoint["http".Length..]}{MqttWebSocket.Path}", "WebSocket, signed for iotdevicegateway"));
        if (plainMqtt is not null)
        {
            addresses.Add(new("MQTT", $"mqtt://{plainMqtt}", "without TLS, on the server's machine only"));
        }
        return addresses;
    }
}
