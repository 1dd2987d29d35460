using System.Buffers.Text;
using System.Security.Cryptography;

namespace IoTJobsToolkit.Wire.Credentials;

/// <summary>Random ids and secrets in the lengths that AWS uses.</summary>
public static class RandomText
{
    private const string KeyCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>No two that look alike.</summary>
    private const string PasswordCharacters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <param name="prefix">Four letters that tell whose key it is.</param>
    public static string AccessKeyId(string prefix = "IOTJ") => prefix + RandomNumberGenerator.GetString(KeyCharacters, 16);

    /// <summary>240 bits, as 40 characters of base64.</summary>
    public static string SecretAccessKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(30));

    /// <summary>100 bits, in groups that can be read aloud.</summary>
    public static string Password() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(PasswordCharacters, 5)));

    internal static string Id() => RandomNumberGenerator.GetString(KeyCharacters, 16);

    internal static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
