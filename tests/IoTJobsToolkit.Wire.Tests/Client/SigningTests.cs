using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Wire.Client;
using IoTJobsToolkit.Wire.Signing;
using Microsoft.Extensions.Time.Testing;
using DataDescribeJobExecution = IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecution;

namespace IoTJobsToolkit.Wire.Tests.Client;

public sealed class SigningTests
{
    private static readonly SigV4Credentials Key = new("AKIDEXAMPLE", "a-secret/that+nobody=sees");
    private static readonly SigV4Credentials Temporary = new("ASIAEXAMPLE", "another-secret", "a-session-token+/=");

    public static TheoryData<string> All => [.. Routes.All.Select(route => $"{route.Plane} {route.Method} {route.Path}")];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_request_is_signed_for_its_plane(string key)
    {
        var route = Routes.All.First(route => $"{route.Plane} {route.Method} {route.Path}" == key);
        foreach (var (endpoint, credentials) in new[] { ("http://127.0.0.1:8080", Key), ("https://jobs.example/behind/a-proxy/", Temporary) })
        {
            var clock = new ImpatientClock();
            using var handler = new AnswersOf((sent, _) => Task.FromResult(Verify(sent, clock, credentials) is SigV4Outcome.Verified verified && verified.Plane == route.Plane
                ? AnswersOf.Error(404, "ResourceNotFoundException", "verified")
                : AnswersOf.Error(400, "InvalidRequestException", "not verified")));
            using var client = new JobsHttpClient(Options(endpoint, credentials), handler, clock);

            var refusal = await Assert.ThrowsAsync<JobsException>(() => client.SendAsync(RecordSamples.Filled(route)));

            Assert.Equal("verified", refusal.Message);
            Assert.Equal(new Uri(endpoint).Authority, handler.Sent[0].Header("Host"));
            Assert.Equal(credentials.SessionToken, handler.Sent[0].Header("X-Amz-Security-Token"));
            Assert.StartsWith(new Uri(endpoint).AbsolutePath.TrimEnd('/') + "/", handler.Sent[0].Target, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_path_arrives_as_it_was_signed()
    {
        using var handler = new AnswersOf(() => AnswersOf.Json("{}"));
        using var client = new JobsHttpClient(Options("http://127.0.0.1:8080", Key), handler);

        await client.ExecuteAsync(new DataDescribeJobExecution("$next", "a:b"), TestContext.Current.CancellationToken);
        await client.ExecuteAsync(new StartNextPendingJobExecution("t"), TestContext.Current.CancellationToken);

        Assert.Equal(["/things/a%3Ab/jobs/%24next", "/things/t/jobs/$next"], handler.Sent.Select(sent => sent.Target));
        Assert.Equal([null, "application/json"], handler.Sent.Select(sent => sent.Header("Content-Type")));
    }

    [Fact]
    public async Task The_planes_may_have_an_address_each()
    {
        using var handler = new AnswersOf(() => AnswersOf.Json("""{"jobs":[],"inProgressJobs":[],"queuedJobs":[]}"""));
        var options = Options("https://iot.eu-west-1.amazonaws.com", Key) with { DataEndpoint = new("https://prefix.jobs.iot.eu-west-1.amazonaws.com") };
        using var client = new JobsHttpClient(options, handler);

        await client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken);
        await client.ExecuteAsync(new GetPendingJobExecutions("t"), TestContext.Current.CancellationToken);

        Assert.Equal(
            ["https://iot.eu-west-1.amazonaws.com/jobs", "https://prefix.jobs.iot.eu-west-1.amazonaws.com/things/t/jobs"],
            handler.Sent.Select(sent => sent.Uri.OriginalString));
    }

    [Fact]
    public async Task Without_credentials_nothing_is_signed_but_the_plane_is_told()
    {
        using var handler = new AnswersOf(() => AnswersOf.Json("""{"jobs":[],"inProgressJobs":[],"queuedJobs":[]}"""));
        using var client = new JobsHttpClient(Options("http://127.0.0.1:8080", null), handler);

        await client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken);
        await client.ExecuteAsync(new GetPendingJobExecutions("t"), TestContext.Current.CancellationToken);

        Assert.Null(handler.Sent[0].Header("Authorization"));
        Assert.Equal(Plane.Data, PlaneChoice.Of(handler.Sent[1].Header("Authorization"), "", hasClientCertificate: false, "127.0.0.1"));
    }

    [Fact]
    public async Task Credentials_are_asked_for_before_every_try()
    {
        var keys = new Queue<SigV4Credentials>([Key, Temporary]);
        using var handler = new AnswersOf(() => AnswersOf.Error(429, "ThrottlingException"), () => AnswersOf.Json("{}"));
        using var client = new JobsHttpClient(Options("http://127.0.0.1:8080", Key) with { Credentials = _ => new(keys.Dequeue()) }, handler, new ImpatientClock());

        await client.ExecuteAsync(new DeleteJob("010"), TestContext.Current.CancellationToken);

        Assert.Contains("Credential=AKIDEXAMPLE/", handler.Sent[0].Header("Authorization"), StringComparison.Ordinal);
        Assert.Contains("Credential=ASIAEXAMPLE/", handler.Sent[1].Header("Authorization"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(86400)]
    public async Task A_clock_that_is_off_is_put_right_by_the_servers(int seconds)
    {
        var right = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1796119200));
        var wrong = new ImpatientClock();
        wrong.SetUtcNow(right.GetUtcNow().AddSeconds(Math.Max(seconds, 0)));
        right.SetUtcNow(right.GetUtcNow().AddSeconds(Math.Max(-seconds, 0)));
        using var handler = new AnswersOf((sent, _) => Task.FromResult(Verify(sent, right, Key) switch
        {
            SigV4Outcome.Refused refused => AnswersOf.Error(refused.Status, refused.Error, change: answer => answer.Headers.Date = right.GetUtcNow()),
            _ => AnswersOf.Json("{}"),
        }));
        using var client = new JobsHttpClient(Options("http://127.0.0.1:8080", Key) with { MaxAttempts = 1 }, handler, wrong);

        await client.ExecuteAsync(new DeleteJob("010"), TestContext.Current.CancellationToken);
        await client.ExecuteAsync(new DeleteJob("010"), TestContext.Current.CancellationToken);

        Assert.Equal(3, handler.Sent.Count);
        Assert.Empty(wrong.Pauses);
    }

    [Fact]
    public async Task Callers_who_meet_the_wrong_time_together_all_get_through()
    {
        var right = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1796119200));
        var wrong = new ImpatientClock();
        wrong.SetUtcNow(right.GetUtcNow().AddHours(2));
        var waiting = 0;
        var all = new TaskCompletionSource();
        using var handler = new AnswersOf(async (sent, _) =>
        {
            if (Interlocked.Increment(ref waiting) == 8)
            {
                all.SetResult();
            }
            await all.Task;
            return Verify(sent, right, Key) is SigV4Outcome.Refused refused
                ? AnswersOf.Error(refused.Status, refused.Error, change: answer => answer.Headers.Date = right.GetUtcNow())
                : AnswersOf.Json("{}");
        });
        using var client = new JobsHttpClient(Options("http://127.0.0.1:8080", Key), handler, wrong);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.ExecuteAsync(new DeleteJob("010"))));

        Assert.Equal(16, handler.Sent.Count);
    }

    [Theory]
    [InlineData("Signature expired: 20150830T123600Z is now earlier than 20150830T124000Z", 2)]
    [InlineData("The request signature we calculated does not match", 1)]
    public async Task A_signature_that_is_not_valid_is_sent_with_another_time_only_if_that_is_why(string message, int times)
    {
        var clock = new ImpatientClock();
        using var handler = new AnswersOf(() =>
            AnswersOf.Error(403, "InvalidSignatureException", message, change: answer => answer.Headers.Date = clock.GetUtcNow().AddHours(1)));
        using var client = new JobsHttpClient(Options("http://127.0.0.1:8080", Key), handler, clock);

        await Assert.ThrowsAsync<JobsException>(() => client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken));

        Assert.Equal(times, handler.Sent.Count);
    }

    [Fact]
    public async Task A_refusal_of_time_which_no_clock_explains_is_reported_once()
    {
        var clock = new ImpatientClock();
        using var handler = new AnswersOf(() => AnswersOf.Error(400, "RequestExpired", change: answer => answer.Headers.Date = clock.GetUtcNow()));
        using var client = new JobsHttpClient(Options("http://127.0.0.1:8080", Key), handler, clock);

        var refusal = await Assert.ThrowsAsync<JobsException>(() => client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken));

        Assert.Equal((JobsError.AccessDenied, "RequestExpired"), (refusal.Error, refusal.Name));
        Assert.Single(handler.Sent);
    }

    [Fact]
    public async Task A_server_that_is_never_content_with_the_time_is_asked_twice()
    {
        var hours = 0;
        var clock = new ImpatientClock();
        using var handler = new AnswersOf(() => hours == 2
            ? AnswersOf.Json("{}")
            : AnswersOf.Error(400, "RequestExpired", change: answer => answer.Headers.Date = clock.GetUtcNow().AddHours(++hours)));
        using var client = new JobsHttpClient(Options("http://127.0.0.1:8080", Key), handler, clock);

        await Assert.ThrowsAsync<JobsException>(() => client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken));
        Assert.Equal(2, handler.Sent.Count);

        // What did not help is not kept.
        await client.ExecuteAsync(new DeleteJob("010"), TestContext.Current.CancellationToken);
        Assert.Equal(handler.Sent[0].Header("X-Amz-Date"), handler.Sent[2].Header("X-Amz-Date"));
    }

    [Theory]
    [InlineData("", "secret", null, "access key")]
    [InlineData("AKID", "", null, "access key")]
    [InlineData("AK\nID", "secret", null, "access key id")]
    [InlineData("AKID/x", "secret", null, "access key id")]
    [InlineData("AKID", "secret", "tok\nen", "session token")]
    [InlineData("AKID", "secret", "", "session token")]
    public async Task Credentials_that_cannot_be_sent_are_refused_and_not_shown(string id, string secret, string? token, string named)
    {
        using var handler = new AnswersOf(() => AnswersOf.Json("{}"));
        using var client = new JobsHttpClient(Options("http://127.0.0.1:8080", new(id, secret, token)), handler);

        var refusal = await Assert.ThrowsAsync<JobsException>(() => client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken));

        Assert.Equal(JobsError.AccessDenied, refusal.Error);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("tok\nen", refusal.ToString(), StringComparison.Ordinal);
        Assert.Empty(handler.Sent);
    }

    /// <summary>Our own server hides the token; AWS quotes the whole canonical request.</summary>
    private static string Quoting(string message) => $"{message}\nx-amz-security-token:{Temporary.SessionToken}";

    [Fact]
    public async Task No_secret_is_shown()
    {
        var options = Options("http://127.0.0.1:8080", Temporary);
        using var handler = new AnswersOf((sent, _) => Task.FromResult(
            Verify(sent, new ImpatientClock(), Temporary with { SecretAccessKey = "of the server" }) is SigV4Outcome.Refused refused
                ? AnswersOf.Error(refused.Status, refused.Error, System.Text.Json.JsonEncodedText.Encode(Quoting(refused.Message)).ToString())
                : AnswersOf.Json("{}")));
        using var client = new JobsHttpClient(options, handler, new ImpatientClock());

        var refusal = await Assert.ThrowsAsync<JobsException>(() => client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken));

        Assert.Equal("InvalidSignatureException", refusal.Name);
        Assert.Contains("x-amz-security-token:(session token)", refusal.Message, StringComparison.Ordinal);
        Assert.All([options.ToString(), refusal.ToString()], text =>
        {
            Assert.DoesNotContain(Temporary.SecretAccessKey, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Temporary.SessionToken!, text, StringComparison.Ordinal);
        });
    }

    private static JobsHttpClientOptions Options(string endpoint, SigV4Credentials? credentials) => new()
    {
        ControlEndpoint = new(endpoint),
        Region = "eu-west-1",
        Credentials = credentials is null ? null : _ => new(credentials),
    };

    private static SigV4Outcome Verify(SentRequest sent, TimeProvider clock, SigV4Credentials known) =>
        new SigV4Verifier(["eu-west-1"]).Verify(sent.AsArrived(), clock.GetUtcNow(), id => id == known.AccessKeyId ? known : null);
}
