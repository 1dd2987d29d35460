using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace IoTJobsToolkit.Server.Access;

/// <summary>The portal's password, known by its hash.</summary>
public sealed class AdminPassword
{
    private static readonly PasswordHasher<object> Hasher = new();
    private static readonly object User = new();
    private readonly string _hash;

    internal AdminPassword(string hash) => _hash = hash;

    /// <summary>Another one after every change of the password: what was signed in with the old one no longer counts.</summary>
    public string Stamp => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(_hash)), 0, 16);

    public bool Matches(string password) => Matches(_hash, password);

    internal static string Hash(string password) => Hasher.HashPassword(User, password);

    internal static bool Matches(string hash, string password)
    {
        try
        {
            return Hasher.VerifyHashedPassword(User, hash, password) != PasswordVerificationResult.Failed;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
