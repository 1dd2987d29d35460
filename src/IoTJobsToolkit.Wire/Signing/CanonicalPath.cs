using System.Buffers;
using System.Text;

namespace IoTJobsToolkit.Wire.Signing;

/// <summary>
/// The path of a canonical request for every service but S3: dot segments and empty segments resolved, and what is already
/// percent-encoded encoded once more.
/// </summary>
internal static class CanonicalPath
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static readonly SearchValues<char> Safe = SearchValues.Create(Unreserved + "/");

    public static void Write(Utf8Text text, string rawPath)
    {
        var path = Normalize(rawPath).AsSpan();
        while (!path.IsEmpty)
        {
            var safe = path.IndexOfAnyExcept(Safe);
            if (safe < 0)
            {
                text.Append(path);
                return;
            }

            text.Append(path[..safe]);
            Rune.DecodeFromUtf16(path[safe..], out var rune, out var consumed);
            text.AppendEscaped(rune);
            path = path[(safe + consumed)..];
        }
    }

    /// <summary>As the AWS SDKs do it: <c>/a//./b/../c/</c> is <c>/a/c/</c>, and <c>/a/..</c> is <c>/</c>.</summary>
    internal static string Normalize(string rawPath)
    {
        if (!NeedsNormalizing(rawPath))
        {
            return rawPath;
        }

        var segments = new List<string>();
        foreach (var segment in rawPath.Split('/'))
        {
            if (segment is not ("" or "." or ".."))
            {
                segments.Add(segment);
            }
            else if (segment is ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
        }

        var closing = segments.Count > 0 && rawPath.EndsWith('/') ? "/" : "";
        return $"/{string.Join('/', segments)}{closing}";
    }

    private static bool NeedsNormalizing(string path) =>
        !path.StartsWith('/')
        || path.Contains("//", StringComparison.Ordinal)
        || path.Contains("/.", StringComparison.Ordinal);
}
