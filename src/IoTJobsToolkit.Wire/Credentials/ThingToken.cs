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
    private const string Scheme = "Bearer ";
    private const int Longest = 512;
    private const int LongestThingName = 128;

    public static (ThingToken Token, string Text) New(string thingName)
    {
        var (id, secret) = (RandomText.Id(), RandomText.Secret());
        return (new(thingName, id, Hash(secret)), $"{Mark}.{thingName}.{id}.{secret}");
    }

    /// <summary>Whether an Authorization header brings a bearer token, of whatever kind.</summary>
    public static bool IsBearer(string? authorization, out string text)
    {
        var isBearer = authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) is true;
        text = isBearer ? authorization![Scheme.Length..].Trim(' ') : "";
        return isBearer;
    }

    /// <summary>Whether a text sets out to be a token of a thing.</summary>
    public static bool IsMarked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Mark + ".", StringComparison.Ordinal);
    }

    /// <summary>Null where the text is no token at all.</summary>
    public static ThingToken? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= Longest && text.Split('.') is [Mark, var thing, var id, var secret]
            && thing.Length <= LongestThingName && IsPart(thing, ':') && IsPart(id) && IsPart(secret)
            ? new(thing, id, Hash(secret))
            : null;
    }

    /// <summary>In the same time whether and wherever they differ.</summary>
    public bool Matches(string? secretHash) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(SecretHash), Encoding.ASCII.GetBytes(secretHash ?? ""));

    private static bool IsPart(string text, char also = '-') =>
        text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' || character == also);

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
