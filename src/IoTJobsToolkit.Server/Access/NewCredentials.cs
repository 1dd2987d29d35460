using System.Security.Cryptography;

namespace IoTJobsToolkit.Server.Access;

/// <summary>Random credentials in the lengths that AWS uses.</summary>
internal static class NewCredentials
{
    private const string KeyCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>No two that look alike.</summary>
    private const string PasswordCharacters = "abcdefghijkmnpqrstuvwxyz23456789";

    public static string AccessKeyId(string prefix = "IOTJ") => prefix + RandomNumberGenerator.GetString(KeyCharacters, 16);

    public static string Secret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(30));

    /// <summary>100 bits, in groups that can be read aloud.</summary>
    public static string Password() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(PasswordCharacters, 5)));
}
