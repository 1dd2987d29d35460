using IoTJobsToolkit.Engine.Documents;

namespace IoTJobsToolkit.S3.Tests;

/// <summary>Examples 13.1 to 13.4. The signatures come from implementations of others: the reference's vectors, and botocore 1.43.11.</summary>
public sealed class PresignTests
{
    private const string Role = "arn:aws:iam::123456789012:role/S3DownloadRole";

    private const string Scope = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102%2F";

    private static readonly DeliveryContext Context =
        new("thingOne", "010", 1, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)) { RoleArn = Role };

    private static S3ObjectStore Store(Uri? endpoint = null, string region = "us-east-1") => new(new S3Settings
    {
        Endpoint = endpoint,
        Region = region,
        Roles = [new S3Role { Arn = Role, AccessKeyId = "AKIAIOSFODNN7EXAMPLE", SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" }],
    });

    private static string Deliver(string text, DeliveryContext context)
    {
        using var store = Store();
        return JobDocument.Deliver(text, context, store);
    }

    private static string Presign(S3Location location, int expiresInSec, Uri? endpoint = null, string region = "us-east-1", PresignMethod method = PresignMethod.Get)
    {
        using var store = Store(endpoint, region);
        return store.Presign(new PresignRequest(location, method, Context.Now, expiresInSec, Role));
    }

    // Example 13.1.
    [Fact]
    public void The_download_of_scenario_1_has_the_documented_url()
    {
        const string text =
            "{\n\t\"operation\":\"install\",\n\t\"url\":\"http://amazon.com/firmWareUpate-01\",\n\t\"data\":\"${aws:iot:s3-presigned-url:https://s3.amazonaws.com/job-test-bucket/datafile}\"\n}";

        Assert.Equal(
            "{\n\t\"operation\":\"install\",\n\t\"url\":\"http://amazon.com/firmWareUpate-01\",\n\t\"data\":\"https://s3.amazonaws.com/job-test-bucket/datafile?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=42ab02670ad5fca6a88b8b2986fad0cd6144bbe2850d7f7aab8efdec233126c5\"\n}",
            Deliver(text, Context));
    }

    // Example 13.1.
    [Fact]
    public void One_second_later_the_url_is_another()
    {
        const string text = """["${aws:iot:s3-presigned-url:https://s3.amazonaws.com/job-test-bucket/datafile}"]""";

        var later = Deliver(text, Context with { Now = Context.Now.AddSeconds(1) });

        Assert.Contains("X-Amz-Date=20260102T030406Z", later, StringComparison.Ordinal);
        Assert.DoesNotContain("42ab02670ad5fca6", later, StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_of_signing_is_utc_whatever_the_offset()
    {
        const string text = """["${aws:iot:s3-presigned-url:https://s3.amazonaws.com/job-test-bucket/datafile}"]""";

        Assert.Equal(Deliver(text, Context), Deliver(text, Context with { Now = Context.Now.ToOffset(TimeSpan.FromHours(9)) }));
    }

    // Example 13.2.
    [Fact]
    public void A_versioned_download_has_the_documented_signature() => Assert.Equal(
        $"""["https://s3.us-west-2.amazonaws.com/fw-bucket/images/app%20v2.bin?{Scope}us-west-2%2Fs3%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&versionId=abc.123&X-Amz-Signature=b6a2435464cb83c8d4b12e207fd7aef2edc5f2e004cfb7a379fda654eaee20e1"]""",
        Deliver(
            """["${aws:iot:s3-presigned-url-v2:https://s3.us-west-2.amazonaws.com/fw-bucket/images/app%20v2.bin%3FversionId%3Dabc.123}"]""",
            Context with { ExpiresInSec = 60 }));

    // Example 13.3.
    [Fact]
    public void An_upload_has_the_documented_signature()
    {
        const string text =
            """["${aws:iot:s3-presigned-url-upload:https://s3.us-west-2.amazonaws.com/logs-bucket/up/${thingName}/${jobId}/${executionNumber}.log}"]""";

        Assert.Equal(
            $"""["https://s3.us-west-2.amazonaws.com/logs-bucket/up/thingOne/010/1.log?{Scope}us-west-2%2Fs3%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=600&X-Amz-SignedHeaders=host&X-Amz-Signature=f96c95533369ec20a201050638788e4cc8e7daa19143ee35455d303c55bd86c8"]""",
            Deliver(text, Context with { ExpiresInSec = 600 }));
        Assert.Contains("/logs-bucket/up/thingOne/010/2.log?", Deliver(text, Context with { ExecutionNumber = 2 }), StringComparison.Ordinal);
    }

    // Example 13.4: what each style is signed for.
    [Theory]
    [InlineData("https://s3.amazonaws.com/b1/k/x", "https://s3.amazonaws.com/b1/k/x?", "us-east-1")]
    [InlineData("https://s3.eu-west-1.amazonaws.com/b1/k/x", "https://s3.eu-west-1.amazonaws.com/b1/k/x?", "eu-west-1")]
    [InlineData("https://s3-eu-west-1.amazonaws.com/b1/k/x", "https://s3-eu-west-1.amazonaws.com/b1/k/x?", "eu-west-1")]
    [InlineData("https://s3.dualstack.eu-west-1.amazonaws.com/b1/k/x", "https://s3.dualstack.eu-west-1.amazonaws.com/b1/k/x?", "eu-west-1")]
    [InlineData("https://b1.s3.amazonaws.com/k/x", "https://s3.amazonaws.com/b1/k/x?", "us-east-1")]
    [InlineData("https://b1.s3.eu-west-1.amazonaws.com/k/x", "https://s3.eu-west-1.amazonaws.com/b1/k/x?", "eu-west-1")]
    [InlineData("https://b1.s3.dualstack.eu-west-1.amazonaws.com/k/x", "https://s3.dualstack.eu-west-1.amazonaws.com/b1/k/x?", "eu-west-1")]
    [InlineData("https://s3.cn-north-1.amazonaws.com.cn/b1/k/x", "https://s3.cn-north-1.amazonaws.com.cn/b1/k/x?", "cn-north-1")]
    public void Every_style_is_signed_for_its_region_in_path_style(string url, string start, string region)
    {
        var delivered = Deliver($$"""["${aws:iot:s3-presigned-url:{{url}}}"]""", Context);

        Assert.StartsWith($"[\"{start}{Scope}{region}%2Fs3%2Faws4_request&", delivered, StringComparison.Ordinal);
    }

    [Fact]
    public void A_china_url_is_signed_as_botocore_signs_it() => Assert.EndsWith(
        "&X-Amz-Signature=2f95843a9c798dd520b79f481a10e19b82ebe6dfecbed260409bcc389bb9c60e",
        Presign(new S3Location("s3.cn-north-1.amazonaws.com.cn", "b1", "k/x", "cn-north-1"), 60),
        StringComparison.Ordinal);

    [Fact]
    public void Any_key_is_encoded_and_signed_as_botocore_does()
    {
        var url = Presign(new S3Location("s3.amazonaws.com", "b", "a+b &=(c)!*'$,;:@ü//%20{x}?#.bin", VersionId: "v+1/="), 60);

        Assert.StartsWith(
            "https://s3.amazonaws.com/b/a%2Bb%20%26%3D%28c%29%21%2A%27%24%2C%3B%3A%40%C3%BC//%2520%7Bx%7D%3F%23.bin?", url, StringComparison.Ordinal);
        Assert.EndsWith(
            "&versionId=v%2B1%2F%3D&X-Amz-Signature=7a227be7931564a1a87691214f07d0f7db7a671af9be9112f86719f28ad3fce8", url, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_stands_for_every_host_and_is_signed_for_its_own_region()
    {
        var url = Presign(
            new S3Location("s3.us-west-2.amazonaws.com", "b", "k", "us-west-2"), 60, new Uri("http://127.0.0.1:9000"), "eu-central-1", PresignMethod.Put);

        Assert.StartsWith($"http://127.0.0.1:9000/b/k?{Scope}eu-central-1%2F", url, StringComparison.Ordinal);
        Assert.EndsWith("&X-Amz-Signature=fca062e210037ca4c25a42cc031eac21369701399d4759632a9563518849b2a6", url, StringComparison.Ordinal);
    }

    [Fact]
    public void The_global_host_means_the_configured_region() => Assert.StartsWith(
        $"https://s3.eu-central-1.amazonaws.com/b/k?{Scope}eu-central-1%2F",
        Presign(new S3Location("s3.amazonaws.com", "b", "k"), 60, region: "eu-central-1"),
        StringComparison.Ordinal);

    [Fact]
    public void An_unknown_role_is_refused_with_the_settings_to_add()
    {
        using var store = Store();

        var refused = Assert.Throws<PresignException>(
            () => store.Presign(new PresignRequest(new S3Location("s3.amazonaws.com", "b", "k"), PresignMethod.Get, Context.Now, 60, "arn:aws:iam::1:role/Other")));

        Assert.Equal(
            "There are no credentials for the role arn:aws:iam::1:role/Other: add the setting S3:Roles:1:Arn, and S3:Roles:1:AccessKeyId with S3:Roles:1:SecretAccessKey, or S3:Roles:1:Assume=true.",
            refused.Message);
    }
}
