using System.Text.Json.Nodes;

namespace IoTJobsToolkit.Wire.Tests.Mqtt;

/// <summary>The worked examples as a device sees them (examples 14, 15; mqtt-api 4).</summary>
public sealed class ConversationTests : IDisposable
{
    private readonly WireConversation _wire = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task The_conversation_of_the_lamp_is_answered_as_written()
    {
        await _wire.Control("POST /things/lamp");
        await Create("a", """{"op":"x"}""");
        _wire.At(10);
        await Create("b", """{"op":"y"}""");

        _wire.At(20);
        (await Lamp("start-next", """{"clientToken":"c1"}""")).IsAccepted(
            """{"execution":{"jobId":"a","thingName":"lamp","status":"IN_PROGRESS","queuedAt":1796119200,"startedAt":1796119220,"lastUpdatedAt":1796119220,"versionNumber":2,"executionNumber":1,"jobDocument":{"op":"x"}},"timestamp":1796119220,"clientToken":"c1"}""");
        _wire.At(25);
        (await Lamp("start-next", """{"statusDetails":{"s":"2"}}""")).IsAccepted(
            """{"execution":{"jobId":"a","thingName":"lamp","status":"IN_PROGRESS","queuedAt":1796119200,"startedAt":1796119220,"lastUpdatedAt":1796119220,"versionNumber":2,"executionNumber":1,"jobDocument":{"op":"x"}},"timestamp":1796119225}""");
        _wire.At(30);
        await Create("c", "{}");
        (await Lamp("get")).IsAccepted(
            """{"inProgressJobs":[{"jobId":"a","queuedAt":1796119200,"startedAt":1796119220,"lastUpdatedAt":1796119220,"executionNumber":1,"versionNumber":2}],"queuedJobs":[{"jobId":"b","queuedAt":1796119210,"lastUpdatedAt":1796119210,"executionNumber":1,"versionNumber":1},{"jobId":"c","queuedAt":1796119230,"lastUpdatedAt":1796119230,"executionNumber":1,"versionNumber":1}],"timestamp":1796119230}""");

        _wire.At(40);
        (await Lamp("a/update", """{"status":"SUCCEEDED","expectedVersion":"2","clientToken":"c2"}""")).IsAccepted(
            """{"timestamp":1796119240,"clientToken":"c2"}""");
        _wire.At(50);
        (await Lamp("c/update", """{"status":"IN_PROGRESS"}""")).IsAccepted("""{"timestamp":1796119250}""");
        _wire.At(60);
        (await Lamp("b/update", """{"status":"REJECTED"}""")).IsAccepted("""{"timestamp":1796119260}""");
        _wire.At(70);
        await _wire.Control("DELETE /jobs/c?force=true");

        _wire.At(80);
        (await Lamp("get")).IsAccepted("""{"inProgressJobs":[],"queuedJobs":[],"timestamp":1796119280}""");
        _wire.At(81);
        var nothing = await Lamp("$next/get");
        nothing.IsAccepted("""{"timestamp":1796119281}""");
        Assert.Equal(24, nothing.Payload.Length);
        (await Lamp("start-next", """{"clientToken":"t"}""")).IsAccepted("""{"timestamp":1796119281,"clientToken":"t"}""");
        _wire.At(82);
        (await Lamp("a/get")).HasCode("TerminalStateReached");
        (await Lamp("c/get")).HasCode("ResourceNotFound");
        (await Lamp("get", "[1]")).HasCode("InvalidJson");
        (await Lamp("get", "{x")).HasCode("InvalidJson");
        (await Lamp("foo")).HasCode("InvalidTopic");
    }

    [Fact]
    public async Task Versions_and_states_are_told_as_written()
    {
        await _wire.Control("POST /things/lamp");
        await Create("v", """{"a": 1}""");

        (await Lamp("v/update", """{"status":"SUCCEEDED","expectedVersion":99,"clientToken":"k"}""")).IsRejected(
            """{"code":"VersionMismatch","message":"Expected version 99 but found version 1","executionState":{"status":"QUEUED","versionNumber":1},"timestamp":1796119200,"clientToken":"k"}""");
        foreach (var status in new[] { "\"QUEUED\"", "\"CANCELED\"", "\"REMOVED\"", "\"TIMED_OUT\"", "\"DONE\"", "null" })
        {
            (await Lamp("v/update", $$"""{"status":{{status}}}""")).HasCode("InvalidRequest", "status");
        }
        (await Lamp("v/update")).HasCode("InvalidRequest", "status");
        (await Lamp("v/update", """{"status":"IN_PROGRESS","expectedVersion":1,"includeJobExecutionState":true,"includeJobDocument":true}"""))
            .IsAccepted("""{"executionState":{"status":"IN_PROGRESS","versionNumber":2},"jobDocument":{"a": 1},"timestamp":1796119200}""");

        await Lamp("v/update", """{"status":"IN_PROGRESS","statusDetails":{"a":"1"}}""");
        (await Lamp("v/update", """{"status":"IN_PROGRESS","includeJobExecutionState":true}""")).IsAccepted(
            """{"executionState":{"status":"IN_PROGRESS","statusDetails":{"a":"1"},"versionNumber":4},"timestamp":1796119200}""");
        (await Lamp("v/update", """{"status":"IN_PROGRESS","statusDetails":{"b":"2"},"includeJobExecutionState":true}""")).IsAccepted(
            """{"executionState":{"status":"IN_PROGRESS","statusDetails":{"b":"2"},"versionNumber":5},"timestamp":1796119200}""");
        await Lamp("v/update", """{"status":"SUCCEEDED"}""");
        (await Lamp("v/update", """{"status":"FAILED"}""")).IsRejected(
            """{"code":"InvalidStateTransition","message":"The job execution is in terminal status SUCCEEDED.","executionState":{"status":"SUCCEEDED","statusDetails":{"b":"2"},"versionNumber":6},"timestamp":1796119200}""");
        (await Lamp("v/update", """{"status":"FAILED","executionNumber":2}""")).HasCode("ResourceNotFound");
    }

