using System.Globalization;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Engine;

namespace IoTJobsToolkit.Server.Tests.Health;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task A_server_that_works_says_so_to_everybody(string path)
    {
        await using var server = await ApiServer.StartAsync();

        Assert.Equal("""{"status":"ok"}""", (await server.Send($"GET {path}")).IsOk().Body);
        (await server.Send($"POST {path}", "{}")).IsRefused(404, "UnknownOperationException");
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_alive_but_not_ready()
    {
        var store = new HookedStore();
        await using var server = await ApiServer.StartAsync(store);
        var gate = new Gate();
        store.OnRead = _ => gate.Pass();

        var ready = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.Send("GET /readyz")));
        gate.WaitUntilReached();

        (await server.Send("GET /healthz")).IsOk();
        Assert.All(await ready, answer => Assert.Equal((503, "The database has not answered within 1 s."), (answer.Status, answer.Message)));
        gate.Open();
        store.OnRead = null;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await server.Send("GET /readyz")).Status != 200)
        {
            deadline.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_alive_but_not_ready_and_keeps_its_secrets()
    {
        var store = new HookedStore { OnRead = _ => throw new InvalidDataException("secret path /var/lib/fleet") };
        await using var server = await ApiServer.StartAsync(store);

        var ready = await server.Send("GET /readyz");

        Assert.Equal((503, "The database cannot be read."), (ready.Status, ready.Message));
        (await server.Send("GET /healthz")).IsOk();
    }

    [Fact]
    public async Task An_engine_that_has_stopped_is_dead()
    {
        var store = new HookedStore();
        await using var server = await ApiServer.StartAsync(store, "--Jobs:Auth=Open");
        store.OnCommit = _ => throw new StoreFailedException("secret path /var/lib/fleet", new IOException("disk full"));
        (await server.Send("POST /things/t", "{}")).IsRefused(503, "ServiceUnavailableException");

        foreach (var path in new[] { "/healthz", "/readyz" })
        {
            var answer = await server.Send($"GET {path}");
            Assert.Equal(503, answer.Status);
            Assert.StartsWith("The engine has stopped", answer.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task While_a_server_drains_it_is_not_ready_and_answers_everybody_all_the_same()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open", "--Jobs:DrainSeconds=10");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);

        var stopping = server.BeginStop();
        var ready = await server.Send("GET /readyz");
        Assert.Equal((503, "The server is stopping."), (ready.Status, ready.Message));
        (await server.Send("GET /healthz")).IsOk();
        await connection.SendAsync("GET /jobs HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var answer = await connection.ReadAsync();
        Assert.Equal((200, "close"), (answer.Status, answer.Header("Connection")));
        await connection.ClosesAsync();
        Assert.False(stopping.IsCompleted, string.Create(CultureInfo.InvariantCulture, $"{stopping.Status}"));

        server.Clock.Advance(TimeSpan.FromSeconds(10));
        await stopping.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }
}
