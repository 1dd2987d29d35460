using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Tests.Access;

/// <summary>Ways of forging, replaying and cutting a request: each refused with AWS's error, and nothing changed by it (http-api 3).</summary>
public sealed class ForgingTests(ForgingServer forge) : IClassFixture<ForgingServer>
{
    private const string Missing = "403 MissingAuthenticationTokenException";
    private const string Incomplete = "403 IncompleteSignatureException";
    private const string Unrecognized = "403 UnrecognizedClientException";
    private const string Invalid = "403 InvalidSignatureException";
    private const string Expired = "400 RequestExpired";
    private const string Unknown = "404 UnknownOperationException";

    private static readonly TimeSpan Late = TimeSpan.FromMinutes(16);

    private static readonly Dictionary<string, (string Refusal, Func<ForgingServer, RawRequest> Forge)> Ways = new()
    {
        ["no signature"] = (Missing, f => f.Cancel),
        ["another scheme"] = (Missing, f => f.Cancel.With("Authorization", "Bearer abc")),
        ["the algorithm in lower case"] = (Missing, f => f.Signed.Edit("Authorization", "AWS4-HMAC-SHA256", "aws4-hmac-sha256")),
        ["another algorithm"] = (Incomplete, f => f.Signed.Edit("Authorization", "AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256")),
        ["signed with a guess"] = (Invalid, f => f.Cancel.Signed(new(f.Key.AccessKeyId, "guess"), f.Now)),
        ["signed with another key's secret"] = (Invalid, f => f.Cancel.Signed(new(f.Key.AccessKeyId, Local(f).SecretAccessKey), f.Now)),
        ["an unknown key"] = (Unrecognized, f => f.Cancel.Signed(new("AKIDNOBODY", f.Key.SecretAccessKey), f.Now)),
        ["another key named afterwards"] = (Invalid, f => f.Signed.Edit("Authorization", f.Key.AccessKeyId, Local(f).AccessKeyId)),
        ["another region"] = (Invalid, f => f.Cancel.Signed(f.Key, f.Now, region: "eu-west-1")),
        ["another service"] = (Invalid, f => f.Cancel.Signed(f.Key, f.Now, service: "s3")),
        ["replayed on the other plane"] = (Invalid, f => f.Signed.Edit("Authorization", "/iot/", "/iot-jobs-data/")),
        ["a scope of another day"] = (Invalid, f => f.Signed.Edit("Authorization", $"/{f.Now:yyyyMMdd}/", $"/{f.Now.AddDays(-1):yyyyMMdd}/")),
        ["a scope cut short"] = (Incomplete, f => f.Signed.Edit("Authorization", "/us-east-1/iot/aws4_request", "/us-east-1/iot")),
        ["sixteen minutes old"] = (Expired, f => f.Cancel.Signed(f.Key, f.Now - Late)),
        ["sixteen minutes ahead"] = (Expired, f => f.Cancel.Signed(f.Key, f.Now + Late)),
        ["an old one with a new date"] = (Invalid, f => f.Cancel.Signed(f.Key, f.Now - Late).With("X-Amz-Date", $"{f.Now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}")),
        ["no date"] = (Incomplete, f => f.Signed.Without("X-Amz-Date")),
        ["two dates"] = (Incomplete, f => f.Signed.And("X-Amz-Date", "20200101T000000Z")),
        ["the body changed"] = (Invalid, f => f.Signed with { Body = """{"comment":"d"}""" }),
        ["the body cut"] = (Invalid, f => f.Signed with { Body = "{}" }),
        ["the body left out"] = (Invalid, f => f.Signed with { Body = "" }),
        ["the body made longer"] = (Invalid, f => f.Signed with { Body = """{"comment":"c"} """ }),
        ["the body changed, in chunks"] = (Invalid, f => f.Signed with { Body = """{"comment":"d"}""", IsChunked = true }),
        ["a signed header changed"] = (Invalid, f => f.Signed.With("X-Extra", "f")),
        ["a signed header removed"] = (Invalid, f => f.Signed.Without("X-Extra")),
        ["a signed header doubled"] = (Invalid, f => f.Signed.And("X-Extra", "e")),
        ["a signed header taken off the list"] = (Invalid, f => f.Signed.Edit("Authorization", ";x-extra", "")),
        ["the host taken off the list"] = (Invalid, f => f.Signed.Edit("Authorization", "host;", "")),
        ["replayed on another host"] = (Invalid, f => f.Signed.With("Host", "elsewhere.example")),
        ["an AWS header added unsigned"] = (Invalid, f => f.Signed.And("X-Amz-Target", "AWSIot.DeleteJob")),
        ["a session token added"] = (Unrecognized, f => f.Signed.And("X-Amz-Security-Token", "t")),
        ["only the algorithm"] = (Incomplete, f => f.Signed.With("Authorization", "AWS4-HMAC-SHA256")),
        ["no credential"] = (Incomplete, f => f.Signed.Edit("Authorization", "Credential=", "Credentials=")),
        ["no list of headers"] = (Incomplete, f => f.Signed.Edit("Authorization", "SignedHeaders=", "Headers=")),
        ["two signatures in one header"] = (Incomplete, f => f.Signed.Edit("Authorization", "Signature=", "Signature=00, Signature=")),
        ["a field nobody knows"] = (Incomplete, f => f.Signed.Edit("Authorization", "Signature=", "Extra=1, Signature=")),
        ["a signature that is no hex"] = (Invalid, f => f.Signed.Edit("Authorization", f.Signed.Header("Authorization")[^64..], new('z', 64))),
        ["two Authorization headers, the good one first"] = (Incomplete, f => f.Signed.And("Authorization", "AWS4-HMAC-SHA256 x")),
        ["two Authorization headers, the good one last"] = (Incomplete, f => f.Cancel.With("Authorization", "Bearer abc").And("Authorization", f.Signed.Header("Authorization")).And("X-Amz-Date", f.Signed.Header("X-Amz-Date"))),
        ["signed in header and query"] = (Incomplete, f => f.Presigned.And("Authorization", f.Signed.Header("Authorization")).And("X-Amz-Date", f.Signed.Header("X-Amz-Date"))),
        ["a signature in the query beside the header"] = (Incomplete, f => f.Signed with { Query = f.Signed.Query + "&X-Amz-Signature=00" }),
        ["an unsigned payload"] = (Invalid, f => f.Cancel.With("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD").Signed(f.Key, f.Now) with { Body = """{"comment":"d"}""" }),
        ["a streamed payload"] = (Invalid, f => f.Cancel.With("X-Amz-Content-Sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD").Signed(f.Key, f.Now)),
        ["the announced hash is of another body"] = (Invalid, f => f.Cancel.With("X-Amz-Content-Sha256", SigV4Request.EmptyPayloadHash).Signed(f.Key, f.Now)),
        ["a query parameter added"] = (Invalid, f => f.Describe.Signed(f.Key, f.Now) with { Query = "beforeSubstitution=true" }),
        ["a query parameter removed"] = (Invalid, f => f.Signed with { Query = "" }),
        ["a query parameter changed"] = (Invalid, f => f.Signed with { Query = "force=false" }),
        ["another path"] = (Invalid, f => f.Signed with { Path = "/jobs/r/cancel" }),
        ["the path encoded otherwise"] = (Invalid, f => f.Signed with { Path = "/jobs/%71/cancel" }),
        ["a path that means the signed one"] = ("400 InvalidRequestException", f => f.Signed with { Path = "/things/../jobs/q/cancel" }),
        ["a path with a dot in it"] = (Unknown, f => f.Signed with { Path = "/jobs/./q/cancel" }),
        ["a path with dots in disguise"] = (Invalid, f => f.Signed with { Path = "/things/%2e%2e/jobs/q/cancel" }),
        ["a look replayed as a deletion"] = (Invalid, f => f.Describe.Signed(f.Key, f.Now) with { Method = "DELETE" }),
        ["HEAD replayed as GET"] = (Invalid, f => (f.Describe with { Method = "HEAD" }).Signed(f.Key, f.Now) with { Method = "GET" }),
        ["presigned: expired"] = (Expired, f => f.Cancel.Presigned(f.Key, f.Now.AddMinutes(-5).AddSeconds(-1), TimeSpan.FromMinutes(5))),
        ["presigned: from the future"] = (Expired, f => f.Cancel.Presigned(f.Key, f.Now + Late, TimeSpan.FromMinutes(5))),
        ["presigned: made to last longer"] = (Invalid, f => f.Presigned.EditQuery("X-Amz-Expires=300", "X-Amz-Expires=600")),
        ["presigned: for more than a week"] = (Expired, f => f.Presigned.EditQuery("X-Amz-Expires=300", "X-Amz-Expires=604801")),
        ["presigned: another path"] = (Invalid, f => f.Presigned with { Path = "/jobs/r/cancel" }),
        ["presigned: another query"] = (Invalid, f => f.Presigned.EditQuery("force=true", "force=false")),
        ["presigned: another method"] = (Invalid, f => f.Presigned with { Method = "DELETE", Path = "/jobs/q" }),
        ["presigned: another host"] = (Invalid, f => f.Presigned.With("Host", "elsewhere.example")),
        ["presigned: another body"] = (Invalid, f => f.Presigned with { Body = """{"comment":"d"}""" }),
        ["presigned: an unsigned payload"] = (Invalid, f => f.Presigned with { Query = f.Presigned.Query + "&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD", Body = "{}" }),
        ["presigned: two signatures"] = (Incomplete, f => f.Presigned with { Query = f.Presigned.Query + "&X-Amz-Signature=00" }),
        ["presigned: no signature"] = (Incomplete, f => f.Presigned.EditQuery("X-Amz-Signature=", "Signature=")),
        ["presigned: a session token added"] = (Invalid, f => f.Presigned with { Query = f.Presigned.Query + "&X-Amz-Security-Token=t" }),
    };