    [Fact]
    public async Task What_is_late_and_stale_is_told_that_it_is_late()
    {
        await _wire.Control("POST /things/lamp");
        await Create("v", "{}");
        await Lamp("v/update", """{"status":"SUCCEEDED"}""");
        (await Lamp("v/update", """{"status":"SUCCEEDED","expectedVersion":1}""")).HasCode("InvalidStateTransition");
        (await Lamp("v/update", """{"status":"SUCCEEDED","expectedVersion":1,"executionNumber":7}""")).HasCode("ResourceNotFound");
        (await Lamp("v/update", """{"status":"DONE","expectedVersion":1,"executionNumber":7}""")).HasCode("InvalidRequest");
        (await Lamp("v/update", """{"status":"DONE","expectedVersion":1,"executionNumber":7""")).HasCode("InvalidJson");
        (await Lamp("unknown/update", """{"status":"SUCCEEDED","stepTimeoutInMinutes":0}""")).HasCode("InvalidRequest");
    }

    [Fact]
    public async Task A_forced_cancel_is_told_as_written()
    {
        await _wire.Control("POST /things/lamp");
        await Create("c1", "{}");
        await Lamp("start-next");
        await _wire.Control("PUT /jobs/c1/cancel?force=true");
        (await Lamp("c1/update", """{"status":"SUCCEEDED"}""")).IsRejected(
            """{"code":"InvalidStateTransition","message":"The job execution is in terminal status CANCELED.","executionState":{"status":"CANCELED","versionNumber":3},"timestamp":1796119200}""");
        (await Lamp("c1/get")).HasCode("TerminalStateReached");
    }

    [Fact]
    public async Task A_timer_tells_the_seconds_left_and_the_document_is_left_out_when_it_is_not_wanted()
    {
        await _wire.Control("POST /things/lamp");
        await _wire.Control("PUT /jobs/s1", $$"""
            {"targets":["{{WireConversation.Thing}}lamp"],"document":"{}","timeoutConfig":{"inProgressTimeoutInMinutes":20} }
            """);
        await Lamp("start-next");
        _wire.At(60.9);
        (await Lamp("s1/get", """{"includeJobDocument":false,"executionNumber":"1"}""")).IsAccepted(
            """{"execution":{"jobId":"s1","thingName":"lamp","status":"IN_PROGRESS","queuedAt":1796119200,"startedAt":1796119200,"lastUpdatedAt":1796119200,"versionNumber":2,"executionNumber":1,"approximateSecondsBeforeTimedOut":1139},"timestamp":1796119260}""");
        await Lamp("s1/update", """{"status":"IN_PROGRESS","stepTimeoutInMinutes":"5"}""");
        Assert.Equal(300, (int)(await Lamp("$next/get")).Json["execution"]!["approximateSecondsBeforeTimedOut"]!);
        await Lamp("s1/update", """{"status":"IN_PROGRESS","stepTimeoutInMinutes":"-1"}""");
        Assert.Equal(1139, (int)(await Lamp("$next/get")).Json["execution"]!["approximateSecondsBeforeTimedOut"]!);
    }

    [Theory]
    [InlineData("get")]
    [InlineData("accepted")]
    [InlineData("notify")]
    [InlineData("update")]
    public async Task A_job_with_the_name_of_a_word_is_reached_by_it(string jobId)
    {
        await _wire.Control("POST /things/lamp");
        await Create(jobId, "{}");
        var described = await Lamp($"{jobId}/get");
        Assert.Equal(($"$aws/things/lamp/jobs/{jobId}/get/accepted", jobId), (described.Topic, (string?)described.Json["execution"]!["jobId"]));
        (await Lamp($"{jobId}/update", """{"status":"SUCCEEDED"}""")).IsAccepted("""{"timestamp":1796119200}""");
    }

    [Fact]
    public async Task A_document_is_sent_as_it_is_however_deep()
    {
        var document = $$"""{ "é" : "\u20ac \"<", "deep" : {{new string('[', 200)}}{{new string(']', 200)}} }""";
        await _wire.Control("POST /things/lamp");
        await Create("d", document);
        var payload = (await Lamp("d/get")).Payload;
        Assert.Contains($"\"jobDocument\":{document}}}", payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thing_with_a_colon_has_its_jobs()
    {
        await _wire.Control("POST /things/eu:lamp:1");
        await _wire.Control("PUT /jobs/j", $$"""{"targets":["{{WireConversation.Thing}}eu:lamp:1"],"document":"{}"}""");
        Assert.Equal("eu:lamp:1", (string?)(await _wire.Publish("eu:lamp:1", "$next/get")).Json["execution"]!["thingName"]);
    }

    private Task<MqttAnswer> Lamp(string below, string payload = "") => _wire.Publish("lamp", below, payload);

    private async Task Create(string jobId, string document)
    {
        var body = new JsonObject { ["targets"] = new JsonArray($"{WireConversation.Thing}lamp"), ["document"] = document };
        Assert.Equal(200, (await _wire.Control($"PUT /jobs/{jobId}", body.ToJsonString())).Status);
    }
}
