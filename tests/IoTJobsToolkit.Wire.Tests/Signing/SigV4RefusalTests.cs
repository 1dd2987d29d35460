using IoTJobsToolkit.Wire.Signing;
using static IoTJobsToolkit.Wire.Tests.Signing.SignedVector;

namespace IoTJobsToolkit.Wire.Tests.Signing;

public sealed class SigV4RefusalTests
{
    private const string Missing = "MissingAuthenticationTokenException";
    private const string Incomplete = "IncompleteSignatureException";
    private const string Unrecognized = "UnrecognizedClientException";
    private const string Invalid = "InvalidSignatureException";
    private const string Expired = "RequestExpired";

    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private static readonly SigV4Request Unsigned = new()
    {
        Method = "PUT",
        RawPath = "/jobs/010",
        RawQuery = "force=true&namespaceId=n",
        Headers = [new("Host", "localhost:8080"), new("Content-Type", "application/json"), new("X-Extra", "e")],
        PayloadHash = SigV4Request.HashPayload("{}"u8),
    };

    private static readonly SigV4Request InHeader = Sign(Unsigned, TestKey);
    private static readonly SigV4Request InQuery = Presign(TestKey);

    private static readonly Dictionary<string, (string Error, Func<SigV4Request> Forged)> InTheHeader = new()
    {
        ["nothing signed"] = (Missing, () => Unsigned),
        ["another scheme"] = (Missing, () => InHeader.With("Authorization", "Bearer token")),
        ["an empty Authorization"] = (Missing, () => InHeader.With("Authorization", "")),
        ["another algorithm"] = (Incomplete, () => InHeader.Edit("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256")),
        ["only the algorithm"] = (Incomplete, () => InHeader.With("Authorization", "AWS4-HMAC-SHA256")),
        ["no Credential"] = (Incomplete, () => InHeader.Edit(Field("Credential") + ", ", "")),
        ["no SignedHeaders"] = (Incomplete, () => InHeader.Edit(Field("SignedHeaders") + ", ", "")),
        ["no Signature"] = (Incomplete, () => InHeader.Edit(", " + Field("Signature"), "")),
        ["an empty Signature"] = (Incomplete, () => InHeader.Edit(Field("Signature"), "Signature=")),
        ["two Signatures"] = (Incomplete, () => InHeader.Edit(Field("Signature"), Field("Signature") + ", Signature=00")),
        ["an unknown field"] = (Incomplete, () => InHeader.Edit(Field("Signature"), Field("Signature") + ", Extra=1")),
        ["a scope cut short"] = (Incomplete, () => InHeader.Edit("/us-east-1/iot/aws4_request", "/us-east-1/iot")),
        ["a scope too long"] = (Incomplete, () => InHeader.Edit("/iot/aws4_request", "/iot/x/aws4_request")),
        ["a scope with an empty part"] = (Incomplete, () => InHeader.Edit("/us-east-1/", "//")),
        ["a scope with another end"] = (Incomplete, () => InHeader.Edit("aws4_request", "aws5_request")),
        ["two Authorization headers"] = (Incomplete, () => InHeader.And("Authorization", "Bearer token")),
        ["two dates"] = (Incomplete, () => InHeader.And("x-amz-date", InHeader.Header("X-Amz-Date")!)),
        ["two session tokens"] = (Incomplete, () => InHeader.And("X-Amz-Security-Token", "a").And("X-Amz-Security-Token", "b")),
        ["two hosts"] = (Incomplete, () => InHeader.And("Host", "elsewhere")),
        ["a signature in the query too"] = (Incomplete, () => InHeader with { RawQuery = InHeader.RawQuery + "&X-Amz-Signature=00" }),
        ["no date"] = (Incomplete, () => InHeader.Without("X-Amz-Date")),
        ["a date with dashes"] = (Incomplete, () => InHeader.With("X-Amz-Date", "2026-03-04T05:06:07Z")),
        ["a date that does not exist"] = (Incomplete, () => InHeader.With("X-Amz-Date", "20260230T050607Z")),
        ["signed in header and query"] = (Incomplete, () => InQuery.With("Authorization", InHeader.Header("Authorization")!)),
        ["another method"] = (Invalid, () => InHeader with { Method = "GET" }),
        ["another path"] = (Invalid, () => InHeader with { RawPath = "/jobs/011" }),
        ["the path encoded otherwise"] = (Invalid, () => InHeader with { RawPath = "/jobs/%3010" }),
        ["another query value"] = (Invalid, () => InHeader with { RawQuery = "force=false&namespaceId=n" }),
        ["one more query parameter"] = (Invalid, () => InHeader with { RawQuery = InHeader.RawQuery + "&a=b" }),
        ["one query parameter less"] = (Invalid, () => InHeader with { RawQuery = "force=true" }),
        ["another body"] = (Invalid, () => InHeader with { PayloadHash = SigV4Request.HashPayload("{ }"u8) }),
        ["no body"] = (Invalid, () => InHeader with { PayloadHash = SigV4Request.EmptyPayloadHash }),
        ["the announced hash is of another body"] = (Invalid, () => InHeader.With("X-Amz-Content-Sha256", SigV4Request.EmptyPayloadHash)),
        ["an unsigned payload"] = (Invalid, () => Sign(Unsigned.With("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"), TestKey)),
        ["a signed header changed"] = (Invalid, () => InHeader.With("X-Extra", "f")),
        ["a signed header removed"] = (Invalid, () => InHeader.Without("X-Extra")),
        ["a signed header doubled"] = (Invalid, () => InHeader with { Headers = [.. InHeader.Headers, new("X-Extra", "e")] }),
        ["another host"] = (Invalid, () => InHeader.With("Host", "elsewhere")),
        ["an AWS header that is not signed"] = (Invalid, () => InHeader.And("X-Amz-Target", "a")),
        ["one more name in the list"] = (Invalid, () => InHeader.With("Zebra", "1").Edit("x-extra,", "x-extra;zebra,")),
        ["a name taken off the list"] = (Invalid, () => InHeader.Edit(";x-extra", "")),
        ["the host not signed"] = (Invalid, () => InHeader.Edit("host;", "")),
        ["the list unsorted"] = (Invalid, () => InHeader.Edit("content-type;host", "host;content-type")),
        ["a name twice in the list"] = (Invalid, () => InHeader.Edit("host;", "host;host;")),
        ["capitals in the list"] = (Invalid, () => InHeader.Edit(";host;", ";Host;")),
        ["another time of the same day"] = (Invalid, () => InHeader.With("X-Amz-Date", "20260304T050608Z")),
        ["a scope of another day"] = (Invalid, () => InHeader.Edit("/20260304/", "/20260303/")),
        ["a scope of a day cut short"] = (Invalid, () => InHeader.Edit("/20260304/", "/2026/")),
        ["another region that is served"] = (Invalid, () => InHeader.Edit("/us-east-1/", "/eu-west-1/")),
        ["a region that is not served"] = (Invalid, () => Sign(Unsigned, TestKey, region: "us-west-9")),
        ["another service that is served"] = (Invalid, () => InHeader.Edit("/iot/", "/iot-jobs-data/")),
        ["a service that is not served"] = (Invalid, () => Sign(Unsigned, TestKey, service: "s3")),
        ["another secret"] = (Invalid, () => Sign(Unsigned, TestKey with { SecretAccessKey = "guess" })),
        ["another known access key"] = (Invalid, () => InHeader.Edit("AKIDEXAMPLE/", "AKIDOTHER/")),
        ["an unknown access key"] = (Unrecognized, () => Sign(Unsigned, TestKey with { AccessKeyId = "AKIDNOBODY" })),
        ["a session token nobody gave"] = (Unrecognized, () => Sign(Unsigned, TestKey with { SessionToken = "t" })),
        ["a session token left out"] = (Unrecognized, () => Sign(Unsigned, new("AKIDTEMPORARY", "s"))),
        ["another session token"] = (Unrecognized, () => Sign(Unsigned, new("AKIDTEMPORARY", "s", "u"))),
        ["a signature cut short"] = (Invalid, () => InHeader.With("Authorization", InHeader.Header("Authorization")![..^1])),
        ["a signature too long"] = (Invalid, () => InHeader.With("Authorization", InHeader.Header("Authorization") + "0")),
        ["a signature of zeroes"] = (Invalid, () => InHeader.Edit(Field("Signature"), "Signature=" + new string('0', 64))),
        ["a signature that is no hex"] = (Invalid, () => InHeader.Edit(Field("Signature"), "Signature=" + new string('z', 64))),
    };

