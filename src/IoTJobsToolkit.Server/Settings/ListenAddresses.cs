using System.Net;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using IoTJobsToolkit.Wire.Rendezvous;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace IoTJobsToolkit.Server.Settings;

/// <summary>Where the server is to listen, as the settings say before it does.</summary>
internal static class ListenAddresses
{
    private const string Endpoints = "Kestrel:Endpoints";

    public const string ControlUrls = "ControlUrls";
    public const string DataUrls = "DataUrls";

    /// <summary>Has the server listen there, on the addresses of both planes first.</summary>
    public static PlanePorts Apply(WebApplicationBuilder builder, ServerSettings settings)
    {
        var main = Given(builder.Configuration).ToList();
        if (main.Count == 0)
        {
            main.Add(("urls", ServerSettings.DefaultUrl));
        }
        var planes = Named(ControlUrls, settings.ControlUrls).Concat(Named(DataUrls, settings.DataUrls)).ToList();
        var all = main.Concat(planes).ToList();
        foreach (var (name, url) in all)
        {
            Check(name, url);
        }
        var devices = DeviceAddresses.Of(settings.Devices, main.Select(address => address.Url), all.Select(address => address.Url));
        if (settings.Devices.IsDefaultPort && PortProbe.IsTaken(devices.SelectMany(PortProbe.EndpointsOf), IsEnding(settings)))
        {
            devices = [];
        }
        planes.AddRange(Named(DeviceSettings.PortName, devices));
        all.AddRange(Named(DeviceSettings.PortName, devices));
        if (settings.Auth == AuthMode.Open && all.Find(address => !IsLoopback(address.Url)) is { Name: not null } open)
        {
            throw new StartException(
                StartException.BadSetting,
                $"Jobs:Auth=Open lets everyone in who can connect, so it listens on loopback addresses only; {open.Name} has the value " +
                $"'{open.Url}'. Use {ServerSettings.DefaultUrl}, or Jobs:Auth=Required.");
        }
        CheckPorts(main, planes);
        CheckMqtt(settings, all);
        return Listen(builder, main, planes, count => new(count, settings.ControlUrls, settings.DataUrls, devices)
        {
            HaveMqtt = settings.Mqtt.Broker is null,
            MqttAddresses = DeviceAddresses.OfMqtt(settings.MqttListen, main.Select(address => address.Url), all.Select(address => address.Url)),
        });
    }

    /// <summary>Another server of the same database, which this one waits for, has the same port until it ends.</summary>
    private static Func<bool> IsEnding(ServerSettings settings)
    {
        var began = TimeProvider.System.GetTimestamp();
        return () => TimeProvider.System.GetElapsedTime(began) < StoreOpening.Patience && ServerRendezvous.Find(settings.DatabasePath) is not null;
    }

    private static PlanePorts Listen(
        WebApplicationBuilder builder, List<(string Name, string Url)> main, List<(string Name, string Url)> planes, Func<int?, PlanePorts> ports)
    {
        var hasEndpoints = main.Exists(address => address.Name.StartsWith(Endpoints, StringComparison.OrdinalIgnoreCase));
        if (!hasEndpoints)
        {
            var urls = main.Concat(planes).Select(address => address.Url).ToList();
            builder.WebHost.UseUrls(string.Join(';', urls));
            MqttAlpn.Apply(builder, urls, ForDevices(planes));
            return ports(main.Count);
        }
        // The web server listens at its endpoints or at urls, never at both.
        if (planes.Find(address => BindingAddress.Parse(address.Url).Port == 0) is { Name: not null } any)
        {
            throw SettingReader.Refused(any.Name, any.Url, $"an address with a port, where {Endpoints} says where to listen");
        }
        builder.Configuration.AddInMemoryCollection(
            planes.Select((address, i) => KeyValuePair.Create($"{Endpoints}:{address.Name.Replace(":", "", StringComparison.Ordinal)}{i}:Url", (string?)address.Url)));
        MqttAlpn.Apply(builder, null, ForDevices(planes));
        return ports(null);
    }

    /// <summary>Addresses at which devices show certificates.</summary>
    private static string[] ForDevices(List<(string Name, string Url)> planes) =>
        [.. planes.Where(address => !address.Name.EndsWith(ControlUrls, StringComparison.Ordinal) && IsHttps(address.Url)).Select(address => address.Url)];

