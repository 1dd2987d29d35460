using System.Diagnostics;
using System.Net.WebSockets;
using IoTJobsToolkit.Wire.Rendezvous;

namespace IoTJobsToolkit.Server.Tests.Hosting;

/// <summary>How the real server ends, in its own process and on a database on disk.</summary>
public sealed class StopTests : IDisposable
{
    private const string Halves = "POST /things/slow HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stop-");
    private readonly HttpClient _http = new();

    public StopTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Stops by a signal.");

    private string DatabasePath => Path.Combine(_folder.FullName, "jobs.db");

    public void Dispose()
    {
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_request_whose_body_still_comes_when_the_server_is_stopped_is_answered_and_durable()
    {
        await using (var portal = await StartAsync())
        {
            using var slow = await BeginSlowAsync(portal);
            using var idle = await RawConnection.OpenAsync(new(portal.Rendezvous.Endpoint));
            await idle.SendAsync("GET /jobs HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Assert.Equal(200, (await idle.ReadAsync()).Status);

            await portal.SignalAsync();
            await idle.ClosesAsync(); // So it has begun to stop.
            await slow.SendAsync("{}");

            var answer = await slow.ReadAsync();
            Assert.Equal((200, "close"), (answer.Status, answer.Header("Connection")));
            Assert.Equal((0, ""), await portal.EndAsync());
            AssertClosed();
        }
        await using var again = await StartAsync();
        Assert.Contains("\"slow\"", await _http.GetStringAsync(new Uri($"{again.Rendezvous.Endpoint}/things"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_signal_waits_for_nobody()
    {
        await using (var portal = await StartAsync("--Jobs:ShutdownSeconds=600"))
        {
            using var slow = await BeginSlowAsync(portal);
            await portal.SignalAsync();
            await WaitUntilStoppingAsync();

            var watch = Stopwatch.StartNew();
            await portal.SignalAsync();

            Assert.Equal((0, ""), await portal.EndAsync());
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, Soon);
            await slow.ClosesAsync();
            AssertClosed();
        }
        await using var again = await StartAsync();
        Assert.DoesNotContain("slow", await _http.GetStringAsync(new Uri($"{again.Rendezvous.Endpoint}/things"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_end_in_time_is_cut_off_and_the_database_is_closed()
    {
        await using var portal = await StartAsync("--Jobs:ShutdownSeconds=1");
        using var slow = await BeginSlowAsync(portal);

        Assert.Equal((0, ""), await portal.StopAsync());

        await slow.ClosesAsync();
        AssertClosed();
        await using var again = await StartAsync();
        Assert.NotEmpty(again.Lines);
    }

    [Fact]
    public async Task Live_connections_of_pages_do_not_hold_it_up()
    {
        await using var portal = await StartAsync("--Jobs:ShutdownSeconds=600");
        using var circuit = new ClientWebSocket();
        await circuit.ConnectAsync(new($"{portal.Rendezvous.Endpoint.Replace("http", "ws", StringComparison.Ordinal)}/_blazor"), TestContext.Current.CancellationToken);
        await circuit.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        Assert.True((await circuit.ReceiveAsync(new byte[256], TestContext.Current.CancellationToken)).Count > 0);

        var watch = Stopwatch.StartNew();
        Assert.Equal((0, ""), await portal.StopAsync());

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Soon);
        AssertClosed();
    }

    private Task<PortalProcess> StartAsync(params string[] settings) => PortalProcess.StartAsync(DatabasePath, ["--Jobs:Auth=Open", .. settings]);

    /// <summary>A request that the server is reading and that is not whole.</summary>
    private static async Task<RawConnection> BeginSlowAsync(PortalProcess portal)
    {
        var connection = await RawConnection.OpenAsync(new(portal.Rendezvous.Endpoint));
        await connection.SendAsync(Halves);
        Assert.Equal(100, (await connection.ReadAsync()).Status);
        return connection;
    }

    /// <summary>The first that shows of a stop is that the address is gone.</summary>
    private async Task WaitUntilStoppingAsync()
    {
        var path = ServerRendezvous.PathFor(DatabasePath);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = new FileSystemWatcher(_folder.FullName, Path.GetFileName(path));
        watch.Deleted += (_, _) => gone.TrySetResult();
        watch.EnableRaisingEvents = true;
        if (File.Exists(path)) // Else it went before the watch began.
        {
            await gone.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);
        }
    }

    private void AssertClosed()
    {
        Assert.False(File.Exists(ServerRendezvous.PathFor(DatabasePath)));
        using var unlocked = new FileStream(DatabasePath + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(unlocked.CanWrite);
    }
}
