using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using MQTTnet;

namespace IoTJobsToolkit.Server.Mqtt.External;

/// <summary>Whom this server trusts to be the broker, and what it shows of itself. Files are read for each connection: certificates are renewed.</summary>
internal sealed class BrokerTls : IDisposable
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1";

    private readonly BrokerSettings _settings;
    private readonly X509Certificate2Collection _authorities = [];
    private readonly X509Certificate2Collection _own = [];

    /// <exception cref="StartException">A file cannot be used.</exception>
    public BrokerTls(BrokerSettings settings)
    {
        _settings = settings;
        if (settings.CaPath is { } ca)
        {
            Read(BrokerSettings.CaName, ca, "PEM certificates of the authorities", () => _authorities.ImportFromPemFile(ca));
            if (_authorities.Count == 0)
            {
                throw Unusable(BrokerSettings.CaName, ca, "PEM certificates of the authorities", "there is none in it.");
            }
        }
        if (settings.CertificatePath is { } own)
        {
            Read(BrokerSettings.CertificateName, own, "a PEM certificate and its private key, not encrypted", () => _own.Add(Usable(X509Certificate2.CreateFromPemFile(own))));
        }
    }

    /// <summary>Why the broker's certificate was not accepted; null where it was.</summary>
    public string? Refusal { get; private set; }

    public void Apply(MqttClientTlsOptionsBuilder tls)
    {
        tls.UseTls()
            .WithTargetHost(_settings.Host)
            .WithSslProtocols(SslProtocols.Tls12 | SslProtocols.Tls13)
            .WithRevocationMode(X509RevocationMode.NoCheck)
            .WithCertificateValidationHandler(shown => (Refusal = WrongWith(shown)) is null);
        if (_own.Count > 0)
        {
            tls.WithClientCertificates(_own);
        }
    }

    public void Dispose()
    {
        foreach (var certificate in _authorities.Concat(_own))
        {
            certificate.Dispose();
        }
    }

    private string? WrongWith(MqttClientCertificateValidationEventArgs shown)
    {
        if (shown.SslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) || shown.Certificate is null)
        {
            return "it shows no certificate";
        }
        if (shown.SslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"its certificate is not for {_settings.Host}";
        }
        if (_authorities.Count == 0)
        {
            return shown.SslPolicyErrors == SslPolicyErrors.None
                ? null
                : $"its certificate is not of an authority that this machine trusts ({Status(shown.Chain)}); Mqtt:{BrokerSettings.CaName} names a file of others";
        }
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                ApplicationPolicy = { new Oid(ForServers) },
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.ExtraStore.AddRange((X509Certificate2[])[.. shown.Chain?.ChainElements.Select(element => element.Certificate) ?? []]);
        using var certificate = X509CertificateLoader.LoadCertificate(shown.Certificate.GetRawCertData());
        return chain.Build(certificate) ? null : $"its certificate is not of an authority in {_settings.CaPath} ({Status(chain)})";
    }

    private static string Status(X509Chain? chain) => string.Join(", ", (chain?.ChainStatus ?? []).Select(status => status.Status).Distinct());

    /// <summary>Windows uses no key which is in memory alone.</summary>
    private static X509Certificate2 Usable(X509Certificate2 read)
    {
        if (!OperatingSystem.IsWindows())
        {
            return read;
        }
        using (read)
        {
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pfx), null);
        }
    }

    private static void Read(string setting, string path, string what, Action read)
    {
        try
        {
            read();
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Unusable(setting, path, what, unusable.Message, unusable);
        }
    }

    private static StartException Unusable(string setting, string path, string what, string why, Exception? cause = null) =>
        new(StartException.BadSetting, $"Mqtt:{setting} names the file {path}, which is to have {what}, and cannot be used: {why}", cause);
}
