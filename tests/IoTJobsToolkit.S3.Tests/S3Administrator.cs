using Amazon.Runtime;
using Amazon.S3;

namespace IoTJobsToolkit.S3.Tests;

/// <summary>Whoever fills and reads the buckets beside the product: AWS's own client, as it comes.</summary>
internal static class S3Administrator
{
    public static AmazonS3Client Of(Uri endpoint) => new(
        new BasicAWSCredentials(S3ServerFixture.AccessKeyId, S3ServerFixture.SecretAccessKey),
        new AmazonS3Config
        {
            ServiceURL = endpoint.AbsoluteUri,
            AuthenticationRegion = "us-east-1",
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
}
