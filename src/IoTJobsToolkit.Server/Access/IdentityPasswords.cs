using IoTJobsToolkit.Engine.Access;
using Microsoft.AspNetCore.Identity;

namespace IoTJobsToolkit.Server.Access;

/// <summary>Passwords as ASP.NET Core Identity hashes them.</summary>
internal sealed class IdentityPasswords : IPasswords
{
    private static readonly object User = new();
    private readonly PasswordHasher<object> _hasher = new();

    public string Hash(string password) => _hasher.HashPassword(User, password);

    public bool Matches(string hash, string password)
    {
        try
        {
            return _hasher.VerifyHashedPassword(User, hash, password) != PasswordVerificationResult.Failed;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
