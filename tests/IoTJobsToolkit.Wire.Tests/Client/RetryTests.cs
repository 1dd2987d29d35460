using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Wire.Client;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Wire.Tests.Client;

public sealed class RetryTests
{
    private const string Doubt = "It is not known whether it was carried out";

    private readonly ImpatientClock _clock = new();

    [Theory]
    [InlineData(400, "ThrottlingException")]
    [InlineData(429, "ThrottlingException")]
    [InlineData(429, "TooManyRequestsException")]
    public async Task What_was_not_done_is_tried_again_whatever_it_is(int status, string name)
    {
        using var handler = new AnswersOf(() => AnswersOf.Error(status, name), () => AnswersOf.Error(status, name), () => AnswersOf.Json("""{"jobArn":"a","jobId":"j"}"""));

        Assert.Equal("j", (await Execute(handler, new CreateJob("j", ["arn"]) { Document = "{}" })).JobId);
        Assert.Equal((3, 2), (handler.Sent.Count, _clock.Pauses.Count));
        Assert.Single(handler.Sent.Select(sent => sent.Body).Distinct());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_may_have_been_done_is_tried_again_only_if_that_changes_nothing(int status)
    {
        using var reads = new AnswersOf(() => AnswersOf.Error(status, "InternalFailureException"), () => AnswersOf.Json("""{"jobs":[]}"""));
        Assert.Empty((await Execute(reads, new ListJobs())).Jobs);

        using var writes = new AnswersOf(() => AnswersOf.Error(status, "InternalFailureException", "The server failed."), () => AnswersOf.Json("{}"));
        var refusal = await Refusal(writes, new CreateJob("j", ["arn"]));

        Assert.Single(writes.Sent);
        Assert.Equal((JobsError.InternalFailure, "InternalFailureException"), (refusal.Error, refusal.Name));
        Assert.StartsWith("The server failed. " + Doubt, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_connection_was_made_the_cause_says_so_and_not_that_an_answer_is_missing()
    {
        using var handler = new AnswersOf(() => throw new TaskCanceledException("The operation was canceled.", new TimeoutException()));

        var refusal = await Refusal(handler, new CreateJob("j", ["arn"]));

        Assert.Equal(HttpRequestError.ConnectionError, Assert.IsType<HttpRequestException>(refusal.InnerException).HttpRequestError);
        Assert.Contains("accepts no connection within 10 s", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Doubt, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "InvalidRequestException")]
    [InlineData(404, "ResourceNotFoundException")]
    [InlineData(410, "LimitExceededException")]
    [InlineData(403, "AccessDeniedException")]
    public async Task A_refusal_is_not_asked_for_twice(int status, string name)
    {
        using var handler = new AnswersOf(() => AnswersOf.Error(status, name));

        Assert.Equal(name, (await Refusal(handler, new ListJobs())).Name);
        Assert.Single(handler.Sent);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task There_are_no_more_tries_than_allowed(int attempts)
    {
        using var handler = new AnswersOf(() => AnswersOf.Error(429, "ThrottlingException"));

        Assert.Equal(JobsError.Throttling, (await Refusal(handler, new ListJobs(), attempts)).Error);
        Assert.Equal((attempts, attempts - 1), (handler.Sent.Count, _clock.Pauses.Count));
    }

    [Fact]
    public async Task Pauses_grow_to_a_bound_and_differ()
    {
        using var handler = new AnswersOf(() => AnswersOf.Error(429, "ThrottlingException"));

        await Refusal(handler, new ListJobs(), attempts: 40);

        var pauses = _clock.Pauses.ToList();
        Assert.All(pauses, (pause, i) => Assert.InRange(pause.TotalMilliseconds, 0, Math.Min(5000, 100 * Math.Pow(2, i))));
        Assert.True(pauses.Distinct().Count() > 20);
        Assert.True(pauses.Max() > TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_server_which_names_a_pause_gets_it()
    {
        using var handler = new AnswersOf(
            () => AnswersOf.Error(503, "ServiceUnavailableException", change: answer => answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(12))),
            () => AnswersOf.Error(503, "ServiceUnavailableException", change: answer => answer.Headers.RetryAfter = new(_clock.GetUtcNow().AddSeconds(20))),
            () => AnswersOf.Error(503, "ServiceUnavailableException", change: answer => answer.Headers.RetryAfter = new(_clock.GetUtcNow().AddSeconds(-20))),
            () => AnswersOf.Json("{}"));

        await Execute(handler, new DeleteJob("j"));

        Assert.Equal([12, 20], _clock.Pauses.Take(2).Select(pause => pause.TotalSeconds));
        Assert.InRange(_clock.Pauses.Last().TotalMilliseconds, 0, 400);
    }

    [Fact]
    public async Task A_server_which_asks_for_more_than_patience_is_not_waited_for()
    {
        using var handler = new AnswersOf(() => AnswersOf.Error(503, "ServiceUnavailableException", change: answer => answer.Headers.RetryAfter = new(TimeSpan.FromHours(1))));

        await Refusal(handler, new ListJobs());

        Assert.Single(handler.Sent);
    }

    public static TheoryData<HttpRequestException, bool, string> Failures => new()
    {
        { new(HttpRequestError.ConnectionError, "x", new SocketException((int)SocketError.ConnectionRefused)), true, "Nothing listens at http://jobs.example:8080." },
        { new(HttpRequestError.ConnectionError, "x", new SocketException((int)SocketError.NetworkUnreachable)), true, "There is no connection to http://jobs.example:8080" },
        { new(HttpRequestError.NameResolutionError, "x", new SocketException((int)SocketError.HostNotFound)), true, "The host of http://jobs.example:8080 is not found" },
        { new(HttpRequestError.ProxyTunnelError, "x"), true, "The proxy makes no connection to http://jobs.example:8080" },
        { new(HttpRequestError.SecureConnectionError, "x", new IOException("reset")), true, "no secure connection to http://jobs.example:8080: reset" },
        { new(HttpRequestError.ResponseEnded, "x"), false, "was lost before" },
        { new(HttpRequestError.InvalidResponse, "x"), false, "does not speak HTTP" },
        { new("x", new IOException("broken pipe")), false, "broken pipe" },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task A_request_that_did_not_go_out_is_tried_again_and_one_whose_answer_is_lost_only_if_it_may(
        HttpRequestException failure, bool isNotSent, string said)
    {
        using var writes = new AnswersOf(() => throw failure);
        var refusal = await Refusal(writes, new CreateJob("j", ["arn"]));

        Assert.Equal((JobsError.ServiceUnavailable, "ServiceUnavailableException"), (refusal.Error, refusal.Name));
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("http://jobs.example:8080", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((isNotSent ? 4 : 1, !isNotSent), (writes.Sent.Count, refusal.Message.Contains(Doubt, StringComparison.Ordinal)));

        using var reads = new AnswersOf(() => throw failure, () => AnswersOf.Json("""{"jobs":[]}"""));
        Assert.Empty((await Execute(reads, new ListJobs())).Jobs);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_not_tried_again()
    {
        using var handler = new AnswersOf(() =>
            throw new HttpRequestException(HttpRequestError.SecureConnectionError, "x", new AuthenticationException("The remote certificate is invalid.")));

        var refusal = await Refusal(handler, new ListJobs());

        Assert.Single(handler.Sent);
        Assert.Contains("The remote certificate is invalid. Check that the server speaks TLS", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_asked_of_things_and_groups_may_be_asked_again()
    {
        Operation[] may =
        [
            new CreateThing("t"), new DeleteThing("t"), new UpdateThing("t"), new StartNextPendingJobExecution("t"), new UpdateJob("j"),
            new TagResource("a", []), new AddThingToThingGroup(),
        ];
        Operation[] mayNot =
        [
            new CreateJob("j", []), new CancelJob("j"), new DeleteJob("j"), new UpdateJobExecution("j", "t"), new CreateJobTemplate("t", "d"),
            new UpdateThing("t") { ExpectedVersion = 1 },
        ];
        foreach (var (operation, expected) in may.Select(operation => (operation, 2)).Concat(mayNot.Select(operation => (operation, 1))))
        {
            using var handler = new AnswersOf(() => throw new HttpRequestException(HttpRequestError.ResponseEnded, "x"), () => AnswersOf.Error(404, "ResourceNotFoundException"));
            using var client = Client(handler);

            await Assert.ThrowsAsync<JobsException>(() => client.SendAsync(operation));

            Assert.True(expected == handler.Sent.Count, operation.Name);
        }
    }

    [Fact]
    public async Task A_try_has_its_time()
    {
        var clock = new FakeTimeProvider();
        var asked = new SemaphoreSlim(0);
        using var handler = new AnswersOf(async (_, cancellationToken) =>
        {
            asked.Release();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return AnswersOf.Json("{}");
        });
        using var client = new JobsHttpClient(new() { ControlEndpoint = new("http://jobs.example"), Timeout = TimeSpan.FromSeconds(7) }, handler, clock);

        var call = client.ExecuteAsync(new CreateJob("j", ["arn"]), TestContext.Current.CancellationToken);
        await asked.WaitAsync(TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        var refusal = await Assert.ThrowsAsync<JobsException>(() => call);
        Assert.StartsWith("http://jobs.example did not answer CreateJob within 7 s. " + Doubt, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_gives_up_connecting_has_not_sent_anything()
    {
        using var handler = new AnswersOf(() => throw new TaskCanceledException("x", new TimeoutException()));

        var refusal = await Refusal(handler, new CreateJob("j", ["arn"]));

        Assert.Equal(4, handler.Sent.Count);
        Assert.Contains("accepts no connection", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_cancels_is_heard_at_once()
    {
        using var cancel = new CancellationTokenSource();
        var asked = new SemaphoreSlim(0);
        using var handler = new AnswersOf(async (_, cancellationToken) =>
        {
            asked.Release();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return AnswersOf.Json("{}");
        });
        using var client = Client(handler);

        var call = client.ExecuteAsync(new CreateJob("j", ["arn"]), cancel.Token);
        await asked.WaitAsync(TestContext.Current.CancellationToken);
        await cancel.CancelAsync();

        Assert.Equal(cancel.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call)).CancellationToken);
        Assert.Single(handler.Sent);
    }

    [Fact]
    public async Task A_caller_who_cancels_is_heard_in_a_pause()
    {
        using var cancel = new CancellationTokenSource();
        var clock = new FakeTimeProvider(); // Nobody moves it: the pause would not end.
        using var handler = new AnswersOf(() => AnswersOf.Error(503, "ServiceUnavailableException", change: answer => answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(20))));
        using var client = new JobsHttpClient(new() { ControlEndpoint = new("http://jobs.example") }, handler, clock);

        var call = client.ExecuteAsync(new ListJobs(), cancel.Token);
        Assert.False(call.IsCompleted);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(handler.Sent);
    }

    [Fact]
    public async Task Nothing_is_sent_for_a_caller_who_canceled_before()
    {
        using var handler = new AnswersOf(() => AnswersOf.Json("{}"));
        using var client = Client(handler);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ExecuteAsync(new ListJobs(), new CancellationToken(canceled: true)));
        Assert.Empty(handler.Sent);
    }

    [Fact]
    public async Task A_client_that_is_gone_says_so()
    {
        using var handler = new AnswersOf(() => AnswersOf.Json("{}"));
        var client = Client(handler);
        client.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nobody_listening_is_told_with_the_address()
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp); // It has the port, so that nobody else listens there, and does not listen.
        holder.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)holder.LocalEndPoint!).Port;
        using var client = new JobsHttpClient(new() { ControlEndpoint = new($"http://127.0.0.1:{port}") }, clock: _clock);

        var refusal = await Assert.ThrowsAsync<JobsException>(() => client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken));

        Assert.Equal($"Nothing listens at http://127.0.0.1:{port}. Check that the server runs, and the address.", refusal.Message);
        Assert.Equal(3, _clock.Pauses.Count(pause => pause <= TimeSpan.FromSeconds(5)));
    }

    private JobsHttpClient Client(AnswersOf handler, int attempts = 4) =>
        new(new() { ControlEndpoint = new("http://jobs.example:8080"), MaxAttempts = attempts }, handler, _clock);

    private async Task<TResponse> Execute<TResponse>(AnswersOf handler, Operation<TResponse> operation)
    {
        using var client = Client(handler);
        return await client.ExecuteAsync(operation);
    }

    private async Task<JobsException> Refusal<TResponse>(AnswersOf handler, Operation<TResponse> operation, int attempts = 4)
    {
        using var client = Client(handler, attempts);
        return await Assert.ThrowsAsync<JobsException>(() => client.ExecuteAsync(operation));
    }
}