    private static readonly Dictionary<string, (string Error, Func<SigV4Request> Forged)> InTheQuery = new()
    {
        ["another algorithm"] = (Incomplete, () => InQuery.EditQuery("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1")),
        ["no Credential"] = (Incomplete, () => InQuery.EditQuery("X-Amz-Credential=", "Credential=")),
        ["no SignedHeaders"] = (Incomplete, () => InQuery.EditQuery("X-Amz-SignedHeaders=", "SignedHeaders=")),
        ["no Signature"] = (Incomplete, () => InQuery.EditQuery("X-Amz-Signature=", "Signature=")),
        ["no date"] = (Incomplete, () => InQuery.EditQuery("X-Amz-Date=", "Date=")),
        ["no expiry"] = (Incomplete, () => InQuery.EditQuery("X-Amz-Expires=60", "Expires=60")),
        ["the date twice"] = (Incomplete, () => InQuery with { RawQuery = InQuery.RawQuery + "&X-Amz-Date=20260304T050607Z" }),
        ["an expiry of nothing"] = (Expired, () => InQuery.EditQuery("X-Amz-Expires=60", "X-Amz-Expires=0")),
        ["an expiry over a week"] = (Expired, () => InQuery.EditQuery("X-Amz-Expires=60", "X-Amz-Expires=604801")),
        ["an expiry below nothing"] = (Expired, () => InQuery.EditQuery("X-Amz-Expires=60", "X-Amz-Expires=-1")),
        ["a longer expiry"] = (Invalid, () => InQuery.EditQuery("X-Amz-Expires=60", "X-Amz-Expires=61")),
        ["another parameter"] = (Invalid, () => InQuery.EditQuery("force=true", "force=false")),
        ["another path"] = (Invalid, () => InQuery with { RawPath = "/jobs/011" }),
        ["another method"] = (Invalid, () => InQuery with { Method = "DELETE" }),
        ["another body"] = (Invalid, () => InQuery with { PayloadHash = SigV4Request.EmptyPayloadHash }),
        ["an unsigned payload"] = (Invalid, () => InQuery with { RawQuery = InQuery.RawQuery + "&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD" }),
        ["another host"] = (Invalid, () => InQuery.With("Host", "elsewhere")),
        ["an AWS header that is not signed"] = (Invalid, () => InQuery.And("x-amz-acl", "a")),
        ["a signature of zeroes"] = (Invalid, () => InQuery with { RawQuery = InQuery.RawQuery[..^64] + new string('0', 64) }),
        ["an unknown access key"] = (Unrecognized, () => Presign(TestKey with { AccessKeyId = "AKIDNOBODY" })),
        ["a session token nobody gave"] = (Unrecognized, () => Presign(TestKey with { SessionToken = "t" })),
        ["another session token"] = (Unrecognized, () => Presign(new("AKIDTEMPORARY", "s", "u"))),
    };

