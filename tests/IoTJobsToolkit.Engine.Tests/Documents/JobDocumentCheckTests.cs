using System.Text;
using IoTJobsToolkit.Engine.Documents;

namespace IoTJobsToolkit.Engine.Tests.Documents;

public sealed class JobDocumentCheckTests
{
    private const string Role = "arn:aws:iam::123456789012:role/S3DownloadRole";

    private static string? Check(string text, string? roleArn = Role, string region = "us-east-1", string? uploadBucket = null) =>
        JobDocument.Check(text, roleArn, new DocumentSettings { Region = region, UploadBucket = uploadBucket });

    private static string Holding(string placeholder) => $$"""{"data":"{{placeholder}}"}""";

    // Example 13.5.
    [Fact]
    public void A_presign_placeholder_needs_a_role()
    {
        var text = Holding("${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k}");

        Assert.Equal(
            "presignedUrlConfig.roleArn is required: the document holds ${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k}",
            Check(text, roleArn: null));
        Assert.Null(Check(text));
        Assert.True(JobDocument.NeedsRole(text));
    }

    // Example 13.5.
    [Theory]
    [InlineData(
        "${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k",
        "document holds a placeholder without its closing brace: ${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k\"}")]
    [InlineData(
        "${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/${thingName}}",
        "${thingName} in ${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/${thingName}} is allowed in the key of an s3-presigned-url-upload placeholder only")]
    [InlineData(
        "${aws:iot:s3-presigned-url-upload:https://s3.amazonaws.com/b/${jobId}/${jobId}/${jobId}}",
        "${jobId} stands 3 times in ${aws:iot:s3-presigned-url-upload:https://s3.amazonaws.com/b/${jobId}/${jobId}/${jobId}}: an upload key may hold each local name at most twice")]
    [InlineData(
        "${aws:iot:s3-presigned-url-upload:https://s3.amazonaws.com/b-${thingName}/k}",
        "the bucket of ${aws:iot:s3-presigned-url-upload:https://s3.amazonaws.com/b-${thingName}/k} may not hold a placeholder: local names belong into the key")]
    [InlineData(
        "${aws:iot:s3-presigned-url-upload:https://${thingName}.s3.amazonaws.com/k}",
        "the bucket of ${aws:iot:s3-presigned-url-upload:https://${thingName}.s3.amazonaws.com/k} may not hold a placeholder: local names belong into the key")]
    [InlineData(
        "${aws:iot:s3-presigned-url-upload:https://s3.amazonaws.com/b/${foo}}",
        "${foo} in ${aws:iot:s3-presigned-url-upload:https://s3.amazonaws.com/b/${foo}} is not a local name: an upload key may hold ${thingName}, ${jobId} and ${executionNumber}")]
    [InlineData(
        "${aws:iot:s3-presigned-url-upload:https://s3.us-west-2.amazonaws.com/b/k}",
        "the upload bucket of ${aws:iot:s3-presigned-url-upload:https://s3.us-west-2.amazonaws.com/b/k} is in us-west-2: it has to be in the server's region us-east-1")]
    [InlineData(
        "${aws:iot:s3-presigned-url-upload:https://s3.amazonaws.com/}",
        "${aws:iot:s3-presigned-url-upload:https://s3.amazonaws.com/} names no bucket: write it as https://s3.REGION.amazonaws.com/BUCKET/KEY, or set S3:UploadBucket on the server")]
    [InlineData(
        "${aws:iot:s3-presigned-url:${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k}}",
        "${aws:iot:s3-presigned-url:${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k}} holds another placeholder, which is not allowed there")]
    [InlineData(
        "${aws:iot:s3-presigned-url:https://example.com/b/k}",
        "the URL of ${aws:iot:s3-presigned-url:https://example.com/b/k} is not an https URL of an S3 object such as https://s3.REGION.amazonaws.com/BUCKET/KEY or https://BUCKET.s3.REGION.amazonaws.com/KEY")]
    [InlineData(
        "${aws:iot:s3-presigned-url-v2:https://s3.amazonaws.com/b/k?versionId=1}",
        "the URL of ${aws:iot:s3-presigned-url-v2:https://s3.amazonaws.com/b/k?versionId=1} is not an https URL of an S3 object such as https://s3.REGION.amazonaws.com/BUCKET/KEY or https://BUCKET.s3.REGION.amazonaws.com/KEY; a version id is written as %3FversionId%3DVERSION at the end of an s3-presigned-url-v2 placeholder")]
    public void A_faulty_placeholder_is_named_with_the_rule_it_breaks(string placeholder, string problem) =>
        Assert.Equal(problem, Check(Holding(placeholder)));

    // Example 13.5 and rule 10.3.
    [Theory]
    [InlineData("${aws:iot:code-sign-signature:s3://us-east-1.b1/app@1}")]
    [InlineData("${other}")]
    [InlineData("${aws:iot:certificate-chain:x}")]
    [InlineData("${aws:iot:package:p:version:1:attributes:k}")]
    [InlineData("echo ${thingName}")]
    public void What_the_engine_does_not_resolve_passes_without_a_role(string placeholder)
    {
        Assert.Null(Check(Holding(placeholder), roleArn: null));
        Assert.False(JobDocument.NeedsRole(Holding(placeholder)));
    }

