namespace IoTJobsToolkit.Server.Tests.Api;

/// <summary>Requests which no SDK sends: each gets a plain answer, and the server goes on.</summary>
public sealed class OddRequestsTests(OddRequestsTests.OpenServer open) : IClassFixture<OddRequestsTests.OpenServer>
{
    private static int _things;

    private readonly ApiServer _server = open.Server;

    /// <summary>One for all of them: whatever one sends, the next is answered all the same.</summary>
    public sealed class OpenServer : IAsyncLifetime
    {
        internal ApiServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await ApiServer.StartAsync("--Jobs:Auth=Open");

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }

    [Theory]
    [InlineData("GET /jobs/", 400, "InvalidRequestException")]
    [InlineData("GET /jobs/q/", 404, "UnknownOperationException")]
    [InlineData("GET //jobs", 404, "UnknownOperationException")]
    [InlineData("GET /jobs//job-document", 400, "InvalidRequestException")]
    [InlineData("GET /things/t//q", 404, "UnknownOperationException")]
    [InlineData("GET /things//jobs", 400, "InvalidRequestException")]
    [InlineData("GET /jobs/a%2Fb", 400, "InvalidRequestException")]
    [InlineData("GET /jobs/q%2Fjob-document", 400, "InvalidRequestException")]
    [InlineData("GET /jobs%2Fq", 404, "UnknownOperationException")]
    [InlineData("GET /jobs/../things", 400, "InvalidRequestException")]
    [InlineData("GET /jobs/%2e%2e/things", 400, "InvalidRequestException")]
    [InlineData("GET /jobs/./job-document", 400, "InvalidRequestException")]
    [InlineData("GET /jobs/%zz", 400, "InvalidRequestException")]
    [InlineData("GET /jobs/%", 400, "InvalidRequestException")]
    [InlineData("GET /jobs/%e4", 400, "InvalidRequestException")]
    [InlineData("GET /jobs/%c0%80", 400, "InvalidRequestException")]
    [InlineData("GET /jobs/%ed%a0%80", 400, "InvalidRequestException")]
    [InlineData("GET /jobs/%71", 404, "ResourceNotFoundException")]
    [InlineData("GET /%6Aobs", 200, "")]
    [InlineData("GET /Jobs", 404, "UnknownOperationException")]
    [InlineData("GET /jobs;v=1", 404, "UnknownOperationException")]
    [InlineData("GET /jobs?", 200, "")]
    [InlineData("GET /jobs?&&", 200, "")]
    [InlineData("GET /jobs?maxResults=5&", 200, "")]
    [InlineData("GET /jobs??maxResults=5", 400, "InvalidRequestException")]
    [InlineData("GET /jobs?maxResults=%35", 200, "")]
    [InlineData("GET /jobs?maxResults=+5", 400, "InvalidRequestException")]
    [InlineData("GET /jobs?maxResults=%zz", 400, "InvalidRequestException")]
    [InlineData("GET /jobs?MaxResults=5", 400, "InvalidRequestException")]
    [InlineData("GET /jobs?namespaceId=%ff", 400, "InvalidRequestException")]
    [InlineData("GET /jobs?namespaceId=a%00b", 400, "InvalidRequestException")]
    [InlineData("GET /jobs?=5", 400, "InvalidRequestException")]
    [InlineData("get /jobs", 405, "UnknownOperationException")]
    [InlineData("FETCH /jobs", 405, "UnknownOperationException")]
    [InlineData("FETCH /nothing", 404, "UnknownOperationException")]
    [InlineData("OPTIONS /nothing", 404, "UnknownOperationException")]
    [InlineData("HEAD /nothing", 404, "UnknownOperationException")]
    [InlineData("HEAD /jobs/q/cancel", 405, "UnknownOperationException")]
    [InlineData("HEAD /jobs/none", 404, "ResourceNotFoundException")]
    [InlineData("POST /jobs/q", 405, "UnknownOperationException")]
    public async Task Odd_paths_queries_and_methods_are_answered_in_AWSs_form(string request, int status, string error)
    {
        var answer = await OddRequest.SendAsync(_server, request);

        Assert.Equal((status, error), (answer.Status, answer.Error));
        Assert.Equal(status != 200 && !request.StartsWith("HEAD", StringComparison.Ordinal), answer.Body.StartsWith("{\"message\":\"", StringComparison.Ordinal));
        Assert.Equal(200, (await _server.Send("GET /jobs")).Status);
    }

