using System.Net;
using System.Text.Json;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.S3.Tests.Roles;

/// <summary>From the settings to a device's download with a role that STS gave, over the end of sessions and of the server.</summary>
public sealed class AssumedRoleStoryTests(S3ServerFixture server) : IAsyncLifetime
{
    private const string Role = "arn:aws:iam::123456789012:role/S3Role";

    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly InMemoryJobsStore jobs = new();
    private readonly HttpClient device = new();
    private StsStandIn sts = null!;
    private JobsEngine engine = null!;
    private S3ObjectStore objects = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        sts = await StsStandIn.StartAsync(clock);
        (sts.AccessKey, sts.Secret) = (_ => S3ServerFixture.AccessKeyId, S3ServerFixture.SecretAccessKey);
        StartServer();
    }

    public async ValueTask DisposeAsync()
    {
        engine.Dispose();
        objects.Dispose();
        device.Dispose();
        await sts.DisposeAsync();
    }

    [Fact]
    public async Task A_device_downloads_with_a_session_that_outlives_neither_its_url_nor_the_server()
    {
        using (var administrator = S3Administrator.Of(server.Endpoint))
        {
            await administrator.PutObjectAsync(
                new() { BucketName = S3ServerFixture.Bucket, Key = "role/image.bin", ContentBody = "the image", UseChunkEncoding = false }, Cancellation);
        }

        await Run(new CreateThing("lamp"));
        await Run(new CreateJob("010", ["arn:aws:iot:us-east-1:123456789012:thing/lamp"])
        {
            Document = $$"""{"url":"${aws:iot:s3-presigned-url:https://s3.amazonaws.com/{{S3ServerFixture.Bucket}}/role/image.bin}"}""",
            PresignedUrlConfig = new() { RoleArn = Role, ExpiresInSec = 60 },
        });
        await engine.PassTimeAsync(Cancellation);
        Assert.Equal(1, sts.Count);

        var url = await StartNext();
        Assert.Contains("&X-Amz-Security-Token=Token%2Bof%2Fsession%3D%3D&", url.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("the image", await device.GetStringAsync(url, Cancellation));
        Assert.Equal(1, sts.Count);

        // The token is a part of what is signed.
        using (var other = await device.GetAsync(new Uri(url.AbsoluteUri.Replace("Token%2Bof", "Token%2Bby", StringComparison.Ordinal)), Cancellation))
        {
            Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        }

        engine.Dispose();
        objects.Dispose();
        StartServer();
        Assert.Equal("the image", await device.GetStringAsync(await StartNext(), Cancellation));
        Assert.Equal(2, sts.Count);

        // The session is over while nobody asks for anything: the next delivery has a new one.
        clock.Advance(TimeSpan.FromHours(5));
        Assert.Contains("X-Amz-Security-Token", (await StartNext()).Query, StringComparison.Ordinal);
        Assert.Equal(3, sts.Count);
    }

    [Fact]
    public async Task A_job_with_a_role_that_STS_refuses_is_not_created()
    {
        sts.Refusal = (403, "AccessDenied", "User server is not authorized");
        await Run(new CreateThing("lamp"));

        var refused = await Assert.ThrowsAsync<JobsException>(() => Run(new CreateJob("010", ["arn:aws:iot:us-east-1:123456789012:thing/lamp"])
        {
            Document = """["${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k}"]""",
            PresignedUrlConfig = new() { RoleArn = Role },
        }));

        Assert.Equal(JobsError.InvalidRequest, refused.Error);
        Assert.Contains("User server is not authorized", refused.Message, StringComparison.Ordinal);
        Assert.Contains("allow sts:AssumeRole", refused.Message, StringComparison.Ordinal);
        Assert.Empty((await Run(new ListJobs())).Jobs);
    }

    private void StartServer()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["S3:Endpoint"] = server.Endpoint.AbsoluteUri,
            ["S3:AccessKeyId"] = "AKIASERVER",
            ["S3:SecretAccessKey"] = "server's own",
            ["S3:Roles:0:Arn"] = Role,
            ["S3:Roles:0:Assume"] = "true",
            ["S3:Sts:Endpoint"] = sts.Endpoint.AbsoluteUri,
            ["S3:Sts:DurationSeconds"] = "3600",
        }).Build();
        objects = new(configuration.GetSection("S3").Get<S3Settings>()!, clock);
        engine = new(jobs, clock, services: new() { ObjectStore = objects });
    }

    private Task<T> Run<T>(Operation<T> operation) => engine.As(Caller.Operator("admin")).ExecuteAsync(operation, Cancellation);

    private async Task<Uri> StartNext()
    {
        using var document = JsonDocument.Parse((await Run(new StartNextPendingJobExecution("lamp"))).Execution!.JobDocument!);
        return new(document.RootElement.GetProperty("url").GetString()!);
    }
}
