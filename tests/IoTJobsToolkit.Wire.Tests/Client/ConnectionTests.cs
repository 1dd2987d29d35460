using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Wire.Client;

namespace IoTJobsToolkit.Wire.Tests.Client;

/// <summary>What real connections do, against a listener that says what a test wants.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task A_connection_that_ends_without_an_answer_casts_doubt()
    {
        await using var server = new Listener(_ => []);

        var refusal = await Refusal(server, new CreateJob("j", ["arn"]));

        Assert.Contains($"The connection to {server.Endpoint.GetLeftPart(UriPartial.Authority)} was lost before CreateJob was answered", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("It is not known whether it was carried out", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_connection_that_ends_within_an_answer_casts_doubt()
    {
        await using var server = new Listener(_ => Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"jobArn\":"));

        Assert.Contains("It is not known whether it was carried out", (await Refusal(server, new CreateJob("j", ["arn"]))).Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_read_survives_a_lost_connection()
    {
        await using var server = new Listener(request => request == 1 ? [] : Http("""{"jobs":[]}"""));
        using var client = Client(server.Endpoint);

        Assert.Empty((await client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken)).Jobs);
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task What_does_not_speak_HTTP_is_told()
    {
        await using var server = new Listener(_ => Encoding.ASCII.GetBytes("220 mail.example ESMTP\r\n\r\n"));

        Assert.Contains("does not speak HTTP", (await Refusal(server, new CreateJob("j", ["arn"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TLS_where_there_is_none_is_told()
    {
        await using var server = new Listener(_ => Http("{}"));
        var secure = new UriBuilder(server.Endpoint) { Scheme = "https" }.Uri;
        using var client = Client(secure);

        var refusal = await Assert.ThrowsAsync<JobsException>(() => client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken));

        Assert.Contains($"There is no secure connection to {secure.GetLeftPart(UriPartial.Authority)}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("begin the address with http)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_packed_answer_is_unpacked_and_a_redirect_not_followed()
    {
        await using var server = new Listener(request => request == 1
            ? Http(Packed("""{"jobs":[]}"""), "Content-Encoding: gzip\r\n")
            : Encoding.ASCII.GetBytes("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var client = Client(server.Endpoint);

        Assert.Empty((await client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken)).Jobs);
        var refusal = await Assert.ThrowsAsync<JobsException>(() => client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken));
        Assert.Contains("302 Found", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("redirects to another path", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public void A_proxy_is_not_asked_for_this_machine()
    {
        using var handler = Connections.Create();
        var proxy = handler.Proxy!;
        var elsewhere = new Uri("https://iot.eu-west-1.amazonaws.com/");

        Assert.All(["http://127.0.0.1:8080", "http://localhost", "https://[::1]:8443"], address =>
        {
            Assert.True(proxy.IsBypassed(new(address)));
            Assert.Null(proxy.GetProxy(new(address)));
        });
        Assert.Equal(HttpClient.DefaultProxy.GetProxy(elsewhere), proxy.GetProxy(elsewhere));
        Assert.Equal((false, false), (handler.AllowAutoRedirect, handler.UseCookies));
    }

    [Fact]
    public async Task A_canceled_caller_does_not_wait_for_the_server()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new Listener(_ =>
        {
            cancel.Cancel();
            return null;
        });
        using var client = Client(server.Endpoint);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ExecuteAsync(new CreateJob("j", ["arn"]), cancel.Token));
    }

    private static JobsHttpClient Client(Uri endpoint) => new(new() { ControlEndpoint = endpoint }, clock: new ImpatientClock());

    private static async Task<JobsException> Refusal<TResponse>(Listener server, Operation<TResponse> operation)
    {
        using var client = Client(server.Endpoint);
        return await Assert.ThrowsAsync<JobsException>(() => client.ExecuteAsync(operation));
    }

    private static byte[] Http(string body) => Http(Encoding.UTF8.GetBytes(body), "");

    private static byte[] Http(byte[] body, string headers) =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n"), .. body];

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }
        return packed.ToArray();
    }

    /// <summary>One connection per request; null holds it open.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _end = new();
        private readonly Task _serving;
        private int _requests;

        public Listener(Func<int, byte[]?> answer)
        {
            _listener.Start();
            Endpoint = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
            _serving = ServeAsync(answer);
        }

        public Uri Endpoint { get; }

        public int Requests => Volatile.Read(ref _requests);

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _serving;
            _listener.Dispose();
            _end.Dispose();
        }

        private async Task ServeAsync(Func<int, byte[]?> answer)
        {
            try
            {
                while (true)
                {
                    using var connection = await _listener.AcceptTcpClientAsync(_end.Token);
                    await AnswerAsync(connection, answer);
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }

        private async Task AnswerAsync(TcpClient connection, Func<int, byte[]?> answer)
        {
            var stream = connection.GetStream();
            var buffer = new byte[16 * 1024];
            try
            {
                if (await stream.ReadAsync(buffer, _end.Token) == 0)
                {
                    return;
                }
                var bytes = answer(Interlocked.Increment(ref _requests));
                if (bytes is null)
                {
                    await Task.Delay(Timeout.Infinite, _end.Token);
                    return;
                }
                await stream.WriteAsync(bytes, _end.Token);
                connection.Client.Shutdown(SocketShutdown.Send);
                while (await stream.ReadAsync(buffer, _end.Token) > 0)
                {
                    // What was still to come; unread, it would reset the connection.
                }
            }
            catch (IOException)
            {
                // The client has hung up.
            }
        }
    }
}
