using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IoTJobsToolkit.Cmdlets.Tests.Hosting;

/// <summary>A key pair of each kind, in every form in which people keep theirs, and the check of what it signed.</summary>
internal sealed class Keys : IDisposable
{
    public const string Passphrase = "correct horse battery staple";

    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);

    public RSA Rsa { get; } = RSA.Create(2048);

    public ECDsa Ecdsa { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static string[] Forms { get; } = ["pkcs8", "traditional", "encrypted", "pem-with-certificate", "certificate-before-key", "encrypted-pem-with-certificate", "pfx", "pfx-without-passphrase"];

    /// <summary>Writes the private key to a file and returns its path.</summary>
    public string Write(string folder, string kind, string form)
    {
        var path = Path.Combine(folder, $"{kind}-{form}.key");
        AsymmetricAlgorithm key = kind == "RSA" ? Rsa : Ecdsa;
        using var certificate = Certificate(kind);
        switch (form)
        {
            case "pkcs8":
                File.WriteAllText(path, key.ExportPkcs8PrivateKeyPem());
                break;
            case "traditional":
                File.WriteAllText(path, kind == "RSA" ? Rsa.ExportRSAPrivateKeyPem() : "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + Ecdsa.ExportECPrivateKeyPem());
                break;
            case "encrypted":
                File.WriteAllText(path, key.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, Encryption));
                break;
            case "pem-with-certificate":
                File.WriteAllText(path, key.ExportPkcs8PrivateKeyPem() + "\n" + certificate.ExportCertificatePem());
                break;
            case "certificate-before-key":
                File.WriteAllText(path, "Bag Attributes\n    friendlyName: x\n" + certificate.ExportCertificatePem() + "\r\n" + key.ExportPkcs8PrivateKeyPem());
                break;
            case "encrypted-pem-with-certificate":
                File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, Encryption));
                break;
            case "pfx":
                File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, Passphrase));
                break;
            default:
                File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12));
                break;
        }
        return path;
    }

    public X509Certificate2 Certificate(string kind)
    {
        var hash = HashAlgorithmName.SHA256;
        var request = kind == "RSA" ? new CertificateRequest("CN=fleet", Rsa, hash, RSASignaturePadding.Pkcs1) : new CertificateRequest("CN=fleet", Ecdsa, hash);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }

    /// <summary>As a device does it: with the public key, over the whole file.</summary>
    public bool Verifies(string kind, byte[] content, string signature, HashAlgorithmName hash)
    {
        var bytes = Convert.FromBase64String(signature);
        if (kind == "RSA")
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(Rsa.ExportSubjectPublicKeyInfo(), out _);
            return rsa.VerifyData(content, bytes, hash, RSASignaturePadding.Pkcs1);
        }
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(Ecdsa.ExportSubjectPublicKeyInfo(), out _);
        return ecdsa.VerifyData(content, bytes, hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    public void Dispose()
    {
        Rsa.Dispose();
        Ecdsa.Dispose();
    }
}
