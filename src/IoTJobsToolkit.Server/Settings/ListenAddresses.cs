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
        if (auth == AuthMode.Open && given.FirstOrDefault(address => !IsLoopback(address.Url)) is { Name: not null } open)
        {
            throw new StartException(
                StartException.BadSetting,
                $"Jobs:Auth=Open lets everyone in who can connect, so it listens on loopback addresses only; {open.Name} has the value " +
                $"'{open.Url}'. Use {ServerSettings.DefaultUrl}, or Jobs:Auth=Required.");
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
                yield return (name, $"http://*:{ports}");
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
