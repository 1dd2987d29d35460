using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace IoTJobsToolkit.Server.Access;

/// <summary>
/// How many tokens that do not count may come from one address within a minute, for one thing and for all. Only what fails is counted, so a fleet behind
/// one address may come as often as it likes; and what is guessed at one address locks nobody out at another.
/// </summary>
internal sealed class TokenGuesses : IDisposable
{
    internal const int PerThing = 10;
    internal const int PerAddress = 100;

    private readonly PartitionedRateLimiter<IPAddress> _ofAddress =
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => PerMinute(address, PerAddress));

    private readonly PartitionedRateLimiter<(IPAddress From, string Thing)> _ofThing =
        PartitionedRateLimiter.Create<(IPAddress From, string Thing), (IPAddress From, string Thing)>(guess => PerMinute(guess, PerThing));

    public bool MayTry(IPAddress? from, string thing)
    {
        var site = SiteOf(from);
        return Takes(_ofAddress, site, 0) && Takes(_ofThing, (site, thing), 0);
    }

    public void Failed(IPAddress? from, string thing)
    {
        var site = SiteOf(from);
        Takes(_ofAddress, site, 1);
        Takes(_ofThing, (site, thing), 1);
    }

    public void Dispose()
    {
        _ofAddress.Dispose();
        _ofThing.Dispose();
    }

    private static bool Takes<T>(PartitionedRateLimiter<T> limiter, T of, int permits)
    {
        using var lease = limiter.AttemptAcquire(of, permits);
        return lease.IsAcquired;
    }

    private static RateLimitPartition<T> PerMinute<T>(T of, int permits) =>
        RateLimitPartition.GetFixedWindowLimiter(of, _ => new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });

    /// <summary>Of IPv6 everybody has as many addresses as he likes: his network counts.</summary>
    private static IPAddress SiteOf(IPAddress? from)
    {
        if (from is null || from.IsIPv4MappedToIPv6)
        {
            return from?.MapToIPv4() ?? IPAddress.None;
        }
        if (from.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return from;
        }
        var bytes = from.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }
}
