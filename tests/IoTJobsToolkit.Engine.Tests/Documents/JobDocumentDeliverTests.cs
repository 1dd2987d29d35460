using IoTJobsToolkit.Engine.Documents;

namespace IoTJobsToolkit.Engine.Tests.Documents;

public sealed class JobDocumentDeliverTests
{
    private const string Role = "arn:aws:iam::123456789012:role/S3DownloadRole";

    private static readonly DeliveryContext Context =
        new("thingOne", "010", 1, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)) { RoleArn = Role, ExpiresInSec = 600 };

    private readonly RecordingPresigner presigner = new();

    private string Deliver(string text, DeliveryContext? context = null) => JobDocument.Deliver(text, context ?? Context, presigner);

    [Fact]
    public void A_document_without_placeholders_is_delivered_as_it_is()
    {
        const string text = """{ "operation": "reboot" }""";

        Assert.Same(text, Deliver(text));
        Assert.Empty(presigner.Requests);
    }

    // Example 13.1: the document of scenario 1.
    [Fact]
    public void A_download_is_replaced_and_the_rest_kept_tabs_included()
    {
        const string text =
            "{\n\t\"operation\":\"install\",\n\t\"url\":\"http://amazon.com/firmWareUpate-01\",\n\t\"data\":\"${aws:iot:s3-presigned-url:https://s3.amazonaws.com/job-test-bucket/datafile}\"\n}";

        Assert.Equal(
            "{\n\t\"operation\":\"install\",\n\t\"url\":\"http://amazon.com/firmWareUpate-01\",\n\t\"data\":\"https://signed/1?a=b&c\"\n}",
            Deliver(text));
        Assert.Equal(
            new PresignRequest(new S3Location("s3.amazonaws.com", "job-test-bucket", "datafile"), PresignMethod.Get, Context.Now, 600, Role),
            Assert.Single(presigner.Requests));
    }

    // Example 13.2.
    [Fact]
    public void A_versioned_download_is_signed_for_its_version()
    {
        Deliver("""["${aws:iot:s3-presigned-url-v2:https://s3.us-west-2.amazonaws.com/fw-bucket/images/app%20v2.bin%3FversionId%3Dabc.123}"]""");

        Assert.Equal(
            new S3Location("s3.us-west-2.amazonaws.com", "fw-bucket", "images/app v2.bin", "us-west-2", "abc.123"),
            Assert.Single(presigner.Requests).Location);
    }

    // Example 13.3.
    [Theory]
    [InlineData(1, "up/thingOne/010/1.log")]
    [InlineData(2, "up/thingOne/010/2.log")]
    public void An_upload_has_the_local_names_of_its_execution(long executionNumber, string key)
    {
        Deliver(
            """["${aws:iot:s3-presigned-url-upload:https://s3.us-west-2.amazonaws.com/logs-bucket/up/${thingName}/${jobId}/${executionNumber}.log}"]""",
            Context with { ExecutionNumber = executionNumber });

        var request = Assert.Single(presigner.Requests);
        Assert.Equal((PresignMethod.Put, "logs-bucket", key), (request.Method, request.Location.Bucket, request.Location.Key));
    }

    [Theory]
    [InlineData("https://b.s3.us-west-2.amazonaws.com/", "b")]
    [InlineData("https://s3.us-west-2.amazonaws.com/", "logs")]
    public void An_upload_without_a_key_gets_one_per_execution(string url, string bucket)
    {
        Deliver($$"""["${aws:iot:s3-presigned-url-upload:{{url}}}"]""", Context with { UploadBucket = "logs" });

        var location = Assert.Single(presigner.Requests).Location;
        Assert.Equal((bucket, "thingOne/010/1"), (location.Bucket, location.Key));
    }

    [Fact]
    public void Several_in_one_string_are_signed_one_by_one() => Assert.Equal(
        """["https://signed/1?a=b&c https://signed/2?a=b&c"]""",
        Deliver("""["${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/1} ${aws:iot:s3-presigned-url-v1:https://s3.amazonaws.com/b/2}"]"""));

    // Example 13.5.
    [Theory]
    [InlineData("${aws:iot:code-sign-signature:s3://us-east-1.b1/app@1}")]
    [InlineData("${other}")]
    [InlineData("${aws:iot:s3-presigned-url:${aws:iot:code-sign-signature:s3://us-east-1.b1/app@1}}")]
    public void What_somebody_else_resolves_is_delivered_unchanged(string placeholder) =>
        Assert.Equal($"[\"{placeholder}\"]", Deliver($"[\"{placeholder}\"]"));

    [Fact]
    public void A_job_that_lost_its_role_is_told_so()
    {
        var refused = Assert.Throws<PresignException>(
            () => Deliver("""["${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k}"]""", Context with { RoleArn = null }));

        Assert.Contains("presignedUrlConfig.roleArn", refused.Message, StringComparison.Ordinal);
    }

    private sealed class RecordingPresigner : IPresigner
    {
        public List<PresignRequest> Requests { get; } = [];

        public string Presign(PresignRequest request)
        {
            Requests.Add(request);
            return $"https://signed/{Requests.Count}?a=b&c";
        }
    }
}