    private static readonly Dictionary<string, Func<ForgingServer, RawRequest>> GoodOnes = new()
    {
        ["in the header"] = f => f.Describe.Signed(f.Key, f.Now),
        ["in the query"] = f => f.Describe.Presigned(f.Key, f.Now, TimeSpan.FromMinutes(5)),
        ["almost fifteen minutes old"] = f => f.Describe.Signed(f.Key, f.Now.AddMinutes(-15)),
        ["almost fifteen minutes ahead"] = f => f.Describe.Signed(f.Key, f.Now.AddMinutes(15)),
        ["HEAD"] = f => (f.Describe with { Method = "HEAD" }).Signed(f.Key, f.Now),
        ["odd characters in the path"] = f => (f.Describe with { Path = "/things/odd%3Aname_1-x" }).Signed(f.Key, f.Now),
        ["odd characters in the query"] = f => (f.Describe with { Path = "/things", Query = "attributeName=a&attributeValue=%40/:%23%3D,.%5B%5D" }).Signed(f.Key, f.Now),
        ["query parameters in another order"] = f => (f.Describe with { Path = "/things", Query = "maxResults=5&attributeName=a" }).Signed(f.Key, f.Now) with { Query = "attributeName=a&maxResults=5" },
        ["signed parameters in another order"] = f => f.Describe.Presigned(f.Key, f.Now, TimeSpan.FromMinutes(5)) is var signed ? signed with { Query = string.Join('&', signed.Query.Split('&').Reverse()) } : f.Describe,
        ["more headers, signed"] = f => f.Describe.And("X-One", "  a   b ").And("X-Amz-Meta", "m").And("X-One", "c").And("Cookie", "a=b").Signed(f.Key, f.Now),
        ["more headers on the way"] = f => f.Describe.Signed(f.Key, f.Now).And("X-Forwarded-For", "10.0.0.1").And("User-Agent", "proxy").And("X-Amzn-Trace-Id", "Root=1"),
        ["the announced hash is right"] = f => f.Describe.With("X-Amz-Content-Sha256", SigV4Request.EmptyPayloadHash).Signed(f.Key, f.Now),
        ["the whole address in the request line"] = f => f.Describe.Signed(f.Key, f.Now) is var signed ? signed with { Path = $"http://{f.Host}{signed.Path}" } : f.Describe,
        ["the look that asks to be another method"] = f => f.Describe.Signed(f.Key, f.Now).And("X-HTTP-Method-Override", "DELETE"),
    };

