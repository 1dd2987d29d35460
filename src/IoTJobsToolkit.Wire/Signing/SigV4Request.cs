using System.Security.Cryptography;

namespace IoTJobsToolkit.Wire.Signing;

/// <summary>What a signature covers of a request, exactly as it stands on the wire.</summary>
public sealed record SigV4Request
{
    /// <summary>The hash of an empty body.</summary>
    public const string EmptyPayloadHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public required string Method { get; init; }

    /// <summary>The path of the request line, still percent-encoded: <c>/things/a%3Ab/jobs</c>.</summary>
    public required string RawPath { get; init; }

    /// <summary>What follows the question mark, still percent-encoded; empty when there is none.</summary>
    public string RawQuery { get; init; } = "";

    /// <summary>Names in any case; a name that came several times stands here several times, in its order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>SHA-256 of the body in lower-case hex, see <see cref="HashPayload"/>.</summary>
    public string PayloadHash { get; init; } = EmptyPayloadHash;

    public static string HashPayload(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return EmptyPayloadHash;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return Convert.ToHexStringLower(hash);
    }

    internal bool Has(ReadOnlySpan<char> header) => Count(header) > 0;

    internal int Count(ReadOnlySpan<char> header)
    {
        var count = 0;
        for (var i = 0; i < Headers.Count; i++)
        {
            count += header.Equals(Headers[i].Key, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The first value of a header, or null where it is absent.</summary>
    internal string? Header(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < Headers.Count; i++)
        {
            if (name.Equals(Headers[i].Key, StringComparison.OrdinalIgnoreCase))
            {
                return Headers[i].Value;
            }
        }

        return null;
    }
}
