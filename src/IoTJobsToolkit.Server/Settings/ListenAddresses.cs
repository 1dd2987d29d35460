using System.Net;
using IoTJobsToolkit.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace IoTJobsToolkit.Server.Settings;

/// <summary>Where the server is to listen, as the settings say before it does.</summary>
internal static class ListenAddresses
{
    public static void Apply(WebApplicationBuilder builder, AuthMode auth)
    {
        var configuration = builder.Configuration;
        var given = Given(configuration).ToList();
        if (given.Count == 0)
        {
            builder.WebHost.UseUrls(ServerSettings.DefaultUrl);
        }
        foreach (var (name, url) in given)
        {
            Check(name, url);
        }
        if (auth == AuthMode.Open && given.FirstOrDefault(address => !IsLoopback(address.Url)) is { Name: not null } open)
        {
            throw new StartException(
                StartException.BadSetting,
                $"Jobs:Auth=Open lets everyone in who can connect, so it listens on loopback addresses only; {open.Name} has the value " +
                $"'{open.Url}'. Use {ServerSettings.DefaultUrl}, or Jobs:Auth=Required.");
        }
    }

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
                    yield return (name, $"http://*:{port}");
                }
            }
        }
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            yield return ($"{endpoint.Path}:Url", endpoint["Url"] ?? "");
        }
    }

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
