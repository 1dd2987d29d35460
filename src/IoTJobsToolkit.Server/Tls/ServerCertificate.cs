using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Wire.Credentials;

namespace IoTJobsToolkit.Server.Tls;

/// <summary>
/// The server's own certificate, issued by the local authority: for this machine's names, those given, and every address at which the server
/// is called. Another one takes its place in time.
/// </summary>
/// <param name="names">Names and addresses besides those of every machine.</param>
internal sealed class ServerCertificate(CredentialIssuer issuer, TimeProvider clock, IEnumerable<string> names)
{
    private const int ValidDays = 90;

    /// <summary>However many addresses the machine has, its certificate stays one that fits a handshake.</summary>
    private const int MaxAddresses = 100;

    private static readonly TimeSpan RenewedBefore = TimeSpan.FromDays(30);

    private readonly Lock _gate = new();
    private volatile Issued? _current;

    /// <summary>Whether any address shows it.</summary>
    public bool IsUsed => _current is not null;

    public X509Certificate2 First => Current(null).Certificate;

    /// <param name="called">The address of this machine that a connection came to.</param>
    public SslStreamCertificateContext For(IPAddress? called) => Current(called is { IsIPv4MappedToIPv6: true } ? called.MapToIPv4() : called).Context;

    private Issued Current(IPAddress? called)
    {
        if (_current is { } issued && IsGood(issued, called))
        {
            return issued;
        }
        lock (_gate)
        {
            if (_current is not { } former)
            {
                return _current = Issue([IPAddress.Loopback, IPAddress.IPv6Loopback], called);
            }
            return IsGood(former, called) ? former : _current = Issue(former.Addresses, called);
        }
    }

    private bool IsGood(Issued issued, IPAddress? called) =>
        clock.GetUtcNow() < issued.RenewAt &&
        (called is null || issued.Addresses.Contains(called) || issued.Addresses.Count >= MaxAddresses);

    private Issued Issue(ImmutableHashSet<IPAddress> addresses, IPAddress? called)
    {
        // Without a scope: a certificate knows no interfaces.
        addresses = called is null ? addresses : addresses.Add(called);
        var plain = addresses.Select(address => new IPAddress(address.GetAddressBytes()).ToString());
        var certificate = issuer.Authority.IssueForServer([.. MachineNames().Concat(names).Concat(plain).Distinct(StringComparer.OrdinalIgnoreCase)], ValidDays);
        return new(
            certificate,
            SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
            addresses,
            new DateTimeOffset(certificate.NotAfter) - RenewedBefore);
    }

    private static IEnumerable<string> MachineNames()
    {
        yield return "localhost";
        var host = Dns.GetHostName();
        if (Uri.CheckHostName(host) == UriHostNameType.Dns)
        {
            yield return host;
            yield return $"{host.Split('.')[0]}.local";
        }
    }

    private sealed record Issued(
        X509Certificate2 Certificate, SslStreamCertificateContext Context, ImmutableHashSet<IPAddress> Addresses, DateTimeOffset RenewAt);
}
