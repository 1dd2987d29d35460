namespace IoTJobsToolkit.Engine.Documents;

/// <summary>An object as an S3 URL names it (jobs-reference 10.4).</summary>
/// <param name="Host">The S3 host without the bucket, for example <c>s3.dualstack.eu-west-1.amazonaws.com</c>.</param>
/// <param name="Bucket">Empty only for an upload whose bucket the server chooses.</param>
/// <param name="Key">Plain text, not percent-encoded. Empty only for an upload whose key the server makes.</param>
/// <param name="Region">Null for the global host: the configured default region, us-east-1 unless set otherwise.</param>
/// <param name="VersionId">Null for the newest version.</param>
public sealed record S3Location(string Host, string Bucket, string Key, string? Region = null, string? VersionId = null)
{
    public override string ToString() => VersionId is null ? $"s3://{Bucket}/{Key}" : $"s3://{Bucket}/{Key} (version {VersionId})";
}