    private static bool IsHttps(string url) => BindingAddress.Parse(url).Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);

    private static void CheckMqtt(ServerSettings settings, List<(string Name, string Url)> all)
    {
        if (settings.MqttListen is { IsDefaultTlsPort: false, TlsPort: > 0 and var port } && all.Find(address => PortOf(address.Url) == port) is { Name: not null } taken)
        {
            throw SettingReader.Refused(
                $"{MqttListenSettings.Section}:{MqttListenSettings.TlsPortName}", $"{port}", $"a port of its own; {taken.Name} has '{taken.Url}'");
        }
    }

    /// <summary>Which plane a request means is seen from its port.</summary>
    private static void CheckPorts(List<(string Name, string Url)> main, List<(string Name, string Url)> planes)
    {
        foreach (var (name, url) in planes)
        {
            var address = BindingAddress.Parse(url);
            if (address.IsUnixPipe || address.IsNamedPipe)
            {
                throw SettingReader.Refused(name, url, "addresses with a port, such as http://127.0.0.1:8443");
            }
            if (address.Port != 0 && main.Concat(planes).FirstOrDefault(other => other.Name != name && PortOf(other.Url) == address.Port) is { Name: not null } taken)
            {
                throw SettingReader.Refused(name, url, $"a port of its own; {taken.Name} has '{taken.Url}'");
            }
        }
    }

    /// <summary>0 where it has none, or one that the system is to choose.</summary>
    public static int PortOf(string url) => BindingAddress.Parse(url) is { IsUnixPipe: false, IsNamedPipe: false } address ? address.Port : 0;

    private static IEnumerable<(string Name, string Url)> Named(string name, IEnumerable<string> urls) => urls.Select(url => ($"Jobs:{name}", url));

    private static void Check(string name, string url)
    {
        try
        {
            if (BindingAddress.Parse(url) is { Port: < 0 or > 65535 } address)
            {
                throw new FormatException($"the port {address.Port} is not between 0 and 65535.");
            }
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new StartException(
                StartException.BadSetting, $"{name} has the value '{url}', which is no address to listen at: {exception.Message} Use {ServerSettings.DefaultUrl}.", exception);
        }
    }

    private static IEnumerable<(string Name, string Url)> Given(ConfigurationManager configuration)
    {
        foreach (var url in (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            yield return ("urls", url);
        }
        foreach (var name in new[] { "http_ports", "https_ports" })
        {
            if (configuration[name] is { Length: > 0 } ports && string.IsNullOrEmpty(configuration["urls"]))
            {
                foreach (var port in ports.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                {
                    yield return (name, $"{name[..^"_ports".Length]}://*:{port}");
                }
            }
        }
        foreach (var endpoint in configuration.GetSection(Endpoints).GetChildren())
        {
            yield return ($"{endpoint.Path}:Url", endpoint["Url"] ?? "");
        }
    }

    /// <summary>Names under which the server is to listen: to the web server they mean every address, to callers this machine.</summary>
    public static IEnumerable<string> Names(ConfigurationManager configuration) => Given(configuration)
        .Select(address => BindingAddress.Parse(address.Url).Host)
        .Where(host => !IPAddress.TryParse(host.Trim('[', ']'), out _) && Uri.CheckHostName(host) == UriHostNameType.Dns);

    /// <summary>Unix sockets count: the file system says who may connect.</summary>
    public static bool IsLoopback(string url)
    {
        var address = BindingAddress.Parse(url);
        return address.IsUnixPipe || address.IsNamedPipe || IsLoopbackHost(address.Host);
    }

    public static bool IsLoopbackHost(HostString host) => IsLoopbackHost(host.Host);

    public static bool IsLoopbackOrigin(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var uri) && IsLoopbackHost(uri.Host);

    /// <summary>An address to call, for one to listen at: where that means all of them, the machine's name.</summary>
    public static string Reachable(string url)
    {
        var address = BindingAddress.Parse(url);
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? Dns.GetHostName() : address.Host;
        return $"{address.Scheme}://{host}:{address.Port}";
    }

    private static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ||
        IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);
}