    [Theory]
    [InlineData("${aws:iot:s3-presigned-url:${aws:iot:code-sign-signature:s3://us-east-1.b1/app@1}}")]
    [InlineData("${aws:iot:s3-presigned-url:${aws:iot:package:p:version:1:artifact-location:s3-presigned-url}}")]
    public void A_presign_placeholder_may_wrap_a_signature_or_a_package_but_needs_a_role(string placeholder)
    {
        Assert.Null(Check(Holding(placeholder)));
        Assert.NotNull(Check(Holding(placeholder), roleArn: null));
    }

    [Theory]
    [InlineData("${aws:iot:s3-presigned-url-upload:https://s3.us-west-2.amazonaws.com/b/${thingName}-${thingName}/${jobId}/${executionNumber}}")]
    [InlineData("${aws:iot:s3-presigned-url-upload:https://b.s3.us-west-2.amazonaws.com/}")]
    [InlineData("${aws:iot:s3-presigned-url-upload:https://s3.us-west-2.amazonaws.com}")]
    [InlineData("${aws:iot:s3-presigned-url-upload:https://s3.amazonaws.com/b/k}")]
    public void An_upload_in_the_servers_region_passes(string placeholder) =>
        Assert.Null(Check(Holding(placeholder), region: "us-west-2", uploadBucket: "logs"));

    // Example 13.6.
    [Fact]
    public void A_document_may_have_32768_characters()
    {
        Assert.Null(Check($"\"{new string('ü', 32766)}\""));
        Assert.Equal("document has 32769 characters: at most 32768 are allowed", Check($"\"{new string('ü', 32767)}\""));
    }

    // Example 13.6.
    [Theory]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("null")]
    [InlineData(" { } ")]
    public void Any_json_value_is_a_document(string text) => Assert.Null(Check(text, roleArn: null));

    // Example 13.6.
    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("{}{}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("\uFEFF{}")]
    public void What_is_not_json_is_refused(string text) =>
        Assert.StartsWith("document is not valid JSON: ", Check(text), StringComparison.Ordinal);

    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.Equal("document is not valid JSON: it holds half a surrogate pair", Check("\"" + (char)0xD800 + "\""));

    [Fact]
    public void A_deep_document_passes() => Assert.Null(Check(new string('[', 500) + new string(']', 500)));

    [Fact]
    public void A_document_source_has_to_be_an_s3_object()
    {
        Assert.Equal(
            "documentSource https://example.com/x is not an https URL of an S3 object such as https://s3.REGION.amazonaws.com/BUCKET/KEY or https://BUCKET.s3.REGION.amazonaws.com/KEY",
            JobDocument.CheckSource("https://example.com/x", out _));

        Assert.Null(JobDocument.CheckSource("https://s3.amazonaws.com/my-s3-bucket/job-document.json", out var location));
        Assert.Equal(new S3Location("s3.amazonaws.com", "my-s3-bucket", "job-document.json"), location);
    }

    private static readonly S3Location Source = new("s3.amazonaws.com", "b", "doc.json");

    private static DocumentSourceRefusal Refusal(byte[] content) =>
        Assert.Throws<DocumentSourceException>(() => JobDocument.Decode(Source, content)).Refusal;

    // Example 13.6: bytes count for a fetched object.
    [Fact]
    public void A_fetched_document_may_have_32768_bytes()
    {
        var text = $"\"{new string('ü', 16383)}\"";
        Assert.Equal(text, JobDocument.Decode(Source, Encoding.UTF8.GetBytes(text)));

        Assert.Equal(DocumentSourceRefusal.TooLarge, Refusal(Encoding.UTF8.GetBytes(text + " ")));
    }

    [Fact]
    public void A_fetched_document_is_utf8_json()
    {
        Assert.Equal(DocumentSourceRefusal.NotJson, Refusal("not json"u8.ToArray()));
        Assert.Equal(DocumentSourceRefusal.NotJson, Refusal([(byte)'"', 0xFF, (byte)'"']));
        Assert.Equal("{}", JobDocument.Decode(Source, [0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}']));
    }

    [Fact]
    public async Task Without_an_object_store_the_refusal_names_the_settings()
    {
        var refused = await Assert.ThrowsAsync<DocumentSourceException>(
            () => NoObjectStore.Instance.FetchDocumentAsync(Source, TestContext.Current.CancellationToken));

        Assert.Equal(DocumentSourceRefusal.NoObjectStore, refused.Refusal);
        Assert.Contains("S3:AccessKeyId", refused.Message, StringComparison.Ordinal);
        Assert.Throws<PresignException>(
            () => NoObjectStore.Instance.Presign(new PresignRequest(Source, PresignMethod.Get, DateTimeOffset.UnixEpoch, 60, Role)));
    }
}
