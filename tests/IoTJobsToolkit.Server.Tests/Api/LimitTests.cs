using System.Text;

namespace IoTJobsToolkit.Server.Tests.Api;

public sealed class LimitTests
{
    private const string Create = "POST /things/t HTTP/1.1\r\nHost: localhost\r\n";

    [Theory]
    [InlineData("GET /jobs?a={0} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414)]
    [InlineData("GET /jobs HTTP/1.1\r\nHost: localhost\r\nX: {0}\r\n\r\n", 431)]
    public async Task What_is_too_long_before_the_body_is_refused_and_the_connection_closed(string text, int status)
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Http:MaxRequestLineBytes=4096", "--Jobs:Http:MaxHeaderBytes=4096");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);

        await connection.SendAsync(text.Replace("{0}", new('x', 5000), StringComparison.Ordinal));

        var answer = await connection.ReadAsync();
        Assert.Equal((status, "close"), (answer.Status, answer.Header("Connection")));
        await connection.ClosesAsync();
        (await server.Control("GET /jobs")).IsOk();
    }

    [Fact]
    public async Task Too_many_headers_are_refused()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Http:MaxHeaders=20");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);

        await connection.SendAsync($"GET /jobs HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Range(0, 20).Select(i => $"X-{i}: 1\r\n"))}\r\n");

        Assert.Equal(431, (await connection.ReadAsync()).Status);
        await connection.ClosesAsync();
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_and_those_within_go_on()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open", "--Jobs:Http:MaxConnections=2");
        using var first = await RawConnection.OpenAsync(server.Endpoint);
        using var second = await RawConnection.OpenAsync(server.Endpoint);
        await AssertServed(first);
        await AssertServed(second);

        using (var third = await RawConnection.OpenAsync(server.Endpoint))
        {
            await third.ClosesAsync();
        }

        await AssertServed(first);
        await AssertServed(second);
    }

    [Theory]
    [InlineData("GET /jobs HTTP/1.1\r\nHost: lo", 408)]
    [InlineData("GET /jobs HTTP/1.1\r\nHost: localhost\r\n\r\n", 200)]
    public async Task A_connection_on_which_nothing_comes_is_closed(string sent, int status)
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open", "--Jobs:Http:HeaderSeconds=1", "--Jobs:Http:KeepAliveSeconds=1");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);

        await connection.SendAsync(sent);

