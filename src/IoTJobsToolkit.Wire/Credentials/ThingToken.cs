using System.Security.Cryptography;
using System.Text;

namespace IoTJobsToolkit.Wire.Credentials;

/// <summary>
/// A device's token, <c>iotj.THING.ID.SECRET</c>: it says itself what it is for, and points hold its parts apart because no thing's name has one.
/// The server keeps the hash of its secret; the secret is random, so a plain hash cannot be guessed back.
/// </summary>
public sealed record ThingToken(string ThingName, string TokenId, string SecretHash)
{
    private const string Mark = "iotj";
    private const int Longest = 512;

    public static (ThingToken Token, string Text) New(string thingName)
    {
        var (id, secret) = (RandomText.Id(), RandomText.Secret());
        return (new(thingName, id, Hash(secret)), $"{Mark}.{thingName}.{id}.{secret}");
    }

    /// <summary>Null where the text is no token at all.</summary>
    public static ThingToken? Read(string text) =>
        text.Length <= Longest && text.Split('.') is [Mark, { Length: > 0 } thing, { Length: > 0 } id, { Length: > 0 } secret]
            ? new(thing, id, Hash(secret))
            : null;

    /// <summary>In the same time whether and wherever they differ.</summary>
    public bool Matches(string? secretHash) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(SecretHash), Encoding.ASCII.GetBytes(secretHash ?? ""));

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
