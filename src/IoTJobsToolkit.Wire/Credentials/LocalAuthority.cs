using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Wire.Rendezvous;

namespace IoTJobsToolkit.Wire.Credentials;

/// <summary>
/// The certificate authority of a database, in two PEM files beside it: it issues the certificates of things and of the server. Made when the first
/// certificate is wanted.
/// </summary>
public sealed class LocalAuthority : IDisposable
{
    private const int Years = 30;
    private const int MinRsaBits = 2048;

    private static readonly string?[] Curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];

    /// <summary>Devices' clocks are behind as often as not.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromDays(1);

    private static readonly HashAlgorithmName Hash = HashAlgorithmName.SHA256;
    private readonly TimeProvider _clock;
    private readonly ECDsa _key;

    private LocalAuthority(X509Certificate2 certificate, ECDsa key, TimeProvider clock) => (Certificate, _key, _clock) = (certificate, key, clock);

    /// <summary>Without its private key.</summary>
    public X509Certificate2 Certificate { get; }

    public static string CertificatePathFor(string databasePath) => Path.ChangeExtension(Path.GetFullPath(databasePath), ".ca.pem");

    public static string KeyPathFor(string databasePath) => Path.ChangeExtension(Path.GetFullPath(databasePath), ".ca-key.pem");

    /// <exception cref="IOException">The files cannot be read or written, or do not belong together; the message says what to do.</exception>
    public static LocalAuthority OpenFor(string databasePath, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var (certificatePath, keyPath) = (CertificatePathFor(databasePath), KeyPathFor(databasePath));
        try
        {
            if (!File.Exists(certificatePath) && !File.Exists(keyPath))
            {
                Make(certificatePath, keyPath, clock.GetUtcNow());
            }
            var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(certificatePath));
            var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(keyPath));
            return certificate.GetECDsaPublicKey() is { } known && known.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo())
                ? new(certificate, key, clock)
                : throw new CryptographicException("The key is not the certificate's.");
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or UnauthorizedAccessException or FileNotFoundException)
        {
            throw new IOException(
                $"The certificate authority in {certificatePath} and {keyPath} cannot be used: {exception.Message} Restore both from a backup; without " +
                "one, remove both to have a new authority made, and give every device a new certificate.",
                exception);
        }
    }

    /// <summary>For a new key pair, or for that of a signing request.</summary>
    /// <exception cref="JobsException">The signing request is no good; the message says why.</exception>
    public (X509Certificate2 Certificate, string? PrivateKeyPem) IssueForThing(string thingName, string? signingRequest, int validDays)
    {
        if (signingRequest is not null)
        {
            return (Issue(ThingCertificate.Subject(thingName), Read(signingRequest), validDays, "1.3.6.1.5.5.7.3.2"), null);
        }
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (Issue(ThingCertificate.Subject(thingName), new PublicKey(key), validDays, "1.3.6.1.5.5.7.3.2"), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A server's certificate with its private key.</summary>
    /// <param name="names">DNS names and IP addresses under which the server is called.</param>
    public X509Certificate2 IssueForServer(IReadOnlyCollection<string> names, int validDays)
    {
        ArgumentNullException.ThrowIfNull(names);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName("IoTJobsToolkit server");
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (System.Net.IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }
        using var certificate = Issue(subject.Build(), new PublicKey(key), validDays, "1.3.6.1.5.5.7.3.1", alternatives.Build());
        using var whole = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null); // Some platforms serve TLS only with a key they keep.
    }

    /// <summary>Whether this authority issued a certificate and it is within its time; revocation is the database's business.</summary>
    public bool Issued(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = _clock.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new("1.3.6.1.5.5.7.3.2"));
        return chain.Build(certificate);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private static void Make(string certificatePath, string keyPath, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName($"IoTJobsToolkit local authority {RandomText.Id()[..6]}");
        var request = new CertificateRequest(subject.Build(), key, Hash);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(now - Leeway, now.AddYears(Years));
        OwnerOnlyFile.Write(keyPath, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        OwnerOnlyFile.Write(certificatePath, Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
    }

    private static PublicKey Read(string signingRequest)
    {
        try
        {
            var key = CertificateRequest.LoadSigningRequestPem(signingRequest, Hash).PublicKey; // Its signature is checked.
            using var rsa = key.GetRSAPublicKey();
            using var curve = key.GetECDsaPublicKey();
            return rsa is { KeySize: >= MinRsaBits } || curve is not null && Curves.Contains(curve.ExportParameters(false).Curve.Oid?.Value)
                ? key
                : throw new CryptographicException($"its key is neither RSA with at least {MinRsaBits} bits nor on the curve P-256, P-384 or P-521.");
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or NotSupportedException)
        {
            throw JobsException.InvalidRequest(
                $"1 validation error detected: 'certificateSigningRequest' is no PKCS #10 request in PEM with a good signature: {exception.Message}");
        }
    }

    private X509Certificate2 Issue(X500DistinguishedName subject, PublicKey key, int validDays, string usage, X509Extension? names = null)
    {
        var now = _clock.GetUtcNow();
        var request = new CertificateRequest(subject, key, Hash);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(key, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }
        var until = now.AddDays(validDays);
        return request.Create(
            Certificate.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_key),
            now - Leeway,
            until < Certificate.NotAfter ? until : Certificate.NotAfter, // No longer than the authority itself.
            RandomNumberGenerator.GetBytes(16));
    }
}
