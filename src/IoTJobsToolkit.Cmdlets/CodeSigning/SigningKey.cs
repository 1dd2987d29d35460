using System.Management.Automation;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IoTJobsToolkit.Cmdlets.CodeSigning;

/// <summary>A private key, RSA or ECDSA, and what it signs with.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;

    public SigningKey(RSA rsa) => _rsa = rsa;

    public SigningKey(ECDsa ecdsa) => _ecdsa = ecdsa;

    /// <exception cref="SigningException">The certificate has no private key, or one of another kind.</exception>
    public static SigningKey Of(X509Certificate2 certificate)
    {
        if (!certificate.HasPrivateKey)
        {
            throw NoPrivateKey(certificate.Subject);
        }
        try
        {
            if (certificate.GetRSAPrivateKey() is { } rsa)
            {
                return new(rsa);
            }
            return certificate.GetECDsaPrivateKey() is { } ecdsa
                ? new(ecdsa)
                : throw NotSupported(certificate.Subject, "the key");
        }
        catch (CryptographicException refused)
        {
            throw new SigningException(
                "PrivateKeyNotReadable", ErrorCategory.ReadError, certificate.Subject, $"The private key of the certificate {certificate.Subject} cannot be used: {refused.Message}",
                "Check who may use the key in the certificate store, or give the key as a file.", refused);
        }
    }

    /// <summary>As AWS's code signing names it, such as <c>SHA256withECDSA</c>.</summary>
    public string AlgorithmName(HashAlgorithmName hash) => $"{hash.Name}with{(_rsa is null ? "ECDSA" : "RSA")}";

    /// <summary>RSA: PKCS#1 v1.5. ECDSA: the two numbers as a DER sequence, which is what devices' crypto libraries read.</summary>
    public byte[] Sign(byte[] digest, HashAlgorithmName hash)
    {
        try
        {
            return _rsa?.SignHash(digest, hash, RSASignaturePadding.Pkcs1)
                ?? _ecdsa!.SignHash(digest, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException refused)
        {
            throw new SigningException(
                "NotSigned", ErrorCategory.InvalidOperation, AlgorithmName(hash), $"The key does not sign with {AlgorithmName(hash)}: {refused.Message}",
                "Give another -HashAlgorithm or another key.", refused);
        }
    }

    /// <summary>SubjectPublicKeyInfo, to see which certificate belongs to the key.</summary>
    public byte[] PublicKey() => ((AsymmetricAlgorithm?)_rsa ?? _ecdsa!).ExportSubjectPublicKeyInfo();

    public void Dispose()
    {
        _rsa?.Dispose();
        _ecdsa?.Dispose();
    }

    public static SigningException NoPrivateKey(string where) => new(
        "NoPrivateKey", ErrorCategory.InvalidArgument, where, $"There is no private key in {where}.",
        "Give the file that holds the private key, or a certificate with its key.");

    public static SigningException NotSupported(string where, string what) => new(
        "KeyTypeNotSupported", ErrorCategory.NotImplemented, where, $"In {where}, {what} is neither RSA nor ECDSA.",
        "Make an ECDSA key with: openssl ecparam -name prime256v1 -genkey -noout");
}
