using System.Text;
using System.Text.Json;

namespace IoTJobsToolkit.Engine.Documents;

/// <summary>The rules of a job document: what is refused when a job is created, and what a device gets (jobs-reference 10).</summary>
public static class JobDocument
{
    /// <summary>UTF-16 units of an inline document, bytes of a fetched one, before placeholders are replaced (jobs-reference 10.1).</summary>
    public const int MaxLength = 32768;

    internal const string UploadBucketAdvice =
        "write it as https://s3.REGION.amazonaws.com/BUCKET/KEY, or set S3:UploadBucket on the server";

    // Deeper than any sensible document; the parser's own limit of 64 is below what the service takes.
    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = 1024 };

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// What CreateJob and CreateJobTemplate refuse a document for, as a sentence for InvalidRequestException; null where it is in order
    /// (jobs-reference 10.1, 10.3).
    /// </summary>
    /// <param name="text">The document as given or fetched.</param>
    /// <param name="roleArn">presignedUrlConfig.roleArn; null or empty where there is none.</param>
    /// <param name="settings">The server's region and upload bucket.</param>
    public static string? Check(string text, string? roleArn, DocumentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return CheckLength(text) ?? CheckJson(text) ?? CheckPlaceholders(text, roleArn, settings);
    }

    /// <summary>Whether a device needs presigned URLs for it, so that presignedUrlConfig.roleArn is required (also by UpdateJob).</summary>
    public static bool NeedsRole(string text) =>
        DocumentPlaceholders.MayBeIn(text) && DocumentPlaceholders.Parse(text).Placeholders.Any(placeholder => placeholder.IsPresigned);

    /// <summary>What is wrong with a documentSource URL, null where nothing is; then <paramref name="location"/> is set (jobs-reference 10.2).</summary>
    public static string? CheckSource(string documentSource, out S3Location? location) =>
        S3ObjectUrl.TryParse(documentSource, S3UrlForm.Source, out location)
            ? null
            : $"documentSource {documentSource} is not {S3ObjectUrl.Expected}";

    /// <summary>The text of a fetched object; a byte order mark is dropped (jobs-reference 10.1).</summary>
    /// <exception cref="DocumentSourceException">Too large, not UTF-8 or not JSON.</exception>
    public static string Decode(S3Location location, ReadOnlySpan<byte> content)
    {
        if (content.Length > MaxLength)
        {
            throw DocumentSourceException.TooLarge(location);
        }

        try
        {
            var text = StrictUtf8.GetString(content).TrimStart('\uFEFF');
            return CheckJson(text) is { } problem ? throw DocumentSourceException.NotJson(location, problem) : text;
        }
        catch (DecoderFallbackException invalid)
        {
            throw DocumentSourceException.NotJson(location, $"byte {invalid.Index} is not valid UTF-8");
        }
    }

    /// <summary>
    /// The text that a device gets: presign placeholders replaced by fresh URLs, everything else as stored. The same instance where there is
    /// nothing to replace (jobs-reference 10.3, 10.5, 10.6).
    /// </summary>
    /// <exception cref="PresignException">A URL cannot be made with the job's role and the server's settings.</exception>
    public static string Deliver(string text, DeliveryContext context, IPresigner presigner)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(presigner);
        return DocumentPlaceholders.Replace(text, placeholder => Presign(placeholder, context, presigner));
    }

    private static string? Presign(Placeholder placeholder, DeliveryContext context, IPresigner presigner)
    {
        if (!placeholder.IsPresigned || placeholder.WrapsAnother
            || !S3ObjectUrl.TryParse(placeholder.Argument, FormOf(placeholder), out var location))
        {
            return null;
        }

        if (string.IsNullOrEmpty(context.RoleArn))
        {
            throw PresignException.NoRole(placeholder);
        }

        var method = PresignMethod.Get;
        if (placeholder.Kind == PlaceholderKind.PresignedUpload)
        {
            method = PresignMethod.Put;
            location = location with
            {
                Bucket = location.Bucket.Length > 0
                    ? location.Bucket
                    : context.UploadBucket ?? throw PresignException.NoUploadBucket(placeholder),
                Key = UploadKey.Fill(location.Key, context),
            };
        }

        return presigner.Presign(new PresignRequest(location, method, context.Now, context.ExpiresInSec, context.RoleArn));
    }

    private static string? CheckLength(string text) => text.Length > MaxLength
        ? $"document has {text.Length} characters: at most {MaxLength} are allowed"
        : null;

    private static string? CheckJson(string text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text, Parsing);
            return null;
        }
        catch (JsonException invalid)
        {
            return $"document is not valid JSON: {invalid.Message}";
        }
        catch (ArgumentException)
        {
            return "document is not valid JSON: it holds half a surrogate pair";
        }
    }

    private static string? CheckPlaceholders(string text, string? roleArn, DocumentSettings settings)
    {
        if (!DocumentPlaceholders.MayBeIn(text))
        {
            return null;
        }

        var (placeholders, unterminatedAt) = DocumentPlaceholders.Parse(text);
        return unterminatedAt is { } start
            ? $"document holds a placeholder without its closing brace: {text.Substring(start, Math.Min(80, text.Length - start))}"
            : placeholders.Select(placeholder => CheckPlaceholder(placeholder, roleArn, settings)).FirstOrDefault(problem => problem is not null);
    }

    private static string? CheckPlaceholder(Placeholder placeholder, string? roleArn, DocumentSettings settings)
    {
        if (!placeholder.IsPresigned)
        {
            return null;
        }

        if (string.IsNullOrEmpty(roleArn))
        {
            return $"presignedUrlConfig.roleArn is required: the document holds {placeholder}";
        }

        if (placeholder.WrapsAnother)
        {
            return null;
        }

        return placeholder.Kind == PlaceholderKind.PresignedUpload
            ? CheckUpload(placeholder, settings)
            : CheckDownload(placeholder);
    }

    private static string? CheckDownload(Placeholder placeholder)
    {
        if (UploadKey.FirstIn(placeholder.Argument) is { } local)
        {
            return $"{local} in {placeholder} is allowed in the key of an s3-presigned-url-upload placeholder only";
        }

        if (placeholder.Argument.Contains("${", StringComparison.Ordinal))
        {
            return $"{placeholder} holds another placeholder, which is not allowed there";
        }

        return S3ObjectUrl.TryParse(placeholder.Argument, FormOf(placeholder), out _)
            ? null
            : $"the URL of {placeholder} is not {S3ObjectUrl.Expected}{VersionAdvice(placeholder)}";
    }

    private static string VersionAdvice(Placeholder placeholder) =>
        placeholder.Argument.Contains("versionId", StringComparison.OrdinalIgnoreCase)
            ? "; a version id is written as %3FversionId%3DVERSION at the end of an s3-presigned-url-v2 placeholder"
            : "";

    private static string? CheckUpload(Placeholder placeholder, DocumentSettings settings)
    {
        if (S3ObjectUrl.Split(placeholder.Argument)?.Bucket.Contains("${", StringComparison.Ordinal) == true)
        {
            return $"the bucket of {placeholder} may not hold a placeholder: local names belong into the key";
        }

        if (!S3ObjectUrl.TryParse(placeholder.Argument, S3UrlForm.Upload, out var location))
        {
            return $"the URL of {placeholder} is not {S3ObjectUrl.Expected}";
        }

        if (location.Region is { } region && region != settings.Region)
        {
            return $"the upload bucket of {placeholder} is in {region}: it has to be in the server's region {settings.Region}";
        }

        return location.Bucket.Length == 0 && string.IsNullOrEmpty(settings.UploadBucket)
            ? $"{placeholder} names no bucket: {UploadBucketAdvice}"
            : UploadKey.Check(location.Key, placeholder);
    }

    private static S3UrlForm FormOf(Placeholder placeholder) => placeholder.Kind switch
    {
        PlaceholderKind.PresignedUpload => S3UrlForm.Upload,
        PlaceholderKind.PresignedGetEncoded => S3UrlForm.Encoded,
        _ => S3UrlForm.Plain,
    };
}