    /// <summary>What is no HTTP is refused before it comes to the API.</summary>
    [Theory]
    [InlineData("GET /jobs/\u00e4", 400)]
    [InlineData("GET /jobs/a%00b", 400)]
    [InlineData("GET jobs", 405)]
    [InlineData("GET", 400)]
    [InlineData("GET /jobs x", 400)]
    public async Task What_is_no_HTTP_is_refused(string request, int status)
    {
        Assert.Equal(status, (await OddRequest.SendAsync(_server, request)).Status);
        Assert.Equal(200, (await _server.Send("GET /jobs")).Status);
    }

    [Theory]
    [InlineData(65, 400)]
    [InlineData(8_000, 400)]
    [InlineData(9_000, 414)]
    public async Task A_very_long_id_is_refused_in_few_words(int length, int status)
    {
        var answer = await OddRequest.SendAsync(_server, $"GET /jobs/{new string('a', length)}");

        Assert.Equal(status, answer.Status);
        Assert.InRange(answer.Body.Length, 0, 600);
    }

    [Theory]
    [InlineData("a:b", "a:b")]
    [InlineData("a:b", "a%3Ab")]
    [InlineData("a:b", "a%3ab")]
    [InlineData("jobs", "jobs")]
    [InlineData("$next", "$next")]
    [InlineData("$next", "%24next")]
    [InlineData("thing-groups", "thing-groups")]
    public async Task Names_may_be_written_raw_or_encoded(string name, string written)
    {
        await using var server = await ApiServer.StartAsync();
        var (thing, job) = name == "$next" ? ("t", written) : (written, "q");
        await server.CreateJob("q", name == "$next" ? "t" : name);

        Assert.Equal("q", (string?)(await server.Data($"GET /things/{thing}/jobs/{job}")).IsOk().Json["execution"]!["jobId"]);
        Assert.Equal("q", (string?)(await server.Data($"PUT /things/{thing}/jobs/{(job == "q" ? "$next" : job)}", "{}")).IsOk().Json["execution"]!["jobId"]);
    }

