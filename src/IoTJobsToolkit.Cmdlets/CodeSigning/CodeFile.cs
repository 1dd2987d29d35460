using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Cmdlets.CodeSigning;

/// <summary>The file that a <c>${aws:iot:code-sign-signature:s3://REGION.BUCKET/KEY@VERSION}</c> names (jobs-reference 11).</summary>
/// <param name="Version">Null where the placeholder names none.</param>
internal sealed partial record CodeFile(string Region, string Bucket, string Key, string? Version)
{
    /// <summary>As AWS's presign placeholder wants it: pinned to the version that was signed.</summary>
    public string DownloadPlaceholder =>
        $"${{aws:iot:s3-presigned-url-v2:https://s3.{Region}.amazonaws.com{(Region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "")}/{Bucket}/"
        + string.Join('/', Key.Split('/').Select(Uri.EscapeDataString))
        + (Version is null ? "" : $"%3FversionId%3D{Uri.EscapeDataString(Version)}") + "}";

    public override string ToString() => $"s3://{Region}.{Bucket}/{Key}{(Version is null ? "" : "@" + Version)}";

    public static CodeFile? Parse(string url) => Form().Match(url) is { Success: true } match
        ? new(match.Groups["region"].Value, match.Groups["bucket"].Value, match.Groups["key"].Value, match.Groups["version"] is { Success: true } version ? version.Value : null)
        : null;

    [GeneratedRegex(@"^s3://(?<region>[a-z]{2,}(?:-[a-z]+)+-[0-9]+)\.(?<bucket>[A-Za-z0-9][A-Za-z0-9._-]*)/(?!@[^@/]*\z)(?<key>[^{}]+?)(?:@(?<version>[^@/{}]+))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
