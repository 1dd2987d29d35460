using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Storage;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.S3.Tests;

/// <summary>
/// jobs-reference 10 from an operator's CreateJob to what a device does with its document, against a server of others. That server lets
/// unsigned requests through, so a refusal counts only with the code that says why.
/// </summary>
public sealed class JobDeliveryTests(S3ServerFixture server) : IDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/S3Role";
    private const string Bucket = S3ServerFixture.Bucket;

    private FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly HttpClient device = new();
    private JobsEngine? engine;
    private S3ObjectStore? objects;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        engine?.Dispose();
        objects?.Dispose();
        device.Dispose();
    }

    [Theory]
    [InlineData("s3-presigned-url", "story/app v2+ü.bin", "story/app v2+ü.bin")]
    [InlineData("s3-presigned-url-v1", "story/app v2+ü.bin", "story/app v2+ü.bin")]
    [InlineData("s3-presigned-url-v2", "story/app%20v2%2B%C3%BC.bin", "story/app v2+ü.bin")]
    [InlineData("s3-presigned-url-v2", "story/versioned.bin%3FversionId%3Dabc.123", "story/versioned.bin")]
    public async Task A_device_downloads_with_the_url_of_its_document(string kind, string written, string key)
    {
        await Store(key, "the image");
        await Create("010", $"${{aws:iot:{kind}:https://s3.us-east-1.amazonaws.com/{Bucket}/{written}}}");

        Assert.Equal("the image", await device.GetStringAsync(await StartNext(), Cancellation));
        Assert.Equal("the image", await device.GetStringAsync(await Describe("010"), Cancellation));
        Assert.Equal("the image", await device.GetStringAsync(await Describe("$next"), Cancellation));
        Assert.Equal("the image", await device.GetStringAsync(await Report("010", JobExecutionStatus.SUCCEEDED), Cancellation));
    }

    [Fact]
    public async Task Each_execution_uploads_to_its_own_key()
    {
        await Create(
            "020",
            $"${{aws:iot:s3-presigned-url-upload:https://s3.us-east-1.amazonaws.com/{Bucket}/up/${{thingName}}/${{jobId}}/${{executionNumber}}.log}}",
            job => job with
            {
                JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 1 }] },
            });

        Assert.Null(await Refusal(HttpMethod.Put, await StartNext(), "first"));
        await Report("020", JobExecutionStatus.FAILED);
        await Engine.PassTimeAsync(Cancellation);
        Assert.Null(await Refusal(HttpMethod.Put, await StartNext(), "second"));

        Assert.Equal("first", await Stored("up/lamp/020/1.log"));
        Assert.Equal("second", await Stored("up/lamp/020/2.log"));
    }

    [Fact]
    public async Task A_download_url_allows_nothing_but_its_download()
    {
        await Store("own", "mine");
        await Store("other", "not mine");
        await Create("030", Download("own"));
        var url = await StartNext();

        Assert.Equal("SignatureDoesNotMatch", await Refusal(HttpMethod.Put, url, "overwritten"));
        Assert.Equal("SignatureDoesNotMatch", await Refusal(HttpMethod.Delete, url));
        Assert.Equal("SignatureDoesNotMatch", await Refusal(HttpMethod.Get, Changed(url, "/own?", "/other?")));
        Assert.Equal("SignatureDoesNotMatch", await Refusal(HttpMethod.Get, Changed(url, "X-Amz-Expires=60", "X-Amz-Expires=3600")));
        Assert.Equal("SignatureDoesNotMatch", await Refusal(HttpMethod.Get, Changed(url, "X-Amz-Signature=", "versionId=1&X-Amz-Signature=")));
        Assert.Equal("mine", await Stored("own"));
        Assert.Null(await Refusal(HttpMethod.Get, url));
    }

    [Fact]
    public async Task An_upload_url_allows_nothing_but_its_upload()
    {
        await Store("log", "old");
        await Store("other-log", "not mine");
        await Create("040", $"${{aws:iot:s3-presigned-url-upload:https://s3.us-east-1.amazonaws.com/{Bucket}/log}}");
        var url = await StartNext();

        Assert.Equal("SignatureDoesNotMatch", await Refusal(HttpMethod.Get, url));
        Assert.Equal("SignatureDoesNotMatch", await Refusal(HttpMethod.Delete, url));
        Assert.Equal("SignatureDoesNotMatch", await Refusal(HttpMethod.Put, Changed(url, "/log?", "/other-log?"), "overwritten"));
        Assert.Equal("old", await Stored("log"));
        Assert.Equal("not mine", await Stored("other-log"));
        Assert.Null(await Refusal(HttpMethod.Put, url, "new"));
        Assert.Equal("new", await Stored("log"));
    }

    [Fact]
    public async Task A_url_ends_with_its_time_and_the_next_delivery_has_a_new_one()
    {
        await Store("timed", "image");
        clock = new(DateTimeOffset.UtcNow.AddSeconds(-62));
        await Create("050", Download("timed"));

        var late = await StartNext();
        Assert.Equal("AccessDenied", await Refusal(HttpMethod.Get, late));

        // Signed at the same instant, but for longer.
        await Run(new UpdateJob("050") { PresignedUrlConfig = new() { RoleArn = Role, ExpiresInSec = 3600 } });
        Assert.Null(await Refusal(HttpMethod.Get, await StartNext()));

        await Run(new UpdateJob("050") { PresignedUrlConfig = new() { RoleArn = Role, ExpiresInSec = 60 } });
        clock.SetUtcNow(DateTimeOffset.UtcNow);
        Assert.Null(await Refusal(HttpMethod.Get, await StartNext()));
        Assert.Equal("AccessDenied", await Refusal(HttpMethod.Get, late));
    }

    [Fact]
    public async Task A_document_does_not_change_with_its_source()
    {
        const string first = "{ \"step\" : 1,\r\n \"image\":\"${aws:iot:s3-presigned-url:https://s3.amazonaws.com/fleet/own}\" }";
        await Store("docs/job.json", first);
        await Run(new CreateThing("lamp"));
        var create = new CreateJob("060", [ThingArn])
        {
            DocumentSource = $"https://s3.amazonaws.com/{Bucket}/docs/job.json",
            PresignedUrlConfig = new() { RoleArn = Role, ExpiresInSec = 60 },
        };
        await Run(create);

        await Store("docs/job.json", """{"step":2}""");
        Assert.Equal(first, await Document("060"));
        Assert.StartsWith("{ \"step\" : 1,\r\n \"image\":\"http://", await Delivered(), StringComparison.Ordinal);

        // Another job made now has the new text; the first one keeps its own even when the source is gone.
        await Run(create with { JobId = "061" });
        Assert.Equal("""{"step":2}""", await Document("061"));
        using (var administrator = S3Administrator.Of(server.Endpoint))
        {
            await administrator.DeleteObjectAsync(Bucket, "docs/job.json", Cancellation);
        }

        var refused = await Assert.ThrowsAsync<JobsException>(() => Run(create with { JobId = "062" }));
        Assert.Equal(JobsError.InvalidRequest, refused.Error);
        Assert.Equal(first, await Document("060"));
        Assert.StartsWith("{ \"step\" : 1,", await Delivered(), StringComparison.Ordinal);

        async Task<string> Document(string jobId) => (await Run(new GetJobDocument(jobId))).Document;
        async Task<string> Delivered() => (await Run(new StartNextPendingJobExecution("lamp"))).Execution!.JobDocument!;
    }

    private const string ThingArn = "arn:aws:iot:us-east-1:123456789012:thing/lamp";

    private JobsEngine Engine => engine ??= new JobsEngine(new InMemoryJobsStore(), clock, services: new()
    {
        ObjectStore = objects = new S3ObjectStore(new S3Settings
        {
            Endpoint = server.Endpoint,
            AccessKeyId = S3ServerFixture.AccessKeyId,
            SecretAccessKey = S3ServerFixture.SecretAccessKey,
            Roles = [new S3Role { Arn = Role, AccessKeyId = S3ServerFixture.AccessKeyId, SecretAccessKey = S3ServerFixture.SecretAccessKey }],
        }),
    });

    private static string Download(string key) => $"${{aws:iot:s3-presigned-url:https://s3.us-east-1.amazonaws.com/{Bucket}/{key}}}";

    private Task<T> Run<T>(Operation<T> operation) => Engine.As(Caller.Operator("admin")).ExecuteAsync(operation, Cancellation);

    private async Task Create(string jobId, string placeholder, Func<CreateJob, CreateJob>? with = null)
    {
        await Run(new CreateThing("lamp"));
        var create = new CreateJob(jobId, [ThingArn])
        {
            Document = JsonSerializer.Serialize(new { url = placeholder }),
            PresignedUrlConfig = new() { RoleArn = Role, ExpiresInSec = 60 },
        };
        await Run(with is null ? create : with(create));
        await Engine.PassTimeAsync(Cancellation);
    }

    private async Task<Uri> StartNext() => UrlOf((await Run(new StartNextPendingJobExecution("lamp"))).Execution!.JobDocument);

    private async Task<Uri> Describe(string jobId) =>
        UrlOf((await Run(new Engine.Operations.Device.DescribeJobExecution(jobId, "lamp"))).Execution!.JobDocument);

    private async Task<Uri> Report(string jobId, JobExecutionStatus status) =>
        UrlOf((await Run(new UpdateJobExecution(jobId, "lamp") { Status = status, IncludeJobDocument = true })).JobDocument);

    private static Uri UrlOf(string? document)
    {
        using var parsed = JsonDocument.Parse(document!);
        return new Uri(parsed.RootElement.GetProperty("url").GetString()!);
    }

    private static Uri Changed(Uri url, string from, string to)
    {
        var changed = new Uri(url.AbsoluteUri.Replace(from, to, StringComparison.Ordinal));
        Assert.NotEqual(url, changed);
        return changed;
    }

    /// <summary>S3's code of the refusal; null where the request was served.</summary>
    private async Task<string?> Refusal(HttpMethod method, Uri url, string? body = null)
    {
        using var request = new HttpRequestMessage(method, url) { Content = body is null ? null : new StringContent(body) };
        using var response = await device.SendAsync(request, Cancellation);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return null;
        }

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        return XDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).Root!.Element("Code")!.Value;
    }

    private async Task Store(string key, string content)
    {
        using var administrator = S3Administrator.Of(server.Endpoint);
        await administrator.PutObjectAsync(new() { BucketName = Bucket, Key = key, ContentBody = content, UseChunkEncoding = false }, Cancellation);
    }

    private async Task<string> Stored(string key)
    {
        using var administrator = S3Administrator.Of(server.Endpoint);
        using var stored = await administrator.GetObjectAsync(Bucket, key, Cancellation);
        using var reader = new StreamReader(stored.ResponseStream);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