    [Fact]
    public async Task What_was_encoded_twice_is_decoded_once()
    {
        await using var server = await ApiServer.StartAsync();
        await server.CreateJob("q", "t");

        (await server.Data("GET /things/t/jobs/%2524next")).IsRefused(400, "InvalidRequestException");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-amz-json-1.1")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("no type at all")]
    public async Task The_body_is_JSON_whatever_its_content_type_says(string? contentType)
    {
        var thing = NewThing();
        var answer = await OddRequest.SendAsync(
            _server, $"POST /things/{thing}", contentType is null ? "" : $"Content-Type: {contentType}\r\n", """{"thingTypeName":"lamp"}""");

        Assert.Equal(200, answer.Status);
        Assert.Equal("lamp", (string?)(await _server.Send($"GET /things/{thing}")).Json["thingTypeName"]);
    }

    [Theory]
    [InlineData("{}", 200)]
    [InlineData("", 200)]
    [InlineData(" \r\n\t{ } ", 200)]
    [InlineData("{\"thingTypeName\":null,\"unknown\":null}", 200)]
    [InlineData("{\"unknown\":1e400,\"other\":[[[[1,-0,2e-9]]]]}", 200)]
    [InlineData("{\"unknown\":\"\\ud800\"}", 200)]
    [InlineData("{\"unknown\":1,\"unknown\":2}", 200)]
    [InlineData("null", 400)]
    [InlineData("[]", 400)]
    [InlineData("\"{}\"", 400)]
    [InlineData("5", 400)]
    [InlineData("true", 400)]
    [InlineData("{", 400)]
    [InlineData("{}{}", 400)]
    [InlineData("{} // comment", 400)]
    [InlineData("{'thingTypeName':'lamp'}", 400)]
    [InlineData("{\"unknown\":01}", 400)]
    [InlineData("{\"unknown\":NaN}", 400)]
    [InlineData("{\"unknown\":\"\n\"}", 400)]
    [InlineData("\u00EF\u00BB\u00BF{}", 400)]
    [InlineData("\u00FF\u00FE{\u0000}\u0000", 400)]
    [InlineData("{\"thingTypeName\":\"\u00FF\"}", 400)]
    [InlineData("{\"thingTypeName\":\"\\ud800\"}", 400)]
    [InlineData("{\"\\ud800\":\"lamp\"}", 400)]
    [InlineData("{\"thingTypeName\":\"\\udc00\\ud800\"}", 400)]
    [InlineData("{\"attributePayload\":{\"attributes\":{\"\\ud800\":\"a\"}}}", 400)]
    [InlineData("{\"attributePayload\":{\"attributes\":{\"a\":\"\\ud800\"}}}", 400)]
    [InlineData("{\"thingTypeName\":\"a\",\"thingTypeName\":\"a\"}", 400)]
    [InlineData("{\"thingTypeName\":\"a\",\"\\u0074hingTypeName\":\"a\"}", 400)]
    [InlineData("{\"attributePayload\":{\"merge\":true,\"merge\":true}}", 400)]
    [InlineData("{\"attributePayload\":{\"attributes\":{\"a\":\"1\",\"a\":\"2\"}}}", 400)]
    [InlineData("{\"attributePayload\":{\"attributes\":{\"a\":\"1\",\"\\u0061\":\"2\"}}}", 400)]
    [InlineData("{\"attributePayload\":{\"attributes\":{\"a\":{\"b\":\"c\"}}}}", 400)]
    public async Task Odd_bodies_are_read_or_refused(string body, int status)
    {
        var thing = NewThing();
        var answer = await OddRequest.SendAsync(_server, $"POST /things/{thing}", "", body);

        Assert.Equal((status, status == 200 ? "" : "InvalidRequestException"), (answer.Status, answer.Error));
        Assert.Equal(status == 200 ? 200 : 404, (await _server.Send($"GET /things/{thing}")).Status);
    }

    [Theory]
    [InlineData("expectedVersion", "1e400")]
    [InlineData("expectedVersion", "1.5")]
    [InlineData("expectedVersion", "9223372036854775808")]
    [InlineData("expectedVersion", "-9223372036854775809")]
    [InlineData("expectedVersion", "\"1\"")]
    [InlineData("expectedVersion", "true")]
    [InlineData("removeThingType", "1")]
    [InlineData("removeThingType", "\"true\"")]
    public async Task Numbers_which_are_none_of_the_kind_are_refused_by_name(string member, string value)
    {
        var thing = NewThing();
        await _server.Send($"POST /things/{thing}", "{}");

        var answer = (await _server.Send($"PATCH /things/{thing}", $$"""{"{{member}}":{{value}}}""")).IsRefused(400, "InvalidRequestException");

        Assert.Contains(member, answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, 200)]
    [InlineData(10_000, 400)]
    [InlineData(200_000, 400)]
    public async Task Deep_nesting_is_read_up_to_a_depth_and_then_refused(int depth, int status)
    {
        foreach (var (open, close) in new[] { ("[", "]"), ("{\"a\":", "}") })
        {
            var nested = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
            if (nested.Length < 900_000)
            {
                Assert.Equal(status, (await _server.Send($"POST /things/{NewThing()}", $$"""{"unknown":{{nested}}}""")).Status);
            }
        }
    }

    [Fact]
    public async Task A_body_in_broken_chunks_is_refused()
    {
        Assert.Equal(200, (await OddRequest.SendAsync(_server, $"POST /things/{NewThing()}", "Transfer-Encoding: chunked\r\n", "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n")).Status);
        Assert.Equal(
            (400, "InvalidRequestException"),
            (await OddRequest.SendAsync(_server, $"POST /things/{NewThing()}", "Transfer-Encoding: chunked\r\n", "xyz\r\n{\r\n")) is var (status, error, _) ? (status, error) : default);
    }

    private static string NewThing() => $"thing-{Interlocked.Increment(ref _things)}";
}
