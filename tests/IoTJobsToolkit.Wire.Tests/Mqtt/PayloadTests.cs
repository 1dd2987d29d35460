using System.Buffers;
using System.Text;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Wire.Mqtt;

namespace IoTJobsToolkit.Wire.Tests.Mqtt;

/// <summary>What a payload may be (mqtt-api 2).</summary>
public sealed class PayloadTests : IDisposable
{
    private readonly WireConversation _wire = new();

    public void Dispose() => _wire.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(" \r\n\t{ } \n")]
    [InlineData("""{"thingName":5,"jobId":["x"],"more":{"a":[null,1e400,"\ud800"]},"clientToken":null}""")]
    [InlineData("""{"status":5,"expectedVersion":{},"executionNumber":"x"}""")]
    [InlineData("""{"more":1,"more":2,"\ud800":1,"\udc00":1}""")]
    public async Task What_get_does_not_know_is_ignored(string payload)
    {
        await Create();
        Assert.EndsWith("get/accepted", (await Publish("get", payload)).Topic, StringComparison.Ordinal);
        Assert.Equal("""["inProgressJobs","queuedJobs","timestamp"]""", Members(await Publish("get", payload)));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"\"")]
    [InlineData("5")]
    [InlineData("true")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("{},")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{'a':1}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{/**/}")]
    [InlineData("{} //")]
    [InlineData("{\"a\":\"\u0001\"}")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("\uFEFF{}")]
    [InlineData("{}\0")]
    public async Task What_is_no_JSON_object_is_InvalidJson(string payload)
    {
        await Create();
        (await Publish("get", payload)).HasCode("InvalidJson");
        (await Publish("j/update", payload)).HasCode("InvalidJson");
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xC3, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xED, 0xA0, 0x80, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, (byte)'{', 0, (byte)'}' })]
    public async Task What_is_not_UTF_8_is_InvalidJson(byte[] payload)
    {
        await Create();
        (await _wire.Publish("$aws/things/t/jobs/get", payload, Caller.Device("t")))!.HasCode("InvalidJson", "UTF-8");
    }

    [Theory]
    [InlineData(62, true)]
    [InlineData(64, false)]
    [InlineData(30_000, false)]
    public async Task Deep_nesting_is_InvalidJson_not_a_crash(int depth, bool isRead)
    {
        await Create();
        foreach (var member in new[] { "more", "clientToken", "statusDetails" })
        {
            var answer = await Publish("start-next", $$"""{"{{member}}":{{new string('[', depth)}}{{new string(']', depth)}}}""");
            var code = isRead ? (member == "more" ? null : "InvalidRequest") : "InvalidJson";
            Assert.Equal(code, (string?)answer.Json["code"]);
        }
    }

    [Theory]
    [InlineData("\"k\"", "\"k\"")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\" \\u0041<&'é\\\"\\\\\\n \"", "\" A<&'é\\\"\\\\\\n \"")]
    [InlineData("\"\\ud83d\\ude00\"", "\"\\uD83D\\uDE00\"")]
    public async Task The_client_token_comes_back_unchanged(string token, string echoed)
    {
        await Create();
        Assert.EndsWith($"\"clientToken\":{echoed}}}", (await Publish("get", $$"""{"clientToken":{{token}}}""")).Payload, StringComparison.Ordinal);
        Assert.EndsWith($"\"clientToken\":{echoed}}}", (await Publish("j/get", $$"""{"executionNumber":9,"clientToken":{{token}}}""")).Payload, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[\"k\"]")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"a\\udc00b\"")]
    public async Task A_client_token_that_is_no_text_is_refused_and_not_echoed(string token)
    {
        await Create();
        var answer = (await Publish("get", $$"""{"clientToken":{{token}}}""")).HasCode("InvalidRequest", "'clientToken'");
        Assert.Equal("""["code","message","timestamp"]""", Members(answer));
    }

    [Theory]
    [InlineData("""{"status":5,"clientToken":"k"}""", "InvalidRequest")]
    [InlineData("""{"status":{"a":[1]},"statusDetails":{"a":{"b":1}},"clientToken":"k"}""", "InvalidRequest")]
    [InlineData("""{"clientToken":"k","status":"IN_PROGRESS"}x""", "InvalidJson")]
    [InlineData("""{"clientToken":"k","status":"IN_PRO""", "InvalidJson")]
    [InlineData("""{"clientToken":"k","clientToken":"l","status":"IN_PROGRESS"}""", "InvalidRequest")]
    public async Task The_client_token_is_found_in_a_request_that_is_wrong(string payload, string code)
    {
        await Create();
        Assert.Equal("k", (string?)(await Publish("j/update", payload)).HasCode(code).Json["clientToken"]);
    }

    [Theory]
    [InlineData("0.25")]
    [InlineData("-1e400")]
    [InlineData("123456789012345678901234567890")]
    public async Task A_number_among_the_details_counts_as_its_text(string number)
    {
        await Create();
        await Publish("j/update", $$$"""{"status":"IN_PROGRESS","statusDetails":{"uptime":{{{number}}},"step":"1"}}""");
        Assert.Equal($$"""{"uptime":"{{number}}","step":"1"}""", (await Publish("j/get")).Json["execution"]!["statusDetails"]!.ToJsonString());
    }

    [Theory]
    [InlineData("\"expectedVersion\":1.0", "'1.0' at 'expectedVersion'")]
    [InlineData("\"expectedVersion\":1e2", "expectedVersion")]
    [InlineData("\"expectedVersion\":9223372036854775808", "expectedVersion")]
    [InlineData("\"expectedVersion\":\"9223372036854775808\"", "expectedVersion")]
    [InlineData("\"expectedVersion\":\"\"", "'' at 'expectedVersion'")]
    [InlineData("\"expectedVersion\":\" 1\"", "expectedVersion")]
    [InlineData("\"expectedVersion\":\"+1\"", "expectedVersion")]
    [InlineData("\"expectedVersion\":\"1\\u0000\"", "expectedVersion")]
    [InlineData("\"expectedVersion\":\"0x1\"", "expectedVersion")]
    [InlineData("\"expectedVersion\":\"\\ud800\"", "Unicode")]
    [InlineData("\"expectedVersion\":true", "'true' at 'expectedVersion'")]
    [InlineData("\"executionNumber\":[1]", "'[1]' at 'executionNumber'")]
    [InlineData("\"stepTimeoutInMinutes\":\"0\"", "stepTimeoutInMinutes")]
    [InlineData("\"stepTimeoutInMinutes\":{}", "stepTimeoutInMinutes")]
    [InlineData("\"includeJobDocument\":\"true\"", "true or false")]
    [InlineData("\"includeJobExecutionState\":1", "true or false")]
    [InlineData("\"statusDetails\":\"x\"", "object")]
    [InlineData("\"statusDetails\":{\"a\":true}", "'true' at 'statusDetails.a'")]
    [InlineData("\"statusDetails\":{\"a\":{\"b\":\"c\"},\"d\":\"e\"}", "statusDetails.a")]
    [InlineData("\"statusDetails\":{\"a\":null}", "statusDetails.a")]
    [InlineData("\"statusDetails\":{\"a\":\"1\",\"a\":\"2\"}", "'statusDetails.a' is given more than once")]
    [InlineData("\"statusDetails\":{\"\\ud800\":\"1\"}", "Unicode")]
    [InlineData("\"statusDetails\":{\"a\":\"\\ud800\"}", "Unicode")]
    [InlineData("\"statusDetails\":{\"\":\"1\"}", "statusDetails.key")]
    [InlineData("\"executionNumber\":1,\"executionNumber\":1", "'executionNumber' is given more than once")]
    [InlineData("\"executionNumber\":1,\"execution\\u004eumber\":1", "'executionNumber' is given more than once")]
    [InlineData("\"status\":\"IN_PROGRESS\"", "'status' is given more than once")]
    public async Task A_member_that_does_not_fit_is_InvalidRequest_by_name(string member, string named)
    {
        await Create();
        (await Publish("j/update", $$"""{"status":"IN_PROGRESS",{{member}}}""")).HasCode("InvalidRequest", named);
        Assert.Equal(1, (int)(await Publish("j/get")).Json["execution"]!["versionNumber"]!);
    }

    [Theory]
    [InlineData("\"\\ud800\"", "Unicode")]
    [InlineData("\"IN_PROGRESS\\udfff\"", "Unicode")]
    [InlineData("\"in_progress\"", "'in_progress' at 'status'")]
    [InlineData("\"\"", "'' at 'status'")]
    [InlineData("\"1\"", "'1' at 'status'")]
    public async Task A_status_that_is_no_word_is_InvalidRequest(string status, string named)
    {
        await Create();
        (await Publish("j/update", $$"""{"status":{{status}}}""")).HasCode("InvalidRequest", named);
    }

    [Theory]
    [InlineData("""{"status":"IN_PROGRESS","expectedVersion":"1","executionNumber":"1","stepTimeoutInMinutes":"10080"}""")]
    [InlineData("""{"status":"IN_PROGRESS","expectedVersion":1,"executionNumber":1,"stepTimeoutInMinutes":10080}""")]
    [InlineData("""{"status":"IN_PROGRESS","expectedVersion":"0001","stepTimeoutInMinutes":"-1"}""")]
    [InlineData("""{"st\u0061tus":"IN_PROGRES\u0053","expectedVersion":"\u0031"}""")]
    [InlineData("""{"status":"IN_PROGRESS","statusDetails":{},"expectedVersion":null,"executionNumber":null,"stepTimeoutInMinutes":null,"includeJobDocument":null,"includeJobExecutionState":null}""")]
    public async Task Numbers_may_come_as_digits_and_null_says_nothing(string payload)
    {
        await Create();
        (await Publish("j/update", payload)).IsAccepted("""{"timestamp":1796119200}""");
        Assert.Equal(2, (int)(await Publish("j/get")).Json["execution"]!["versionNumber"]!);
    }

    [Theory]
    [InlineData("a b/get", "InvalidRequest")]
    [InlineData("a.b/update", "InvalidRequest")]
    [InlineData("/get", "InvalidRequest")]
    [InlineData("$nexT/get", "InvalidRequest")]
    [InlineData("$NEXT/update", "InvalidRequest")]
    [InlineData("\u00e9/get", "InvalidRequest")]
    [InlineData("no-such-job/get", "ResourceNotFound")]
    public async Task A_job_id_is_checked_as_over_HTTP(string below, string code)
    {
        await Create();
        (await Publish(below, """{"status":"IN_PROGRESS"}""")).HasCode(code);
    }

    [Fact]
    public async Task A_payload_in_pieces_is_read_as_one_and_not_kept()
    {
        await Create();
        var (first, second) = ("""{"clientTo"""u8.ToArray(), """ken":"k"}"""u8.ToArray());
        var pieces = new Pieces(first);
        var answer = JobsRequests.AnswerAsync(
            _wire.Device("t"), "$aws/things/t/jobs/get", new(pieces, 0, pieces.Then(second), second.Length), _wire.Clock, _wire.Faults.Add,
            TestContext.Current.CancellationToken);
        Array.Clear(first);
        Array.Clear(second);
        Assert.EndsWith("\"clientToken\":\"k\"}", Encoding.UTF8.GetString((await answer)!.Payload.Span), StringComparison.Ordinal);
    }

    private sealed class Pieces : ReadOnlySequenceSegment<byte>
    {
        public Pieces(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Pieces Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Pieces(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }

    private static string Members(MqttAnswer answer) =>
        System.Text.Json.JsonSerializer.Serialize(answer.Json.Select(member => member.Key));

    private Task<MqttAnswer> Publish(string below, string payload = "") => _wire.Publish("t", below, payload);

    private async Task Create()
    {
        await _wire.Control("POST /things/t");
        Assert.Equal(200, (await _wire.Control("PUT /jobs/j", $$"""{"targets":["{{WireConversation.Thing}}t"],"document":"{}"}""")).Status);
    }
}
