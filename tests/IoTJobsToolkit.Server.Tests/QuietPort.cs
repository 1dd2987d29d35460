using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace IoTJobsToolkit.Server.Tests;

/// <summary>
/// Ports for those who must be told one before they listen, or listen at the same one again: below those that the system hands out by itself, so that no
/// connection and no other listener of these tests gets them meanwhile.
/// </summary>
internal static class QuietPort
{
    private const int First = 12_000;
    private const int Count = 18_000;

    private static int _last = Random.Shared.Next(Count);

    public static int Next()
    {
        for (var tried = 0; tried < Count; tried++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }
        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"No port from {First} on is free."));
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
