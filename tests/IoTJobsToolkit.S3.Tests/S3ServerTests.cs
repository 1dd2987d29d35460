using System.Net;
using System.Net.Sockets;
using IoTJobsToolkit.Engine.Documents;

namespace IoTJobsToolkit.S3.Tests;

/// <summary>Against a running server which checks signatures as S3 does.</summary>
public sealed class S3ServerTests(S3ServerFixture server) : IDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/S3Role";

    private readonly HttpClient device = new();
    private readonly List<S3ObjectStore> stores = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        device.Dispose();
        stores.ForEach(store => store.Dispose());
    }

    private S3ObjectStore Store(string secret = S3ServerFixture.SecretAccessKey, string accessKey = S3ServerFixture.AccessKeyId, Uri? endpoint = null)
    {
        var store = new S3ObjectStore(new S3Settings
        {
            Endpoint = endpoint ?? server.Endpoint,
            AccessKeyId = accessKey,
            SecretAccessKey = secret,
            Roles = [new S3Role { Arn = Role, AccessKeyId = accessKey, SecretAccessKey = secret }],
        });
        stores.Add(store);
        return store;
    }

    private static S3Location At(string key) => new("s3.us-west-2.amazonaws.com", S3ServerFixture.Bucket, key, "us-west-2");

    private static Uri Sign(S3ObjectStore store, string key, PresignMethod method, DateTimeOffset? now = null) =>
        new(store.Presign(new PresignRequest(At(key), method, now ?? DateTimeOffset.UtcNow, 60, Role)));

    private async Task<HttpStatusCode> Put(Uri url, byte[] content)
    {
        using var body = new ByteArrayContent(content);
        using var response = await device.PutAsync(url, body, Cancellation);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> Get(Uri url)
    {
        using var response = await device.GetAsync(url, Cancellation);
        return response.StatusCode;
    }

    private async Task Upload(string key, byte[] content) =>
        Assert.Equal(HttpStatusCode.OK, await Put(Sign(Store(), key, PresignMethod.Put), content));

    private static Task<DocumentSourceException> Refused(S3ObjectStore store, S3Location location) =>
        Assert.ThrowsAsync<DocumentSourceException>(() => store.FetchDocumentAsync(location, Cancellation));

    [Theory]
    [InlineData("up/thingOne/010/1.log")]
    [InlineData("up/thing:two_3/a b+c&=(d)!*'$,;@ü%20{x}.log")]
    public async Task A_device_uploads_and_downloads_through_its_urls(string key)
    {
        await Upload(key, "the log"u8.ToArray());

        Assert.Equal("the log", await device.GetStringAsync(Sign(Store(), key, PresignMethod.Get), Cancellation));
    }

    [Fact]
    public async Task An_expired_url_is_refused()
    {
        await Upload("expired", [1]);
        var past = DateTimeOffset.UtcNow.AddSeconds(-61);

        Assert.Equal(HttpStatusCode.Forbidden, await Get(Sign(Store(), "expired", PresignMethod.Get, past)));
        Assert.Equal(HttpStatusCode.Forbidden, await Put(Sign(Store(), "expired", PresignMethod.Put, past), [2]));
        Assert.Equal(HttpStatusCode.OK, await Get(Sign(Store(), "expired", PresignMethod.Get, past.AddSeconds(30))));
    }

    [Fact]
    public async Task A_url_serves_its_own_method_only()
    {
        await Upload("method", [1]);

        Assert.Equal(HttpStatusCode.Forbidden, await Put(Sign(Store(), "method", PresignMethod.Get), [2]));
        Assert.Equal(HttpStatusCode.Forbidden, await Get(Sign(Store(), "method", PresignMethod.Put)));
    }

    [Fact]
    public async Task A_url_serves_its_own_object_only()
    {
        await Upload("one", [1]);
        await Upload("two", [2]);

        var url = Sign(Store(), "one", PresignMethod.Get).AbsoluteUri;

        Assert.Equal(HttpStatusCode.Forbidden, await Get(new Uri(url.Replace("/one?", "/two?", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_wrong_secret_signs_nothing()
    {
        await Upload("secret", [1]);

        Assert.Equal(HttpStatusCode.Forbidden, await Get(Sign(Store("wrong"), "secret", PresignMethod.Get)));
    }

    [Fact]
    public async Task A_document_is_fetched_as_text()
    {
        await Upload("docs/a b.json", "\uFEFF{\r\n\t\"ü\": 1 }"u8.ToArray());

        Assert.Null(JobDocument.CheckSource($"https://s3.amazonaws.com/{S3ServerFixture.Bucket}/docs/a%20b.json", out var location));
        Assert.Equal("{\r\n\t\"ü\": 1 }", await Store().FetchDocumentAsync(location!, Cancellation));
    }

    [Fact]
    public async Task A_missing_document_is_reported_as_missing()
    {
        Assert.Equal(DocumentSourceRefusal.NotFound, (await Refused(Store(), At("missing.json"))).Refusal);
        Assert.Equal(DocumentSourceRefusal.NotFound, (await Refused(Store(), At("x") with { Bucket = "nowhere" })).Refusal);
    }

    [Fact]
    public async Task Without_permission_the_refusal_names_the_settings()
    {
        await Upload("denied.json", "{}"u8.ToArray());

        foreach (var store in new[] { Store(secret: "wrong"), Store(accessKey: "UNKNOWN") })
        {
            var refused = await Refused(store, At("denied.json"));
            Assert.Equal(DocumentSourceRefusal.AccessDenied, refused.Refusal);
            Assert.Contains("S3:AccessKeyId", refused.Message, StringComparison.Ordinal);
        }
    }

    // Example 13.6.
    [Fact]
    public async Task A_document_of_32769_bytes_is_too_large()
    {
        await Upload("fits.json", [.. "[]"u8, .. Enumerable.Repeat((byte)' ', 32766)]);
        await Upload("large.json", [.. "[]"u8, .. Enumerable.Repeat((byte)' ', 32767)]);

        Assert.Equal(32768, (await Store().FetchDocumentAsync(At("fits.json"), Cancellation)).Length);
        Assert.Equal(DocumentSourceRefusal.TooLarge, (await Refused(Store(), At("large.json"))).Refusal);
    }

    [Fact]
    public async Task A_document_that_is_no_json_is_refused()
    {
        await Upload("text.json", "not json"u8.ToArray());

        Assert.Equal(DocumentSourceRefusal.NotJson, (await Refused(Store(), At("text.json"))).Refusal);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_named()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var nobody = new Uri($"http://{unused.LocalEndpoint}");
        unused.Stop();

        var refused = await Refused(Store(endpoint: nobody), At("x"));

        Assert.Equal(DocumentSourceRefusal.Unreachable, refused.Refusal);
        Assert.Contains(nobody.Authority, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_own_credentials_nothing_is_fetched()
    {
        using var store = new S3ObjectStore(new S3Settings());

        Assert.Equal(DocumentSourceRefusal.NoObjectStore, (await Refused(store, At("x"))).Refusal);
    }

    [Fact]
    public async Task A_fetch_can_be_canceled()
    {
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store().FetchDocumentAsync(At("x"), canceled.Token));
    }
}
