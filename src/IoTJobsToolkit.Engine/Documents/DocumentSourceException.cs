namespace IoTJobsToolkit.Engine.Documents;

/// <summary>Why the text behind a documentSource cannot be had.</summary>
public enum DocumentSourceRefusal
{
    NotFound,
    AccessDenied,
    TooLarge,
    NotJson,
    NoObjectStore,
    Unreachable,
}

/// <summary>The text behind a documentSource cannot be had; the message says what to do (jobs-reference 10.1, 10.2).</summary>
public sealed class DocumentSourceException : Exception
{
    public DocumentSourceException()
    {
    }

    public DocumentSourceException(string message)
        : base(message)
    {
    }

    public DocumentSourceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    private DocumentSourceException(DocumentSourceRefusal refusal, string message, Exception? cause = null)
        : base(message, cause) => Refusal = refusal;

    public DocumentSourceRefusal Refusal { get; }

    public static DocumentSourceException NotFound(S3Location location, Exception? cause = null) => new(
        DocumentSourceRefusal.NotFound,
        $"documentSource {location} does not exist: upload the document first, or correct bucket, key and version.",
        cause);

    public static DocumentSourceException AccessDenied(S3Location location, Exception? cause = null) => new(
        DocumentSourceRefusal.AccessDenied,
        $"documentSource {location} may not be read: allow s3:GetObject on it for the server's own credentials "
        + "(S3:AccessKeyId, S3:SecretAccessKey), or correct them.",
        cause);

    public static DocumentSourceException TooLarge(S3Location location) => new(
        DocumentSourceRefusal.TooLarge,
        $"documentSource {location} is larger than {JobDocument.MaxLength} bytes: "
        + "keep the job document short and let the device download the rest through a presigned URL placeholder.");

    public static DocumentSourceException NotJson(S3Location location, string reason) => new(
        DocumentSourceRefusal.NotJson,
        $"documentSource {location} is not UTF-8 JSON ({reason}): save it as UTF-8 and check it with a JSON parser.");

    public static DocumentSourceException NoObjectStore(S3Location location) => new(
        DocumentSourceRefusal.NoObjectStore,
        $"documentSource {location} cannot be read, because no object store is set up: add the settings S3:AccessKeyId and "
        + "S3:SecretAccessKey, and S3:Endpoint for an object store of your own, or send the text as document.");

    public static DocumentSourceException Unreachable(S3Location location, string endpoint, Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return new(
            DocumentSourceRefusal.Unreachable,
            $"documentSource {location} cannot be read from {endpoint} ({cause.Message}): check S3:Endpoint and the object store, then try again.",
            cause);
    }
}
