using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Wire.Credentials;

namespace IoTJobsToolkit.Server.Tests.Access;

/// <summary>A device: one connection over TLS that trusts the server's authority alone, and what it shows.</summary>
internal sealed class DeviceClient : IDisposable
{
    private readonly ApiServer _server;
    private readonly HttpMessageInvoker _http;

    public DeviceClient(ApiServer server, X509Certificate2? certificate = null, SslProtocols protocols = SslProtocols.None)
    {
        _server = server;
        _http = new(new SocketsHttpHandler
        {
            UseCookies = false,
            SslOptions = new()
            {
                EnabledSslProtocols = protocols,
                LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
                CertificateChainPolicy = Trust(server),
            },
        });
    }

    public string? Token { get; init; }

    public Uri? At { get; init; }

    public Version HttpVersion { get; init; } = System.Net.HttpVersion.Version11;

    public HttpMessageInvoker Http => _http;

    public Uri Endpoint => At ?? _server.DeviceEndpoint;

    /// <summary>The server's authority, at the time of the server's clock.</summary>
    public static X509ChainPolicy Trust(ApiServer server) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { X509Certificate2.CreateFromPem(File.ReadAllText(LocalAuthority.CertificatePathFor(server.DatabasePath))) },
        RevocationMode = X509RevocationMode.NoCheck,
        VerificationTime = server.Clock.GetUtcNow().UtcDateTime,
    };

    public Task<ApiAnswer> Send(string request, string? body = null) => _server.Send(
        request,
        body,
        message =>
        {
            message.Version = HttpVersion;
            message.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
            if (Token is not null)
            {
                message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token}");
            }
        },
        Endpoint,
        _http);

    public void Dispose() => _http.Dispose();
}
