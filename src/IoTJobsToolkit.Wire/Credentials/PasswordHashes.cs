using System.Buffers.Binary;
using System.Security.Cryptography;
using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Wire.Credentials;

/// <summary>
/// Hashes of passwords as ASP.NET Core Identity's hasher makes and reads them (its format 3: PBKDF2 with HMAC-SHA512), for programs that are no web server.
/// </summary>
public sealed class PasswordHashes : IPasswords
{
    private const byte Format = 1;
    private const uint Sha256 = 1;
    private const uint Sha512 = 2;
    private const int Iterations = 100_000;
    private const int SaltLength = 16;
    private const int KeyLength = 32;

    /// <summary>Format, function, iterations, length of the salt; then the salt and the key.</summary>
    private const int HeaderLength = 13;

    public string Hash(string password)
    {
        var hash = new byte[HeaderLength + SaltLength + KeyLength];
        hash[0] = Format;
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(1), Sha512);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(5), Iterations);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(9), SaltLength);
        var salt = hash.AsSpan(HeaderLength, SaltLength);
        RandomNumberGenerator.Fill(salt);
        Rfc2898DeriveBytes.Pbkdf2(password, salt, hash.AsSpan(HeaderLength + SaltLength), Iterations, HashAlgorithmName.SHA512);
        return Convert.ToBase64String(hash);
    }

    public bool Matches(string hash, string password)
    {
        ArgumentNullException.ThrowIfNull(hash);
        Span<byte> stored = new byte[hash.Length];
        if (!Convert.TryFromBase64String(hash, stored, out var length) || length <= HeaderLength || stored[0] != Format)
        {
            return false;
        }
        var function = BinaryPrimitives.ReadUInt32BigEndian(stored[1..]);
        var iterations = BinaryPrimitives.ReadUInt32BigEndian(stored[5..]);
        var saltLength = BinaryPrimitives.ReadUInt32BigEndian(stored[9..]);
        if (function is not (Sha256 or Sha512) || iterations is 0 or > 10_000_000 || saltLength is < SaltLength or > 1_024 || HeaderLength + (int)saltLength + SaltLength > length)
        {
            return false;
        }
        var salt = stored.Slice(HeaderLength, (int)saltLength);
        var expected = stored[(HeaderLength + (int)saltLength)..length];
        var key = new byte[expected.Length];
        Rfc2898DeriveBytes.Pbkdf2(password, salt, key, (int)iterations, function == Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
        return CryptographicOperations.FixedTimeEquals(key, expected);
    }
}
