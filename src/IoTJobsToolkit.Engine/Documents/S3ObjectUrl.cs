using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Engine.Documents;

/// <summary>How the URL of a placeholder or of a documentSource is written (jobs-reference 10.2, 10.3).</summary>
public enum S3UrlForm
{
    /// <summary>Not encoded, no version id: <c>s3-presigned-url</c>, <c>s3-presigned-url-v1</c>.</summary>
    Plain,

    /// <summary>Percent-encoded, version as <c>%3FversionId%3DVERSION</c> at the end: <c>s3-presigned-url-v2</c>.</summary>
    Encoded,

    /// <summary>Not encoded; bucket and key may be missing: <c>s3-presigned-url-upload</c>.</summary>
    Upload,

    /// <summary>Percent-encoded as a browser shows it, version as <c>?versionId=VERSION</c>: documentSource.</summary>
    Source,
}

/// <summary>Reads the URL styles of S3: path style and virtual hosted style, https only (jobs-reference 10.4).</summary>
public static partial class S3ObjectUrl
{
    private const string EncodedVersion = "%3FversionId%3D";

    /// <summary>What a refused URL is told to look like.</summary>
    internal const string Expected =
        "an https URL of an S3 object such as https://s3.REGION.amazonaws.com/BUCKET/KEY or https://BUCKET.s3.REGION.amazonaws.com/KEY";

    /// <summary>Whether <paramref name="url"/> names an S3 object, and which.</summary>
    public static bool TryParse(string url, S3UrlForm form, [NotNullWhen(true)] out S3Location? location)
    {
        location = null;
        if (Split(url) is not { } parts)
        {
            return false;
        }

        location = form switch
        {
            S3UrlForm.Upload => parts,
            S3UrlForm.Encoded => DecodeVersioned(parts),
            S3UrlForm.Source => DecodeObjectUrl(parts),
            _ => MentionsVersion(parts.Key) ? null : parts,
        };

        if (location is { } read && !IsComplete(read, form))
        {
            location = null;
        }

        return location is not null;
    }

    /// <summary>Host, region, bucket and the rest as written, without a look at what they hold; null where the host is not S3's.</summary>
    internal static S3Location? Split(string url)
    {
        var match = Url().Match(url);
        if (!match.Success)
        {
            return null;
        }

#pragma warning disable CA1308 // Host names are compared and sent in lower case.
        var host = match.Groups["host"].Value.ToLowerInvariant();
        var region = match.Groups["region"].Value.ToLowerInvariant();
#pragma warning restore CA1308
        var path = match.Groups["path"].Value;
        var (bucket, key) = match.Groups["bucket"] is { Success: true } hosted ? (hosted.Value, path) : SplitPath(path);

        return new S3Location(host, bucket, key, region.Length > 0 ? region : GlobalRegion(host));
    }

    // The global host of China is outside the default partition: it has a region of its own.
    private static string? GlobalRegion(string host) => host.EndsWith(".cn", StringComparison.Ordinal) ? "cn-north-1" : null;

    private static (string Bucket, string Key) SplitPath(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (path, "") : (path[..slash], path[(slash + 1)..]);
    }

    private static bool IsComplete(S3Location location, S3UrlForm form) =>
        form == S3UrlForm.Upload
            ? BucketName().IsMatch(location.Bucket) || (location.Bucket.Length == 0 && location.Key.Length == 0)
            : BucketName().IsMatch(location.Bucket) && location.Key.Length > 0;

    // In a plain URL it would become a part of the key, and the device would be sent to an object that does not exist.
    private static bool MentionsVersion(string key) =>
        key.Contains(EncodedVersion, StringComparison.OrdinalIgnoreCase) || key.Contains("?versionId=", StringComparison.OrdinalIgnoreCase);

    private static S3Location? DecodeVersioned(S3Location parts)
    {
        if (parts.Key.Contains('?', StringComparison.Ordinal))
        {
            return null;
        }

        var mark = parts.Key.LastIndexOf(EncodedVersion, StringComparison.OrdinalIgnoreCase);
        return mark < 0
            ? parts with { Key = Uri.UnescapeDataString(parts.Key) }
            : Versioned(parts, parts.Key[..mark], parts.Key[(mark + EncodedVersion.Length)..]);
    }

    private static S3Location? DecodeObjectUrl(S3Location parts)
    {
        var mark = parts.Key.IndexOf('?', StringComparison.Ordinal);
        if (mark < 0)
        {
            return parts with { Key = Uri.UnescapeDataString(parts.Key) };
        }

        const string version = "?versionId=";
        var query = parts.Key[mark..];
        return query.StartsWith(version, StringComparison.Ordinal)
            ? Versioned(parts, parts.Key[..mark], query[version.Length..])
            : null;
    }

    private static S3Location? Versioned(S3Location parts, string key, string version) => version.Length == 0
        ? null
        : parts with { Key = Uri.UnescapeDataString(key), VersionId = Uri.UnescapeDataString(version) };

    [GeneratedRegex(
        @"^https://(?:(?<bucket>[^/]+?)\.)?(?<host>s3(?:(?:\.dualstack\.|\.|-)(?<region>[a-z]{2,}(?:-[a-z]+)+-[0-9]+))?\.amazonaws\.com(?:\.cn)?)(?:/(?<path>.*))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Url();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex BucketName();
}
