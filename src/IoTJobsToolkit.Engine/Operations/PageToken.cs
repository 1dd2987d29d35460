using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations;

/// <summary>
/// Where a list goes on: the sort key of the last item, so that pages neither skip nor repeat what does not change (http-api 7).
/// A token fits one operation with one set of filters, and says so by a checksum.
/// </summary>
internal static class PageToken
{
    /// <param name="list">The operation with its filters.</param>
    public static string Write(string list, params string[] key)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(key);
        return Base64Url.EncodeToString([.. Sum(list, text), .. text]);
    }

    /// <summary>The key in the token; null without a token.</summary>
    public static string[]? Read(string list, string? token, int parts)
    {
        if (token is null)
        {
            return null;
        }
        if (Base64Url.IsValid(token))
        {
            var bytes = Base64Url.DecodeFromChars(token);
            if (bytes.Length > 8 && bytes.AsSpan(0, 8).SequenceEqual(Sum(list, bytes.AsSpan(8))) &&
                JsonSerializer.Deserialize<string[]>(bytes.AsSpan(8)) is { } key && key.Length == parts)
            {
                return key;
            }
        }
        throw Check.Failed("nextToken", token, "Member must be a token which this operation returned for the same filters");
    }

    private static byte[] Sum(string list, ReadOnlySpan<byte> key)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(list));
        hash.AppendData([0]);
        hash.AppendData(key);
        return hash.GetHashAndReset()[..8];
    }
}
