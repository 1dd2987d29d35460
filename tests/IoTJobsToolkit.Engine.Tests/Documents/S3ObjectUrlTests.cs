using IoTJobsToolkit.Engine.Documents;

namespace IoTJobsToolkit.Engine.Tests.Documents;

public sealed class S3ObjectUrlTests
{
    // Example 13.4. Null is the global host: us-east-1 unless another default is configured.
    public static TheoryData<string, string?> Styles => new()
    {
        { "https://s3.amazonaws.com/b1/k/x", null },
        { "https://s3.eu-west-1.amazonaws.com/b1/k/x", "eu-west-1" },
        { "https://s3-eu-west-1.amazonaws.com/b1/k/x", "eu-west-1" },
        { "https://s3.dualstack.eu-west-1.amazonaws.com/b1/k/x", "eu-west-1" },
        { "https://b1.s3.amazonaws.com/k/x", null },
        { "https://b1.s3.eu-west-1.amazonaws.com/k/x", "eu-west-1" },
        { "https://b1.s3-eu-west-1.amazonaws.com/k/x", "eu-west-1" },
        { "https://b1.s3.dualstack.eu-west-1.amazonaws.com/k/x", "eu-west-1" },
        { "https://s3.cn-north-1.amazonaws.com.cn/b1/k/x", "cn-north-1" },
        { "https://b1.s3.cn-north-1.amazonaws.com.cn/k/x", "cn-north-1" },
        { "https://s3.amazonaws.com.cn/b1/k/x", "cn-north-1" },
        { "https://s3.us-gov-west-1.amazonaws.com/b1/k/x", "us-gov-west-1" },
    };

    [Theory]
    [MemberData(nameof(Styles))]
    public void Every_style_names_bucket_key_and_region_in_every_form(string url, string? region)
    {
        foreach (var form in Enum.GetValues<S3UrlForm>())
        {
            Assert.True(S3ObjectUrl.TryParse(url, form, out var location));
            Assert.Equal(("b1", "k/x", region, (string?)null), (location.Bucket, location.Key, location.Region, location.VersionId));
        }
    }

    [Theory]
    [InlineData("http://s3.amazonaws.com/b1/k/x")]
    [InlineData("https://example.com/b1/k")]
    [InlineData("https://s3.amazonaws.com/b1")]
    [InlineData("https://s3.amazonaws.com/b1/")]
    [InlineData("https://b1.s3.amazonaws.com")]
    [InlineData("s3://b1/k")]
    [InlineData("https://s3.amazonaws.com.example.com/b1/k")]
    [InlineData("https://s3.amazonaws.com@example.com/b1/k")]
    [InlineData("https://user@b1.s3.amazonaws.com/k")]
    [InlineData("https://s3.amazonaws.com:8443/b1/k")]
    [InlineData("https://s3.dualstack.amazonaws.com/b1/k")]
    [InlineData("https://s3.amazonaws.com/../k")]
    [InlineData("https://s3.amazonaws.com/b 1/k")]
    [InlineData("")]
    public void What_names_no_object_of_s3_is_refused(string url)
    {
        Assert.False(S3ObjectUrl.TryParse(url, S3UrlForm.Plain, out _));
        Assert.False(S3ObjectUrl.TryParse(url, S3UrlForm.Encoded, out _));
        Assert.False(S3ObjectUrl.TryParse(url, S3UrlForm.Source, out _));
    }

    [Fact]
    public void A_bucket_may_hold_dots_and_look_like_a_host()
    {
        Assert.True(S3ObjectUrl.TryParse("https://my.s3.bucket.s3.eu-west-1.amazonaws.com/k", S3UrlForm.Plain, out var location));
        Assert.Equal(("s3.eu-west-1.amazonaws.com", "my.s3.bucket", "eu-west-1"), (location.Host, location.Bucket, location.Region));
    }

    // Example 13.2.
    [Fact]
    public void An_encoded_url_is_decoded_and_its_version_taken_from_the_end()
    {
        Assert.True(S3ObjectUrl.TryParse(
            "https://s3.us-west-2.amazonaws.com/fw-bucket/images/app%20v2.bin%3FversionId%3Dabc.123", S3UrlForm.Encoded, out var location));

        Assert.Equal(new S3Location("s3.us-west-2.amazonaws.com", "fw-bucket", "images/app v2.bin", "us-west-2", "abc.123"), location);
    }

    [Theory]
    [InlineData("https://s3.amazonaws.com/b/k%3fversionid%3dX", "k", "X")]
    [InlineData("https://s3.amazonaws.com/b/a%2Bb%25c+d", "a+b%c+d", null)]
    [InlineData("https://s3.amazonaws.com/b/k%3FversionId%3Da%3FversionId%3Db%2B", "k?versionId=a", "b+")]
    public void Encoding_follows_the_percent_rules(string url, string key, string? version)
    {
        Assert.True(S3ObjectUrl.TryParse(url, S3UrlForm.Encoded, out var location));
        Assert.Equal((key, version), (location.Key, location.VersionId));
    }

    [Theory]
    [InlineData("https://s3.amazonaws.com/b/k?versionId=1")]
    [InlineData("https://s3.amazonaws.com/b/k%3FversionId%3D")]
    [InlineData("https://s3.amazonaws.com/b/%3FversionId%3D1")]
    public void An_encoded_url_with_a_bare_query_or_half_a_version_is_refused(string url) =>
        Assert.False(S3ObjectUrl.TryParse(url, S3UrlForm.Encoded, out _));

    [Fact]
    public void A_plain_url_is_taken_as_it_is()
    {
        Assert.True(S3ObjectUrl.TryParse("https://s3.amazonaws.com/b/app v2%20#?{1}.bin", S3UrlForm.Plain, out var location));
        Assert.Equal("app v2%20#?{1}.bin", location.Key);
    }

    [Theory]
    [InlineData("https://s3.amazonaws.com/b/k?versionId=1")]
    [InlineData("https://s3.amazonaws.com/b/k%3FversionId%3D1")]
    public void A_plain_url_has_no_version(string url) => Assert.False(S3ObjectUrl.TryParse(url, S3UrlForm.Plain, out _));

    [Theory]
    [InlineData("https://s3.amazonaws.com/b/a%20b.json?versionId=v%2B1", "a b.json", "v+1")]
    [InlineData("https://s3.amazonaws.com/b/a b.json", "a b.json", null)]
    public void A_document_source_is_an_object_url(string url, string key, string? version)
    {
        Assert.True(S3ObjectUrl.TryParse(url, S3UrlForm.Source, out var location));
        Assert.Equal((key, version), (location.Key, location.VersionId));
    }

    [Fact]
    public void A_document_source_has_no_other_query() =>
        Assert.False(S3ObjectUrl.TryParse("https://s3.amazonaws.com/b/k?X-Amz-Signature=1", S3UrlForm.Source, out _));

    [Theory]
    [InlineData("https://s3.us-west-2.amazonaws.com", "")]
    [InlineData("https://s3.us-west-2.amazonaws.com/", "")]
    [InlineData("https://s3.us-west-2.amazonaws.com/b", "b")]
    [InlineData("https://b.s3.us-west-2.amazonaws.com/", "b")]
    public void An_upload_may_leave_the_key_to_the_server(string url, string bucket)
    {
        Assert.True(S3ObjectUrl.TryParse(url, S3UrlForm.Upload, out var location));
        Assert.Equal((bucket, "", "us-west-2"), (location.Bucket, location.Key, location.Region));
    }
}