    public static TheoryData<string> HeaderForgeries => [.. InTheHeader.Keys];
    public static TheoryData<string> QueryForgeries => [.. InTheQuery.Keys];

    [Fact]
    public void The_requests_that_are_forged_here_are_good_before()
    {
        Assert.IsType<SigV4Outcome.Verified>(Verify(InHeader, Now));
        Assert.IsType<SigV4Outcome.Verified>(Verify(InQuery, Now));
        Assert.IsType<SigV4Outcome.Verified>(Verify(Sign(Unsigned, new("AKIDTEMPORARY", "s", "t")), Now));
    }

    [Theory]
    [MemberData(nameof(HeaderForgeries))]
    public void A_forged_header_is_refused(string forgery) =>
        AssertRefused(InTheHeader[forgery].Error, Verify(InTheHeader[forgery].Forged(), Now));

    [Theory]
    [MemberData(nameof(QueryForgeries))]
    public void A_forged_query_is_refused(string forgery) =>
        AssertRefused(InTheQuery[forgery].Error, Verify(InTheQuery[forgery].Forged(), Now));

    [Theory]
    [InlineData(901)]
    [InlineData(-901)]
    [InlineData(86400)]
    public void A_signature_in_the_header_ages_in_fifteen_minutes(int seconds) =>
        AssertRefused(Expired, Verify(InHeader, Now.AddSeconds(seconds)));

