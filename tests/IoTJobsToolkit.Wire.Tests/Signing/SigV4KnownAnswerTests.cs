using IoTJobsToolkit.Wire.Signing;
using static IoTJobsToolkit.Wire.Tests.Signing.SignedVector;

namespace IoTJobsToolkit.Wire.Tests.Signing;

public sealed class SigV4KnownAnswerTests
{
    public static TheoryData<string, string> Everything => Names("signed-by-smithy", "sent-by-javascript-sdk");
    public static TheoryData<string, string> InHeader => NamesOf("signed-by-smithy", "header");
    public static TheoryData<string, string> InQuery => NamesOf("signed-by-smithy", "query");

    [Fact]
    public void Signs_the_example_of_the_documentation()
    {
        var request = new SigV4Request
        {
            Method = "GET",
            RawPath = "/",
            RawQuery = "Action=ListUsers&Version=2010-05-08",
            Headers =
            [
                new("Host", "iam.amazonaws.com"),
                new("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
            ],
        };

        var signed = SigV4Signer.Sign(
            request, TestKey, "us-east-1", "iam", new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero));

        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date, "
            + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            signed.Authorization);
        Assert.Equal("20150830T123600Z", signed.Date);
        Assert.Null(signed.SecurityToken);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Verifies_what_others_signed(string file, string name)
    {
        var vector = Get(file, name);

        var outcome = new SigV4Verifier().Verify(vector.Request, vector.Time, _ => vector.Credentials);

        var verified = Assert.IsType<SigV4Outcome.Verified>(outcome);
        Assert.Equal("AKIDEXAMPLE", verified.AccessKeyId);
        Assert.Equal(vector.Region, verified.Region);
        Assert.Equal(vector.Service, verified.Service);
        Assert.Equal(vector.Service == "iot" ? Plane.Control : Plane.Data, verified.Plane);
    }

    [Theory]
    [MemberData(nameof(InHeader))]
    public void Signs_in_the_header_as_others_do(string file, string name)
    {
        var vector = Get(file, name);

        var signed = SigV4Signer.Sign(vector.Unsigned, vector.Credentials, vector.Region, vector.Service, vector.Time);

        Assert.Equal(vector.Request.Header("authorization"), signed.Authorization);
        Assert.Equal(vector.SessionToken, signed.SecurityToken);
    }

    [Theory]
    [MemberData(nameof(InQuery))]
    public void Signs_in_the_query_as_others_do(string file, string name)
    {
        var vector = Get(file, name);

        var query = SigV4Signer.Presign(
            vector.Unsigned, vector.Credentials, vector.Region, vector.Service, vector.Time, TimeSpan.FromSeconds(vector.Expires));

        Assert.Equal(vector.Query.Split('&').Order(StringComparer.Ordinal), query.Split('&').Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/jobs/010", "/jobs/010")]
    [InlineData("/things/a%3Ab/jobs", "/things/a%253Ab/jobs")]
    [InlineData("/things/t/jobs/$next", "/things/t/jobs/%24next")]
    [InlineData("/things/t/jobs/%24next", "/things/t/jobs/%2524next")]
    [InlineData("/things/é", "/things/%C3%A9")]
    [InlineData("//a/./b/../c//", "/a/c/")]
    [InlineData("/a/b/..", "/a")]
    [InlineData("/../..", "/")]
    [InlineData("/a..b/.c", "/a..b/.c")]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    public void A_path_is_normalised_and_encoded_once_more(string raw, string canonical)
    {
        using var text = new Utf8Text(1);
        CanonicalPath.Write(text, raw);

        Assert.Equal(canonical, System.Text.Encoding.UTF8.GetString(text.Written));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("force=true", "force=true")]
    [InlineData("b=2&a=1", "a=1&b=2")]
    [InlineData("a=2&a=1&a", "a=&a=1&a=2")]
    [InlineData("a-b=1&a=2&aa=0", "a=2&a-b=1&aa=0")]
    [InlineData("a=x+y&b=x%20y&c=x%2by", "a=x%20y&b=x%20y&c=x%2By")]
    [InlineData("a=%7e%41", "a=~A")]
    [InlineData("a=%zz%4&b=é", "a=%25zz%254&b=%C3%A9")]
    [InlineData("a=b=c", "a=b%3Dc")]
    [InlineData("&&a=1&", "a=1")]
    [InlineData("X-Amz-Signature=0&a=1", "a=1")]
    public void A_query_is_decoded_encoded_strictly_and_sorted(string raw, string canonical)
    {
        using var text = new Utf8Text(1);
        CanonicalQuery.Write(text, raw);

        Assert.Equal(canonical, System.Text.Encoding.UTF8.GetString(text.Written));
    }
}
