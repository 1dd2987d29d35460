using System.Net;
using Microsoft.AspNetCore.Http;

namespace IoTJobsToolkit.Server.Settings;

/// <summary>Where the server listens for devices: at a port of their own on the hosts of its other addresses.</summary>
internal static class DeviceAddresses
{
    private const string Everywhere = "*";
    private const string EverywhereV6 = "[::]";
    private const string EverywhereV4 = "0.0.0.0";
    private const string Localhost = "localhost";
    private const string Loopback = "127.0.0.1";

    /// <param name="mainUrls">Whose hosts count.</param>
    /// <param name="takenUrls">All other addresses; where one has the default port, and nobody asked for it, devices get none.</param>
    public static IReadOnlyList<string> Of(DeviceSettings settings, IEnumerable<string> mainUrls, IEnumerable<string> takenUrls) =>
        Of(Uri.UriSchemeHttps, settings.Port, settings.IsDefaultPort, mainUrls, takenUrls);

    /// <summary>The same for MQTT over TLS.</summary>
    public static IReadOnlyList<string> OfMqtt(MqttListenSettings settings, IEnumerable<string> mainUrls, IEnumerable<string> takenUrls) =>
        Of("mqtts", settings.TlsPort, settings.IsDefaultTlsPort, mainUrls, takenUrls);

    private static string[] Of(string scheme, int? wanted, bool isDefault, IEnumerable<string> mainUrls, IEnumerable<string> takenUrls)
    {
        if (wanted is not { } port || isDefault && takenUrls.Any(url => ListenAddresses.PortOf(url) == port))
        {
            return [];
        }
        var hosts = Hosts([.. mainUrls.Select(BindingAddress.Parse).Where(address => !IsFile(address)).Select(HostOf)]);
        return [.. hosts.Select(host => $"{scheme}://{(port == 0 && host == Localhost ? Loopback : host)}:{port}")];
    }

    private static string[] Hosts(HashSet<string> hosts)
    {
        if (hosts.Count == 0)
        {
            return [Loopback];
        }
        if (hosts.Contains(Everywhere) || hosts.Contains(EverywhereV6))
        {
            return [hosts.Contains(Everywhere) ? Everywhere : EverywhereV6];
        }
        // Whoever listens at the first of a pair has the second already.
        return
        [
            .. hosts.Where(host =>
                !(hosts.Contains(EverywhereV4) && host != EverywhereV4 && (host == Localhost || !host.StartsWith('['))) &&
                !(hosts.Contains(Localhost) && (host is Loopback or "[::1]"))),
        ];
    }

    /// <summary>A name other than localhost means every address to the web server.</summary>
    private static string HostOf(BindingAddress address) =>
        address.Host.Equals(Localhost, StringComparison.OrdinalIgnoreCase) ? Localhost
        : IPAddress.TryParse(address.Host.Trim('[', ']'), out _) ? address.Host
        : Everywhere;

    private static bool IsFile(BindingAddress address) => address.IsUnixPipe || address.IsNamedPipe;
}
