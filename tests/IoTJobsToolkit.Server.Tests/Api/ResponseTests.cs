using System.Globalization;
using System.Text;

namespace IoTJobsToolkit.Server.Tests.Api;

/// <summary>What stands on the wire, byte by byte (http-api 5, 6).</summary>
public sealed class ResponseTests
{
    [Theory]
    [InlineData("GET /jobs", 200, null)]
    [InlineData("GET /jobs/none", 404, "ResourceNotFoundException")]
    [InlineData("GET /nothing", 404, "UnknownOperationException")]
    [InlineData("POST /jobs", 405, "UnknownOperationException")]
    [InlineData("DELETE /things/none", 200, null)]
    [InlineData("GET /healthz", 200, null)]
    [InlineData("GET /readyz", 200, null)]
    public async Task Every_answer_carries_its_headers_and_leaves_the_connection_open(string request, int status, string? error)
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);

        for (var i = 0; i < 2; i++)
        {
            await connection.SendAsync($"{request} HTTP/1.1\r\nHost: {server.Endpoint.Authority}\r\n\r\n");
            var answer = await connection.ReadAsync();

            Assert.Equal((status, error), (answer.Status, answer.Header("x-amzn-ErrorType")));
            Assert.True(Guid.TryParse(answer.Header("x-amzn-RequestId"), out _));
            Assert.Equal("application/json", answer.Header("Content-Type"));
            Assert.Equal(("no-store", "nosniff"), (answer.Header("Cache-Control"), answer.Header("X-Content-Type-Options")));
            Assert.Equal(Encoding.UTF8.GetByteCount(answer.Body).ToString(CultureInfo.InvariantCulture), answer.Header("Content-Length"));
            Assert.True(DateTimeOffset.TryParseExact(answer.Header("Date"), "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
            Assert.Null(answer.Header("Server"));
        }
    }

    [Theory]
    [InlineData("GET /jobs")]
    [InlineData("GET /jobs/none")]
    [InlineData("GET /healthz")]
    [InlineData("GET /readyz")]
    public async Task Head_has_the_headers_of_get_and_no_body(string request)
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);

        await connection.SendAsync($"{request} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var get = await connection.ReadAsync();
        await connection.SendAsync($"HEAD{request[3..]} HTTP/1.1\r\nHost: localhost\r\n\r\nGET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var head = await connection.ReadAsync(isHead: true);

        Assert.Equal((get.Status, get.Header("Content-Length"), get.Header("Content-Type")), (head.Status, head.Header("Content-Length"), head.Header("Content-Type")));
        Assert.Equal(404, (await connection.ReadAsync()).Status);
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_their_order()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);
        const string create = "POST /things/t{0} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{{}}";

        await connection.SendAsync(string.Concat(Enumerable.Range(0, 20).Select(i => string.Format(CultureInfo.InvariantCulture, create, i))));

        for (var i = 0; i < 20; i++)
        {
            Assert.Contains($"\"thingName\":\"t{i}\"", (await connection.ReadAsync()).Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("Connection: keep-alive\r\n", false)]
    public async Task HTTP_1_0_is_answered_and_closed_unless_asked_otherwise(string header, bool closes)
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);
        var request = $"GET /jobs HTTP/1.0\r\nHost: localhost\r\n{header}\r\n";

        await connection.SendAsync(request);
        Assert.Equal("""{"jobs":[]}""", (await connection.ReadAsync()).Body);
        if (closes)
        {
            await connection.ClosesAsync();
            return;
        }
        await connection.SendAsync(request);
        Assert.Equal(200, (await connection.ReadAsync()).Status);
    }

    [Theory]
    [InlineData("GET / jobs HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("GET /jobs HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /jobs HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [InlineData("GET /jobs HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n", 400)]
    [InlineData("GET /jobs HTTP/1.1\r\nHost: a\r\nX y: b\r\n\r\n", 400)]
    [InlineData("GET /jobs HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n", 400)]
    [InlineData("POST /things/t HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400)]
    [InlineData("POST /things/t HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST /things/t HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n", 400)]
    [InlineData("POST /things/t HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 400)]
    [InlineData("GET http://b/jobs HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /jobs HTTP/3.7\r\nHost: a\r\n\r\n", 505)]
    public async Task What_is_no_request_is_refused_and_the_connection_closed(string text, int status)
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);

        await connection.SendAsync(text);

        var answer = await connection.ReadAsync();
        Assert.Equal((status, "close"), (answer.Status, answer.Header("Connection")));
        await connection.ClosesAsync();
    }

    [Fact]
    public async Task A_body_that_two_readers_would_end_differently_closes_the_connection()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        using var connection = await RawConnection.OpenAsync(server.Endpoint);

        await connection.SendAsync(
            "POST /things/t HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nDELETE /things/t HTTP/1.1\r\nHost: localhost\r\n\r\n");

        var first = await connection.ReadAsync();
        Assert.True(first.Status == 400 || first.Header("Connection") == "close", $"{first}");
        await connection.ClosesAsync();
    }
}