    [Theory]
    [InlineData(61)]
    [InlineData(-901)]
    public void A_signature_in_the_query_holds_for_its_own_span(int seconds) =>
        AssertRefused(Expired, Verify(InQuery, Now.AddSeconds(seconds)));

    [Fact]
    public void A_mismatch_shows_what_was_computed_here()
    {
        var refused = Assert.IsType<SigV4Outcome.Refused>(Verify(InHeader with { RawPath = "/jobs/a%3Ab" }, Now));

        Assert.Contains("\n/jobs/a%253Ab\nforce=true&namespaceId=n\n", refused.Message, StringComparison.Ordinal);
        Assert.Contains("20260304/us-east-1/iot/aws4_request", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(TestKey.SecretAccessKey, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mismatch_shows_no_secret_that_was_signed()
    {
        var signed = Sign(Unsigned.And("Cookie", "c-hidden").And("Proxy-Authorization", "p-hidden"), TestKey with { SecretAccessKey = "guess", SessionToken = "t-hidden" });
        var presigned = Presign(TestKey with { SecretAccessKey = "guess", SessionToken = "t-hidden" });

        foreach (var request in new[] { signed, presigned, presigned with { RawQuery = presigned.RawQuery.Replace("X-Amz-Security", "X%2dAmz-Security", StringComparison.Ordinal) } })
        {
            var refused = Assert.IsType<SigV4Outcome.Refused>(Verify(request, Now));
            Assert.Contains("Canonical String", refused.Message, StringComparison.Ordinal);
            Assert.Contains("not-shown", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("hidden", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_needs_no_body_is_refused_before_there_is_one()
    {
        var withoutBody = new SigV4Verifier(["us-east-1"]);

        Assert.Null(withoutBody.RefuseEarly(InHeader with { PayloadHash = SigV4Request.EmptyPayloadHash }, Now, Known));
        Assert.Null(withoutBody.RefuseEarly(InQuery with { PayloadHash = SigV4Request.EmptyPayloadHash }, Now, Known));
        Assert.Equal(Missing, withoutBody.RefuseEarly(Unsigned, Now, Known)!.Error);
        Assert.Equal(Incomplete, withoutBody.RefuseEarly(InHeader.Without("X-Amz-Date"), Now, Known)!.Error);
        Assert.Equal(Expired, withoutBody.RefuseEarly(InHeader, Now.AddMinutes(16), Known)!.Error);
        Assert.Equal(Invalid, withoutBody.RefuseEarly(Sign(Unsigned, TestKey, region: "eu-west-1"), Now, Known)!.Error);

        static SigV4Credentials? Known(string id) => id == TestKey.AccessKeyId ? TestKey : null;
    }

    [Fact]
    public void An_unknown_key_is_refused_before_there_is_a_body_in_the_words_of_later()
    {
        var verifier = new SigV4Verifier();
        foreach (var request in new[] { Sign(Unsigned, new("AKIAUNKNOWN", "secret")), Presign(new("AKIAUNKNOWN", "secret")) })
        {
            var early = verifier.RefuseEarly(request with { PayloadHash = SigV4Request.EmptyPayloadHash }, Now, _ => null);

            Assert.Equal(Unrecognized, early!.Error);
            Assert.Equal(verifier.Verify(request, Now, _ => null), early);
        }
    }

    [Fact]
    public void Lists_and_queries_as_long_as_a_request_may_have_them_are_soon_checked()
    {
        var many = Enumerable.Range(0, 1000).Aggregate(Unsigned, (request, i) => request with { Headers = [.. request.Headers, new($"X-Amz-{i:0000}", "v")] });
        var signed = Sign(many with { RawQuery = string.Join('&', Enumerable.Range(0, 10_000).Select(i => $"{i % 7}=%25{i}")) }, TestKey);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.IsType<SigV4Outcome.Verified>(Verify(signed, Now));
        AssertRefused(Invalid, Verify(signed.Edit("x-amz-0999", string.Join(';', Enumerable.Range(1000, 9000).Select(i => $"x-amz-{i}"))), Now));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static SigV4Outcome Verify(SigV4Request request, DateTimeOffset now) =>
        new SigV4Verifier(["us-east-1", "eu-west-1"]).Verify(request, now, id => id switch
        {
            "AKIDEXAMPLE" => TestKey,
            "AKIDOTHER" => new(id, "other"),
            "AKIDTEMPORARY" => new(id, "s", "t"),
            _ => null,
        });

    private static void AssertRefused(string error, SigV4Outcome outcome)
    {
        var refused = Assert.IsType<SigV4Outcome.Refused>(outcome);
        Assert.Equal(error, refused.Error);
        Assert.Equal(error == Expired ? 400 : 403, refused.Status);
        Assert.NotEmpty(refused.Message);
    }

    private static string Field(string name) =>
        InHeader.Header("Authorization")!.Split(' ').Select(field => field.TrimEnd(',')).Single(field => field.StartsWith(name + "=", StringComparison.Ordinal));

    private static SigV4Request Sign(
        SigV4Request request, SigV4Credentials credentials, string region = "us-east-1", string service = "iot") =>
        request with { Headers = [.. request.Headers, .. SigV4Signer.Sign(request, credentials, region, service, Now).All()] };

    private static SigV4Request Presign(SigV4Credentials credentials) => Unsigned with
    {
        RawQuery = SigV4Signer.Presign(Unsigned, credentials, "us-east-1", "iot", Now, TimeSpan.FromSeconds(60)),
    };
}

internal static class Forgery
{
    extension(SigV4Request request)
    {
        public SigV4Request Without(string header) => request with
        {
            Headers = [.. request.Headers.Where(pair => !pair.Key.Equals(header, StringComparison.OrdinalIgnoreCase))],
        };

        public SigV4Request And(string header, string value) => request with { Headers = [.. request.Headers, new(header, value)] };

        public SigV4Request With(string header, string value)
        {
            var others = request.Without(header);
            return others with { Headers = [.. others.Headers, new(header, value)] };
        }

        /// <summary>Changes the Authorization header.</summary>
        public SigV4Request Edit(string what, string into)
        {
            var authorization = request.Header("Authorization")!;
            Assert.Contains(what, authorization, StringComparison.Ordinal);
            return request.With("Authorization", authorization.Replace(what, into, StringComparison.Ordinal));
        }

        public SigV4Request EditQuery(string what, string into)
        {
            Assert.Contains(what, request.RawQuery, StringComparison.Ordinal);
            return request with { RawQuery = request.RawQuery.Replace(what, into, StringComparison.Ordinal) };
        }
    }
}