        Assert.Equal(status, (await connection.ReadAsync()).Status);
        await connection.ClosesAsync();
    }

    [Fact]
    public async Task Every_limit_is_the_web_servers()
    {
        await using var server = await ApiServer.StartAsync(
            "--Jobs:Http:MaxBodyBytes=2048", "--Jobs:Http:MaxHeaders=21", "--Jobs:Http:MaxHeaderBytes=200000", "--Jobs:Http:MaxRequestLineBytes=300000",
            "--Jobs:Http:MaxConnections=5", "--Jobs:Http:MaxLiveConnections=6", "--Jobs:Http:MaxStreams=7", "--Jobs:Http:MinBytesPerSecond=8",
            "--Jobs:Http:HeaderSeconds=9", "--Jobs:Http:KeepAliveSeconds=10");

        var limits = server.Limits;
        Assert.Equal((2048L, 21, 200_000, 300_000), (limits.MaxRequestBodySize, limits.MaxRequestHeaderCount, limits.MaxRequestHeadersTotalSize, limits.MaxRequestLineSize));
        Assert.Equal((300_000L, 5L, 6L, 7), (limits.MaxRequestBufferSize, limits.MaxConcurrentConnections, limits.MaxConcurrentUpgradedConnections, limits.Http2.MaxStreamsPerConnection));
        Assert.Equal((8d, 8d), (limits.MinRequestBodyDataRate!.BytesPerSecond, limits.MinResponseDataRate!.BytesPerSecond));
        Assert.Equal((9d, 10d), (limits.RequestHeadersTimeout.TotalSeconds, limits.KeepAliveTimeout.TotalSeconds));
    }

    [Fact]
    public async Task No_speed_is_asked_for_where_the_setting_is_nothing()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Http:MinBytesPerSecond=0");

        Assert.Null(server.Limits.MinRequestBodyDataRate);
    }

    [Theory]
    [InlineData("Content-Length: 2000\r\n\r\n")]
    [InlineData("Content-Length: 99999999999\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n7d0\r\n")]
    [InlineData("Expect: 100-continue\r\nContent-Length: 2000\r\n\r\n")]
    public async Task A_body_beyond_the_limit_is_refused_however_it_is_announced(string rest)
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open", "--Jobs:Http:MaxBodyBytes=1024");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);

        await connection.SendAsync(Create + rest);
        if (rest.Contains("chunked", StringComparison.Ordinal))
        {
            await connection.SendAsync(new string(' ', 2000) + "\r\n0\r\n\r\n");
        }

        var answer = await connection.ReadAsync();
        Assert.Equal((413, "RequestEntityTooLargeException", "close"), (answer.Status, answer.Header("x-amzn-ErrorType"), answer.Header("Connection")));
        await connection.ClosesAsync();
        (await server.Send("GET /things/t")).IsRefused(404, "ResourceNotFoundException");
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_read()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open", "--Jobs:Http:MaxBodyBytes=1024");

        (await server.Send("POST /things/t", "{}".PadRight(1024))).IsOk();
        (await server.Send("POST /things/u", "{}".PadRight(1024), message => message.Headers.TransferEncodingChunked = true)).IsOk();
        (await server.Send("POST /things/v", "{}".PadRight(1025), message => message.Headers.TransferEncodingChunked = true)).IsRefused(413, "RequestEntityTooLargeException");
    }

    [Fact]
    public async Task Who_expects_to_be_told_to_continue_is_told_when_his_body_is_wanted()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);

        await connection.SendAsync(Create + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        Assert.Equal(100, (await connection.ReadAsync()).Status);
        await connection.SendAsync("{}");

        Assert.Equal(200, (await connection.ReadAsync()).Status);
    }

    [Fact]
    public async Task An_unsigned_request_is_refused_before_its_body_is_asked_for()
    {
        await using var server = await ApiServer.StartAsync();
        using var connection = await RawConnection.OpenAsync(server.Endpoint);

        await connection.SendAsync(Create + "Expect: 100-continue\r\nContent-Length: 100000\r\n\r\n");

        var answer = await connection.ReadAsync();
        Assert.Equal((403, "MissingAuthenticationTokenException"), (answer.Status, answer.Header("x-amzn-ErrorType")));
        Assert.Equal("close", answer.Header("Connection")); // Nobody knows whether the body will come.
    }

    [Fact]
    public async Task An_unknown_key_is_refused_before_the_body_is_asked_for_and_a_known_one_is_not()
    {
        await using var server = await ApiServer.StartAsync();
        var request = new RawRequest("POST", "/things/t", "", "{}") { Headers = [new("Host", server.Endpoint.Authority), new("Expect", "100-continue")] };
        var unknown = request.Signed(new("AKIAUNKNOWN", "secret"), server.Clock.GetUtcNow());

        var answer = await HeadAsync(unknown);
        var asked = await HeadAsync(request.Signed(server.Key, server.Clock.GetUtcNow()));
        var wrong = await HeadAsync(request.Signed(new(server.Key.AccessKeyId, "wrong"), server.Clock.GetUtcNow()));

        Assert.Equal((403, "UnrecognizedClientException"), (answer.Status, answer.Header("x-amzn-ErrorType")));
        Assert.Equal((100, 100), (asked.Status, wrong.Status));

        async Task<RawAnswer> HeadAsync(RawRequest signed)
        {
            using var connection = await RawConnection.OpenAsync(server.Endpoint);
            await connection.SendAsync(signed.ToBytes()[..^2]);
            return await connection.ReadAsync();
        }
    }

    [Fact]
    public async Task An_unsigned_request_with_a_small_body_leaves_the_connection_open()
    {
        await using var server = await ApiServer.StartAsync();
        using var connection = await RawConnection.OpenAsync(server.Endpoint);

        for (var i = 0; i < 2; i++)
        {
            await connection.SendAsync(Create + "Content-Length: 2\r\n\r\n{}");
            Assert.Equal(403, (await connection.ReadAsync()).Status);
        }
    }

    [Theory]
    [InlineData("Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("Content-Encoding: identity, gzip\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("Content-Encoding: aws-chunked\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    public async Task A_body_that_is_packed_is_refused(string rest)
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);

        await connection.SendAsync(Create + rest);

        var answer = await connection.ReadAsync();
        Assert.Equal((415, "UnsupportedMediaTypeException"), (answer.Status, answer.Header("x-amzn-ErrorType")));
        await connection.ClosesAsync();
        (await server.Send("GET /things/t")).IsRefused(404, "ResourceNotFoundException");
    }

    [Theory]
    [InlineData("Content-Length: 20\r\n\r\n{}")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")]
    public async Task A_body_that_breaks_off_changes_nothing(string rest)
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);

        await connection.SendAsync(Create + rest);
        connection.EndSending();

        await connection.ClosesAsync();
        (await server.Send("GET /things/t")).IsRefused(404, "ResourceNotFoundException");
    }

    [Fact]
    public async Task Many_large_bodies_at_once_take_no_more_room_than_there_is_and_give_it_back()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open", "--Jobs:Http:MaxBodyMemoryBytes=1048576");
        const int length = 800_000;
        var slow = new List<RawConnection>();
        for (var i = 0; i < 2; i++)
        {
            slow.Add(await RawConnection.OpenAsync(server.Endpoint));
            await slow[i].SendAsync($"POST /things/s{i} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{{}}");
            await slow[i].SendAsync(new string(' ', length - 3));
        }

        // Two of a megabyte each do not fit: one of them is told so, and a small request has its room all the same.
        var refused = await await Task.WhenAny(slow.Select(connection => connection.ReadAsync()));
        Assert.Equal((503, "ServiceUnavailableException"), (refused.Status, refused.Header("x-amzn-ErrorType")));
        (await server.Send("POST /things/small", "{}")).IsOk();

        slow.ForEach(connection => connection.Dispose());
        (await Eventually(() => server.Send("POST /things/large", "{}".PadRight(length)))).IsOk();
    }

    [Theory]
    [InlineData("--Jobs:Http:MaxBodyBytes=0", "1024 to 67108864")]
    [InlineData("--Jobs:Http:RequestSeconds=0", "1 to 3600")]
    [InlineData("--Jobs:Http:MaxConnections=-1", "1 to 1000000")]
    [InlineData("--Jobs:Http:MaxBodyMemoryBytes=1048576 --Jobs:Http:MaxBodyBytes=2097152", "at least Jobs:Http:MaxBodyBytes, 2097152")]
    [InlineData("--Jobs:Http:MaxHeader=1", "Jobs:Http:MaxHeaders")]
    [InlineData("--Jobs:ShutdownSeconds=soon", "0 to 3600")]
    public async Task A_limit_that_is_none_is_named(string settings, string allowed)
    {
        var failure = await Assert.ThrowsAsync<IoTJobsToolkit.Server.Hosting.StartException>(() => ApiServer.StartAsync(settings.Split(' ')));

        Assert.Contains(allowed, failure.Message, StringComparison.Ordinal);
    }

    private static async Task AssertServed(RawConnection connection)
    {
        await connection.SendAsync("GET /jobs HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal(200, (await connection.ReadAsync()).Status);
    }

    /// <summary>The server notices in its own time that somebody has gone.</summary>
    private static async Task<ApiAnswer> Eventually(Func<Task<ApiAnswer>> send)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        ApiAnswer answer;
        while ((answer = await send()).Status == 503)
        {
            deadline.Token.ThrowIfCancellationRequested();
        }
        return answer;
    }
}