    public static TheoryData<string> Forgeries => [.. Ways.Keys];

    public static TheoryData<string> Genuine => [.. GoodOnes.Keys];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_forged_request_is_refused_and_changes_nothing(string way)
    {
        var before = await forge.StateAsync();

        var answer = await forge.SendAsync(Ways[way].Forge(forge));

        Assert.Equal(Ways[way].Refusal, $"{answer.Status} {answer.Header("x-amzn-ErrorType")}");
        Assert.Contains("\"message\"", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(forge.Key.SecretAccessKey, answer.Body, StringComparison.Ordinal);
        Assert.Equal(before, await forge.StateAsync());
    }

    [Theory]
    [MemberData(nameof(Genuine))]
    public async Task A_genuine_request_is_answered(string request)
    {
        await forge.Server.Control("POST /things/odd%3Aname_1-x", "{}");
        var before = await forge.StateAsync();

        var answer = await forge.SendAsync(GoodOnes[request](forge));

        Assert.True(answer.Status == 200, $"{answer}");
        Assert.Equal(before, await forge.StateAsync());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task The_request_that_is_forged_here_does_stop_the_job_when_it_is_genuine(bool inQuery, bool isChunked)
    {
        await using var server = await ApiServer.StartAsync();
        await server.CreateJob("q", "t");
        var cancel = forge.Cancel.With("Host", server.Endpoint.Authority) with { IsChunked = isChunked };
        using var connection = await RawConnection.OpenAsync(server.Endpoint);

        var now = server.Clock.GetUtcNow();
        await connection.SendAsync((inQuery ? cancel.Presigned(server.Key, now, TimeSpan.FromMinutes(1)) : cancel.Signed(server.Key, now)).ToBytes());

        Assert.Equal(200, (await connection.ReadAsync()).Status);
        Assert.Equal("CANCELED", (string?)(await server.Control("GET /jobs/q")).Json["job"]!["status"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mismatch_tells_what_was_signed_but_no_token_and_no_cookie(bool inQuery)
    {
        var guess = new SigV4Credentials(forge.Key.AccessKeyId, "guess", "token-secret");
        var request = forge.Describe.And("Cookie", "cookie-secret");

        var answer = await forge.SendAsync(
            inQuery ? request.Presigned(guess, forge.Now, TimeSpan.FromMinutes(1)) : request.Signed(guess, forge.Now));

        Assert.Equal(Invalid, $"{answer.Status} {answer.Header("x-amzn-ErrorType")}");
        Assert.Contains("Canonical String", answer.Body, StringComparison.Ordinal);
        Assert.Contains("cookie:not-shown", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("-secret", answer.Body, StringComparison.Ordinal);
    }

    private static SigV4Credentials Local(ForgingServer forge) =>
        Wire.Rendezvous.ServerRendezvous.Find(forge.Server.DatabasePath) is { } found ? new(found.AccessKeyId, found.SecretAccessKey) : throw new InvalidOperationException("The server left no key.");
}
