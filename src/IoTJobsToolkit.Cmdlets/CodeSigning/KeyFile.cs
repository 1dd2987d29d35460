using System.Management.Automation;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace IoTJobsToolkit.Cmdlets.CodeSigning;

/// <summary>
/// A file with a private key: PEM (PKCS#8, encrypted or not, PKCS#1, SEC1; certificates may stand beside the key) or PFX.
/// </summary>
internal static class KeyFile
{
    private const int MaxLength = 1024 * 1024;
    private const int InvalidPassword = unchecked((int)0x80070056);
    private const string RsaOid = "1.2.840.113549.1.1.1";
    private const string EllipticCurveOid = "1.2.840.10045.2.1";

    /// <exception cref="SigningException">The file holds no key that signs here, or the passphrase does not open it.</exception>
    public static SigningKey Read(string path, Passphrase passphrase, CancellationToken cancellationToken)
    {
        var content = Interruptible.Run(() => ReadAll(path), cancellationToken);
        try
        {
            return content.AsSpan().IndexOf("-----BEGIN "u8) >= 0 ? ReadPem(path, content, passphrase) : ReadPfx(path, content, passphrase);
        }
        catch (CryptographicException unreadable)
        {
            throw NotReadable(path, unreadable.Message, unreadable);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static byte[] ReadAll(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return Directory.Exists(path) ? throw NotReadable(path, "it is a folder") : file.Length <= MaxLength ? File.ReadAllBytes(path) : throw NotReadable(path, "it is far too large for a key");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NotFound(path, missing);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw NotReadable(path, refused.Message, refused);
        }
    }

    private static SigningKey ReadPem(string path, byte[] content, Passphrase passphrase)
    {
        var text = Encoding.UTF8.GetChars(content);
        try
        {
            if (text.AsSpan().Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
            {
                throw new SigningException(
                    "KeyFormatNotSupported", ErrorCategory.NotImplemented, path, $"The key in {path} is encrypted in OpenSSL's old way.",
                    "Convert it with: openssl pkcs8 -topk8 -in OLD.pem -out NEW.pem");
            }
            SigningKey? key = null;
            var certificates = new List<X509Certificate2>();
            try
            {
                for (var rest = text.AsSpan(); PemEncoding.TryFind(rest, out var block); rest = rest[block.Location.End..])
                {
                    var label = rest[block.Label];
                    if (label is "CERTIFICATE")
                    {
                        certificates.Add(X509CertificateLoader.LoadCertificate(Decode(rest, block)));
                    }
                    else if (key is null && label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
                    {
                        var der = Decode(rest, block);
                        try
                        {
                            key = ReadKey(path, label, der, passphrase);
                        }
                        finally
                        {
                            CryptographicOperations.ZeroMemory(der);
                        }
                    }
                }
                RequireOneOf(path, certificates, key ?? throw SigningKey.NoPrivateKey(path));
                return key;
            }
            catch
            {
                key?.Dispose();
                throw;
            }
            finally
            {
                certificates.ForEach(certificate => certificate.Dispose());
            }
        }
        finally
        {
            Array.Clear(text);
        }
    }

    private static byte[] Decode(ReadOnlySpan<char> text, PemFields block)
    {
        var der = GC.AllocateUninitializedArray<byte>(block.DecodedDataLength, pinned: true);
        return Convert.TryFromBase64Chars(text[block.Base64Data], der, out _) ? der : throw new CryptographicException("its base64 is damaged");
    }

    private static SigningKey ReadKey(string path, ReadOnlySpan<char> label, byte[] der, Passphrase passphrase)
    {
        switch (label)
        {
            case "PRIVATE KEY":
                return ReadPkcs8(path, Pkcs8PrivateKeyInfo.Decode(der, out _), der);
            case "ENCRYPTED PRIVATE KEY":
                var info = Decrypt(path, der, passphrase);
                var plain = info.Encode();
                try
                {
                    return ReadPkcs8(path, info, plain);
                }
                finally
                {
                    CryptographicOperations.ZeroMemory(plain);
                }
            case "RSA PRIVATE KEY":
                return Rsa(rsa => rsa.ImportRSAPrivateKey(der, out _));
            case "EC PRIVATE KEY":
                return Ecdsa(ecdsa => ecdsa.ImportECPrivateKey(der, out _));
            default:
                throw SigningKey.NotSupported(path, $"the {label}");
        }
    }

    private static SigningKey ReadPkcs8(string path, Pkcs8PrivateKeyInfo info, byte[] der) => info.AlgorithmId.Value switch
    {
        RsaOid => Rsa(rsa => rsa.ImportPkcs8PrivateKey(der, out _)),
        EllipticCurveOid => Ecdsa(ecdsa => ecdsa.ImportPkcs8PrivateKey(der, out _)),
        var other => throw SigningKey.NotSupported(path, $"the key (algorithm {other})"),
    };

    private static Pkcs8PrivateKeyInfo Decrypt(string path, byte[] der, Passphrase passphrase)
    {
        RequirePassphrase(path, passphrase);
        try
        {
            return Pkcs8PrivateKeyInfo.DecryptAndDecode(passphrase.Characters, der, out _);
        }
        catch (CryptographicException refused)
        {
            throw PassphraseWrong(path, refused);
        }
    }

    private static SigningKey ReadPfx(string path, byte[] content, Passphrase passphrase)
    {
        // Keys that are never stored; macOS has no such thing, and takes them back when the certificate is disposed.
        var storage = OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;
        try
        {
            using var certificate = X509CertificateLoader.LoadPkcs12(content, passphrase.Characters, storage);
            return certificate.HasPrivateKey ? SigningKey.Of(certificate) : throw SigningKey.NoPrivateKey(path);
        }
        catch (CryptographicException refused) when (refused.HResult == InvalidPassword)
        {
            RequirePassphrase(path, passphrase);
            throw PassphraseWrong(path, refused);
        }
    }

    private static SigningKey Rsa(Action<RSA> import)
    {
        var rsa = RSA.Create();
        try
        {
            import(rsa);
            return new(rsa);
        }
        catch
        {
            rsa.Dispose();
            throw;
        }
    }

    private static SigningKey Ecdsa(Action<ECDsa> import)
    {
        var ecdsa = ECDsa.Create();
        try
        {
            import(ecdsa);
            return new(ecdsa);
        }
        catch
        {
            ecdsa.Dispose();
            throw;
        }
    }

    /// <summary>Devices would be given the certificate of another key, and refuse every file.</summary>
    private static void RequireOneOf(string path, List<X509Certificate2> certificates, SigningKey key)
    {
        var own = key.PublicKey();
        if (certificates.Count > 0 && !certificates.Exists(certificate => certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(own)))
        {
            throw new SigningException(
                "CertificateOfAnotherKey", ErrorCategory.InvalidData, path, $"No certificate in {path} belongs to the private key in it.",
                "Put the key and its own certificate into one file, or leave the certificate out.");
        }
    }

    private static void RequirePassphrase(string path, Passphrase passphrase)
    {
        if (!passphrase.IsGiven)
        {
            throw new SigningException(
                "PassphraseRequired", ErrorCategory.AuthenticationError, path, $"The key in {path} is encrypted.",
                "Give its passphrase: -Passphrase (Read-Host -AsSecureString).");
        }
    }

    private static SigningException PassphraseWrong(string path, Exception cause) => new(
        "PassphraseWrong", ErrorCategory.AuthenticationError, path, $"The passphrase does not open the key in {path}.", "Give the right -Passphrase.", cause);

    public static SigningException NotFound(string path, Exception? cause) => new(
        "PrivateKeyNotFound", ErrorCategory.ObjectNotFound, path, $"There is no file {path} with a private key.", "Check -PrivateKeyPath.", cause);

    private static SigningException NotReadable(string path, string why, Exception? cause = null) => new(
        "PrivateKeyNotReadable", ErrorCategory.ReadError, path, $"No private key can be read from {path}: {why}",
        "Give a PEM or PFX file with an RSA or ECDSA key.", cause);
}
