namespace IoTJobsToolkit.Engine.Documents;

/// <summary>Which execution a document is delivered for, and with what its URLs are signed (jobs-reference 10.6, 10.7).</summary>
/// <param name="ThingName">Value of <c>${thingName}</c>.</param>
/// <param name="JobId">Value of <c>${jobId}</c>.</param>
/// <param name="ExecutionNumber">Value of <c>${executionNumber}</c>.</param>
/// <param name="Now">The instant of delivery: each delivery gets fresh URLs.</param>
public sealed record DeliveryContext(string ThingName, string JobId, long ExecutionNumber, DateTimeOffset Now)
{
    /// <summary>presignedUrlConfig.roleArn at this moment.</summary>
    public string? RoleArn { get; init; }

    /// <summary>presignedUrlConfig.expiresInSec at this moment, 60 to 3600.</summary>
    public int ExpiresInSec { get; init; } = 3600;

    /// <summary>As in <see cref="DocumentSettings.UploadBucket"/>.</summary>
    public string? UploadBucket { get; init; }
}
