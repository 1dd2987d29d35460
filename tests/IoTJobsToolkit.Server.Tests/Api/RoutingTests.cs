using System.Net.Sockets;
using System.Text;

namespace IoTJobsToolkit.Server.Tests.Api;

public sealed class RoutingTests
{
    [Fact]
    public async Task Answers_carry_what_every_answer_of_AWS_carries()
    {
        await using var server = await ApiServer.StartAsync();

        var answer = (await server.Control("GET /jobs")).IsOk();

        Assert.Equal("""{"jobs":[]}""", answer.Body);
        Assert.Equal(("application/json", (long?)11), (answer.ContentType, answer.ContentLength));
        Assert.True(Guid.TryParse(answer.RequestId, out _));
    }

    [Fact]
    public async Task Operations_without_output_answer_an_empty_body()
    {
        await using var server = await ApiServer.StartAsync();
        await server.CreateJob("q", "t");

        var answer = (await server.Control("PATCH /jobs/q", """{"description":"d"}""")).IsOk();

        Assert.Equal(("", (long?)0), (answer.Body, answer.ContentLength));
    }

    [Fact]
    public async Task Names_are_found_by_position()
    {
        await using var server = await ApiServer.StartAsync();
        await server.CreateJob("cancel", "jobs", "a:b");

        Assert.Equal("cancel", (string?)(await server.Control("GET /jobs/cancel")).Json["job"]!["jobId"]);
        Assert.Equal("jobs", (string?)(await server.Control("GET /things/jobs")).Json["thingName"]);
        Assert.Equal("cancel", (string?)(await server.Control("GET /things/a%3Ab/jobs")).IsOk().Json["executionSummaries"]![0]!["jobId"]);
        (await server.Control("PUT /things/a%3Ab/jobs/cancel/cancel", "{}")).IsOk();
        (await server.Control("PUT /jobs/cancel/cancel", "{}")).IsOk();
    }

    [Theory]
    [InlineData("GET /nothing", 404)]
    [InlineData("GET /", 404)]
    [InlineData("GET /jobs/a/b/c/d/e", 404)]
    [InlineData("POST /things/t/jobs", 405)]
    [InlineData("TRACE /jobs", 405)]
    public async Task An_unknown_request_is_refused_before_anyone_asks_who_calls(string request, int status)
    {
        await using var server = await ApiServer.StartAsync();

        var answer = (await server.Send(request)).IsRefused(status, "UnknownOperationException");

        Assert.Equal(status == 405, answer.Allow.Length > 0);
    }

    [Fact]
    public async Task Options_names_the_methods()
    {
        await using var server = await ApiServer.StartAsync();

        var answer = await server.Send("OPTIONS /jobs/x");

        Assert.Equal((204, "DELETE GET PATCH PUT"), (answer.Status, answer.Allow));
    }

    [Fact]
    public async Task Head_is_a_get_without_its_body()
    {
        await using var server = await ApiServer.StartAsync();

        var answer = (await server.Control("HEAD /jobs")).IsOk();

        Assert.Equal(("", (long?)11), (answer.Body, answer.ContentLength));
    }

    [Fact]
    public async Task Health_needs_no_signature()
    {
        await using var server = await ApiServer.StartAsync();

        Assert.Equal("""{"status":"ok"}""", (await server.Send("GET /healthz")).IsOk().Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_too_large_is_refused(bool chunked)
    {
        await using var server = await ApiServer.StartAsync();

        var body = $$"""{"description":"{{new string('x', 1 << 20)}}"}""";
        var answer = await server.Signed("iot", "PUT /jobs/q", body, change: message => message.Headers.TransferEncodingChunked = chunked);

        answer.IsRefused(413, "RequestEntityTooLargeException");
        (await server.Control("GET /jobs/q")).IsRefused(404, "ResourceNotFoundException");
    }

    [Fact]
    public async Task The_largest_document_fits()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Control("POST /things/t", "{}");

        var document = $"\\\"{new string('ü', 32766)}\\\"";
        (await server.Control("PUT /jobs/q", $$"""{"targets":["{{ApiServer.Arn}}thing/t"],"document":"{{document}}"}""")).IsOk();
        Assert.Equal(32768, ((string)(await server.Control("GET /jobs/q/job-document")).Json["document"]!).Length);
    }

    [Fact]
    public async Task A_request_in_absolute_form_is_understood()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Endpoint.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET http://127.0.0.1:{server.Endpoint.Port}/nothing/else HTTP/1.1\r\nHost: 127.0.0.1:{server.Endpoint.Port}\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
        Assert.Contains("There is no operation at /nothing/else.", answer, StringComparison.Ordinal);
    }
}
