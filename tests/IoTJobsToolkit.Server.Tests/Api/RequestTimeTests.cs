using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Engine;

namespace IoTJobsToolkit.Server.Tests.Api;

/// <summary>Requests that do not end in time, on a clock that the test moves.</summary>
public sealed class RequestTimeTests
{
    private const string JobWithDocument = $$"""{"targets":["{{ApiServer.Arn}}thing/t"],"documentSource":"https://s3.amazonaws.com/b/doc.json"}""";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Who_has_not_had_his_turn_in_time_is_told_that_nothing_was_changed()
    {
        var store = new HookedStore();
        var documents = new Documents();
        await using var server = await ApiServer.StartAsync(store, documents, "--Jobs:Auth=Open");
        var (gate, held) = BeginChange(server, store);
        var waiting = server.Send("PUT /jobs/second", JobWithDocument);
        await documents.WaitUntilAskedAsync(); // The last that happens before it waits for its turn.

        server.Clock.Advance(Limit);

        var answer = (await waiting).IsRefused(503, "ServiceUnavailableException");
        Assert.Contains("nothing was changed", answer.Message, StringComparison.Ordinal);
        Assert.Contains("60 seconds", answer.Message, StringComparison.Ordinal);
        gate.Open();
        await held;
        (await server.Send("GET /jobs/second")).IsRefused(404, "ResourceNotFoundException");
    }

    [Fact]
    public async Task Whose_turn_has_come_is_told_that_his_change_may_yet_be_made()
    {
        var store = new HookedStore();
        await using var server = await ApiServer.StartAsync(store, "--Jobs:Auth=Open");
        var (gate, held) = BeginChange(server, store);

        server.Clock.Advance(Limit);

        var answer = (await held).IsRefused(503, "ServiceUnavailableException");
        Assert.Contains("may yet be made", answer.Message, StringComparison.Ordinal);
        gate.Open();
        (await server.Send("GET /things?maxResults=1")).IsOk();
        (await server.Send("GET /things/t")).IsOk();
    }

    [Fact]
    public async Task A_change_that_is_made_just_after_the_time_is_answered_all_the_same()
    {
        var store = new HookedStore();
        await using var server = await ApiServer.StartAsync(store, "--Jobs:Auth=Open");
        var (gate, held) = BeginChange(server, store);

        server.Clock.Advance(Limit);
        gate.Open();

        (await held).IsOk();
    }

    [Fact]
    public async Task A_read_that_does_not_end_says_nothing_of_changes()
    {
        var store = new HookedStore();
        await using var server = await ApiServer.StartAsync(store, "--Jobs:Auth=Open");
        var gate = new Gate();
        store.OnRead = _ => gate.Pass();
        var held = server.Send("GET /things");
        gate.WaitUntilReached();

        server.Clock.Advance(Limit);

        Assert.EndsWith("try again.", (await held).IsRefused(503, "ServiceUnavailableException").Message, StringComparison.Ordinal);
        gate.Open();
    }

    [Fact]
    public async Task A_document_that_is_not_fetched_in_time_makes_no_job()
    {
        using var store = new InMemoryJobsStore();
        var documents = new Documents { IsEndless = true };
        await using var server = await ApiServer.StartAsync(store, documents, "--Jobs:Auth=Open", "--Jobs:Http:RequestSeconds=5");
        (await server.Send("POST /things/t", "{}")).IsOk();

        var creating = server.Send("PUT /jobs/q", JobWithDocument);
        await documents.WaitUntilAskedAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains("nothing was changed", (await creating).IsRefused(503, "ServiceUnavailableException").Message, StringComparison.Ordinal);
        (await server.Send("GET /jobs/q")).IsRefused(404, "ResourceNotFoundException");
    }

    [Fact]
    public async Task A_body_that_does_not_arrive_in_time_is_given_up()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);
        await connection.SendAsync("POST /things/t HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        Assert.Equal(100, (await connection.ReadAsync()).Status); // Now it is being read.

        server.Clock.Advance(Limit);

        var answer = await connection.ReadAsync();
        Assert.Equal((408, "RequestTimeoutException", "close"), (answer.Status, answer.Header("x-amzn-ErrorType"), answer.Header("Connection")));
        await connection.ClosesAsync();
        (await server.Send("GET /things/t")).IsRefused(404, "ResourceNotFoundException");
    }

    [Fact]
    public async Task A_body_of_a_byte_a_second_ends_soon_and_harms_nobody()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);
        await connection.SendAsync("POST /things/t HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{");

        var refused = connection.ReadAsync();
        using var drip = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!refused.IsCompleted && await drip.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            await connection.SendAsync(" ");
            (await server.Send("GET /jobs")).IsOk();
        }

        var answer = await refused;
        Assert.Equal((408, "RequestTimeoutException"), (answer.Status, answer.Header("x-amzn-ErrorType")));
        Assert.Contains("240 bytes a second", answer.Body, StringComparison.Ordinal);
        (await server.Send("GET /things/t")).IsRefused(404, "ResourceNotFoundException");
    }

    /// <summary>A thing <c>t</c> whose commit has begun and does not end before the gate is opened.</summary>
    private static (Gate Gate, Task<ApiAnswer> Held) BeginChange(ApiServer server, HookedStore store)
    {
        var gate = store.HoldCommit();
        var held = server.Send("POST /things/t", "{}");
        gate.WaitUntilReached();
        return (gate, held);
    }

    /// <summary>Of which a test sees when one is asked for, in the midst of CreateJob and before its turn.</summary>
    private sealed class Documents : IObjectStore
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsEndless { get; init; }

        public Task WaitUntilAskedAsync() => _asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        public string Presign(PresignRequest request) => "https://signed.example/";

        public async Task<string> FetchDocumentAsync(S3Location location, CancellationToken cancellationToken)
        {
            _asked.SetResult();
            await (IsEndless ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask);
            return "{}";
        }
    }
}
