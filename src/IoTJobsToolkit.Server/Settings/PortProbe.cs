using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace IoTJobsToolkit.Server.Settings;

/// <summary>
/// Whether a port that nobody chose is somebody else's: the server starts without it then, and says so. A port that was chosen is not asked about:
/// listening there fails with a sentence. Tried by binding to the very address, as listening will.
/// </summary>
internal static class PortProbe
{
    /// <summary>How long something that is just ending has to let go of the port.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <param name="isEnding">Whether somebody is known to have the port who will give it back: as long as that is so, he is waited for.</param>
    public static bool IsTaken(IEnumerable<IPEndPoint> endpoints, Func<bool>? isEnding = null)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        var all = endpoints.Where(endpoint => endpoint.Port != 0).ToList();
        while (all.Exists(IsTakenNow))
        {
            if (clock.GetElapsedTime(began) > Patience && isEnding?.Invoke() is not true)
            {
                return true;
            }
            Thread.Sleep(Pause);
        }
        return false;
    }

    /// <summary>Where the web server listens for an address; none for a file.</summary>
    public static IEnumerable<IPEndPoint> EndpointsOf(string url)
    {
        var address = BindingAddress.Parse(url);
        if (address.IsUnixPipe || address.IsNamedPipe)
        {
            return [];
        }
        if (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return [new(IPAddress.Loopback, address.Port), new(IPAddress.IPv6Loopback, address.Port)];
        }
        return [new(IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? ip : IPAddress.IPv6Any, address.Port)];
    }

    private static bool IsTakenNow(IPEndPoint endpoint)
    {
        try
        {
            using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endpoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }
            socket.Bind(endpoint);
            socket.Listen(1); // Some systems find out only now.
            return false;
        }
        catch (SocketException refused) when (endpoint.Address.Equals(IPAddress.IPv6Any) && refused.SocketErrorCode == SocketError.AddressFamilyNotSupported)
        {
            return IsTakenNow(new(IPAddress.Any, endpoint.Port));
        }
        catch (SocketException refused)
        {
            return refused.SocketErrorCode == SocketError.AddressAlreadyInUse; // Whatever else is wrong, listening will say.
        }
    }
}
