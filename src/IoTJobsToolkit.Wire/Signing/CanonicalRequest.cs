using System.Security.Cryptography;

namespace IoTJobsToolkit.Wire.Signing;

/// <summary>The text whose hash is signed, and the signature of it. Signer and verifier both come here.</summary>
internal static class CanonicalRequest
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private const int UsualSize = 1024;
    private const string WhiteSpace = " \t\r\n";

    /// <param name="signedHeaders">Lower-case names, sorted, with semicolons between them.</param>
    public static Utf8Text Write(SigV4Request request, ReadOnlySpan<char> signedHeaders)
    {
        var text = new Utf8Text(UsualSize);
        text.Append(request.Method);
        text.Append((byte)'\n');
        CanonicalPath.Write(text, request.RawPath);
        text.Append((byte)'\n');
        CanonicalQuery.Write(text, request.RawQuery);
        text.Append((byte)'\n');
        foreach (var range in signedHeaders.Split(';'))
        {
            WriteHeader(text, request, signedHeaders[range]);
        }

        text.Append((byte)'\n');
        text.Append(signedHeaders);
        text.Append((byte)'\n');
        text.Append(request.PayloadHash);
        return text;
    }

    public static Utf8Text StringToSign(ReadOnlySpan<byte> canonicalRequest, string timestamp, CredentialScope scope)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonicalRequest, hash);

        var text = new Utf8Text(UsualSize);
        text.Append(Algorithm);
        text.Append((byte)'\n');
        text.Append(timestamp);
        text.Append((byte)'\n');
        text.Append(scope.ToString());
        text.Append((byte)'\n');
        text.AppendHex(hash);
        return text;
    }

    /// <summary>The signature: <see cref="SHA256.HashSizeInBytes"/> bytes into <paramref name="signature"/>.</summary>
    public static void Sign(
        Utf8Text canonicalRequest, string timestamp, CredentialScope scope, byte[] signingKey, Span<byte> signature)
    {
        using var text = StringToSign(canonicalRequest.Written, timestamp, scope);
        HMACSHA256.HashData(signingKey, text.Written, signature);
    }

    private static void WriteHeader(Utf8Text text, SigV4Request request, ReadOnlySpan<char> name)
    {
        text.Append(name);
        text.Append((byte)':');
        var first = true;
        for (var i = 0; i < request.Headers.Count; i++)
        {
            var header = request.Headers[i];
            if (!name.Equals(header.Key, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!first)
            {
                text.Append((byte)',');
            }

            WriteFolded(text, header.Value);
            first = false;
        }

        text.Append((byte)'\n');
    }

    /// <summary>Trimmed, and every run of white space as one space.</summary>
    private static void WriteFolded(Utf8Text text, ReadOnlySpan<char> value)
    {
        value = value.Trim(WhiteSpace);
        while (!value.IsEmpty)
        {
            var space = value.IndexOfAny(WhiteSpace);
            if (space < 0)
            {
                text.Append(value);
                return;
            }

            text.Append(value[..space]);
            text.Append((byte)' ');
            value = value[space..].TrimStart(WhiteSpace);
        }
    }
}
