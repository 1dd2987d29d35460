namespace IoTJobsToolkit.Engine.Documents;

/// <summary>A presigned URL cannot be made; the message says which setting is missing.</summary>
public sealed class PresignException : Exception
{
    public PresignException()
    {
    }

    public PresignException(string message)
        : base(message)
    {
    }

    public PresignException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The role whose credentials have to be fetched before a URL can be signed; null where that would not help.</summary>
    public string? UnpreparedRole { get; private init; }

    public static PresignException Unprepared(string roleArn) =>
        new($"The role {roleArn} has not been assumed yet: try again.") { UnpreparedRole = roleArn };

    /// <param name="roleArn">The role that the job names.</param>
    /// <param name="nextIndex">The place of the setting to be added: how many roles are set.</param>
    public static PresignException UnknownRole(string roleArn, int nextIndex) => new(
        $"There are no credentials for the role {roleArn}: add the setting S3:Roles:{nextIndex}:Arn, and "
        + $"S3:Roles:{nextIndex}:AccessKeyId with S3:Roles:{nextIndex}:SecretAccessKey, or S3:Roles:{nextIndex}:Assume=true.");

    internal static PresignException NoRole(Placeholder placeholder) => new(
        $"The document holds {placeholder}, but the job has no presignedUrlConfig.roleArn: set it with UpdateJob.");

    internal static PresignException NoUploadBucket(Placeholder placeholder) => new(
        $"{placeholder} names no bucket: {JobDocument.UploadBucketAdvice}.");

    internal static PresignException NoObjectStore() => new(
        "URLs cannot be presigned, because no object store is set up: add the settings S3:Roles:0:Arn, "
        + "S3:Roles:0:AccessKeyId and S3:Roles:0:SecretAccessKey, and S3:Endpoint for an object store of your own.");
}
