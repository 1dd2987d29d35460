using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>The connections of a client that lives as long as its process.</summary>
internal static class Connections
{
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <param name="authorities">Whom to trust besides those that this machine trusts.</param>
    public static SocketsHttpHandler Create(X509Certificate2Collection? authorities = null) => new()
    {
        SslOptions = { RemoteCertificateValidationCallback = authorities is null ? null : Trust.With(authorities) },
        AllowAutoRedirect = false, // A signature is for one address.
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // A name may come to mean another address.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30), // Before servers close it, which would cast doubt on a request just sent.
        Proxy = new ProxyBeyondThisMachine(),
    };

    /// <summary>The proxy that the environment names, but not for addresses of this machine: it would look on its own.</summary>
    private sealed class ProxyBeyondThisMachine : IWebProxy
    {
        private static IWebProxy Usual => HttpClient.DefaultProxy;

        public ICredentials? Credentials
        {
            get => Usual.Credentials;
            set => throw new NotSupportedException("The credentials of the proxy stand in the environment.");
        }

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : Usual.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || Usual.IsBypassed(host);
    }
}
