using System.Security.Cryptography;
using System.Text;
using IoTJobsToolkit.Wire.Rendezvous;

namespace IoTJobsToolkit.Wire.Credentials;

/// <summary>
/// The key beside a database with which secrets in it are encrypted: 32 random bytes, readable by their owner only. A copy of the database
/// without it gives no secret away.
/// </summary>
public sealed class SecretKeyFile
{
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key;

    private SecretKeyFile(string path, byte[] key) => (Path, _key) = (path, key);

    public string Path { get; }

    public static string PathFor(string databasePath) => System.IO.Path.ChangeExtension(System.IO.Path.GetFullPath(databasePath), ".secret-key");

    /// <summary>Reads the key, or makes it where there is none.</summary>
    /// <exception cref="IOException">The file cannot be read or written, or is none of ours; the message says what to do.</exception>
    public static SecretKeyFile OpenFor(string databasePath)
    {
        var path = PathFor(databasePath);
        try
        {
            if (!File.Exists(path))
            {
                OwnerOnlyFile.Write(path, RandomNumberGenerator.GetBytes(KeySize));
            }
            var key = File.ReadAllBytes(path);
            return key.Length == KeySize
                ? new(path, key)
                : throw new IOException($"The key file {path} is damaged: it has {key.Length} bytes instead of {KeySize}. Restore it from a backup.");
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"The key file {path} cannot be used: {exception.Message} Only its owner may read it.", exception);
        }
    }

    /// <param name="context">What the secret belongs to: it is readable for nothing else.</param>
    public string Protect(string secret, string context)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var whole = new byte[NonceSize + plain.Length + TagSize];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(
            whole.AsSpan(0, NonceSize), plain, whole.AsSpan(NonceSize..^TagSize), whole.AsSpan(^TagSize..), Encoding.UTF8.GetBytes(context));
        return Convert.ToBase64String(whole);
    }

    /// <summary>The secret; null where it was encrypted with another key, for something else, or was changed since.</summary>
    public string? Unprotect(string protectedSecret, string context)
    {
        try
        {
            var whole = Convert.FromBase64String(protectedSecret);
            var plain = new byte[whole.Length - NonceSize - TagSize];
            using var aes = new AesGcm(_key, TagSize);
            aes.Decrypt(
                whole.AsSpan(0, NonceSize), whole.AsSpan(NonceSize..^TagSize), whole.AsSpan(^TagSize..), plain, Encoding.UTF8.GetBytes(context));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or OverflowException)
        {
            return null;
        }
    }
}
