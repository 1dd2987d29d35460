using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Wire.Mqtt;

namespace IoTJobsToolkit.Wire.Tests.Mqtt;

/// <summary>Every code of mqtt-api 5 as a real engine brings it about, to the letter.</summary>
public sealed class RejectedCodesTests : IDisposable
{
    private const string Document = """{"url":"${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k}"}""";

    private readonly BreakableObjects _objects = new();
    private readonly WireConversation _wire;

    public RejectedCodesTests() => _wire = new(objects: _objects);

    public void Dispose() => _wire.Dispose();

    [Theory]
    [InlineData("foo")]
    [InlineData("$next/update")]
    [InlineData("$next/namespace-NS/update")]
    [InlineData("j/update/now")]
    public async Task InvalidTopic(string below) => (await _wire.Publish("t", below, """{"clientToken":"k"}""")).IsRejected(
        """{"code":"InvalidTopic","message":"No request is published to this topic. Below $aws/things/THING/jobs/ there are get, start-next, JOB/get, JOB/update and $next/get; for a namespace get-namespace-NS, start-next-namespace-NS, JOB/namespace-NS/get and JOB/namespace-NS/update.","timestamp":1796119200,"clientToken":"k"}""");

    [Fact]
    public async Task InvalidJson() => (await _wire.Publish("t", "get", "[1]")).IsRejected(
        """{"code":"InvalidJson","message":"The payload must be a JSON object, or empty.","timestamp":1796119200}""");

    [Fact]
    public async Task InvalidRequest()
    {
        await Create("{}");
        (await _wire.Publish("t", "j/update", """{"status":"IN_PROGRESS","stepTimeoutInMinutes":10081,"clientToken":"k"}""")).IsRejected(
            """{"code":"InvalidRequest","message":"1 validation error detected: Value '10081' at 'stepTimeoutInMinutes' failed to satisfy constraint: Member must be between 1 and 10080, or -1 to remove the timer","timestamp":1796119200,"clientToken":"k"}""");
    }

    [Fact]
    public async Task InvalidStateTransition_of_what_has_ended()
    {
        await Create("{}");
        await _wire.Publish("t", "j/update", """{"status":"FAILED","statusDetails":{"why":"<full>"}}""");
        (await _wire.Publish("t", "j/update", """{"status":"SUCCEEDED","clientToken":"k"}""")).IsRejected(
            """{"code":"InvalidStateTransition","message":"The job execution is in terminal status FAILED.","executionState":{"status":"FAILED","statusDetails":{"why":"<full>"},"versionNumber":2},"timestamp":1796119200,"clientToken":"k"}""");
    }

    [Fact]
    public async Task InvalidStateTransition_outside_the_window()
    {
        await Create("{}", ""","targetSelection":"CONTINUOUS","schedulingConfig":{"maintenanceWindows":[{"startTime":"cron(0 12 * * ? *)","durationInMinutes":60}]}""");
        _wire.At(2 * 3600);
        await _wire.Publish("t", "get"); // The rollout begins with the window.
        Assert.Equal("QUEUED", (string?)(await _wire.Publish("t", "$next/get")).Json["execution"]?["status"]);
        _wire.At(4 * 3600);
        (await _wire.Publish("t", "j/update", """{"status":"IN_PROGRESS"}""")).IsRejected(
            """{"code":"InvalidStateTransition","message":"The job execution is QUEUED until the next maintenance window of job j opens.","executionState":{"status":"QUEUED","versionNumber":1},"timestamp":1796133600}""");
    }

    [Fact]
    public async Task ResourceNotFound_of_thing_and_execution()
    {
        (await _wire.Publish("t", "get", """{"clientToken":"k"}""")).IsRejected(
            """{"code":"ResourceNotFound","message":"There is no thing t.","timestamp":1796119200,"clientToken":"k"}""");
        (await _wire.Publish("t", "start-next")).HasCode("ResourceNotFound");
        await Create("{}");
        (await _wire.Publish("t", "x/get")).HasCode("ResourceNotFound", "x");
        (await _wire.Publish("t", "x/update", """{"status":"FAILED"}""")).HasCode("ResourceNotFound", "x");
        (await _wire.Publish("t", "j/get", """{"executionNumber":2}""")).HasCode("ResourceNotFound");
    }

    [Fact]
    public async Task VersionMismatch()
    {
        await Create("{}");
        (await _wire.Publish("t", "j/update", """{"clientToken":"k","expectedVersion":"99","status":"SUCCEEDED"}""")).IsRejected(
            """{"code":"VersionMismatch","message":"Expected version 99 but found version 1","executionState":{"status":"QUEUED","versionNumber":1},"timestamp":1796119200,"clientToken":"k"}""");
    }

    [Fact]
    public async Task TerminalStateReached_without_a_state()
    {
        await Create("{}");
        await _wire.Publish("t", "j/update", """{"status":"REJECTED"}""");
        (await _wire.Publish("t", "j/get", """{"clientToken":"k"}""")).IsRejected(
            """{"code":"TerminalStateReached","message":"The job execution is in terminal status REJECTED.","timestamp":1796119200,"clientToken":"k"}""");
    }

    [Fact]
    public async Task RequestThrottled()
    {
        using var wire = new WireConversation(settings: new() { RequestRates = RequestRatesProfile.Aws });
        await wire.Control("POST /things/t");
        MqttAnswer answer;
        var calls = 0;
        do
        {
            answer = await wire.Publish("t", "get", """{"clientToken":"k"}""");
        }
        while (answer.Topic.EndsWith("/accepted", StringComparison.Ordinal) && ++calls < 1000);
        Assert.Equal(200, calls);
        answer.HasCode("RequestThrottled", "GetPendingJobExecutions");
        Assert.Equal(["code", "message", "timestamp", "clientToken"], answer.Json.Select(member => member.Key));
    }

    [Fact]
    public async Task InternalError_tells_the_log_what_happened_and_the_device_that_it_did()
    {
        await Create(Document);
        _objects.Broken = new InvalidOperationException("the secret of the signer");
        (await _wire.Publish("t", "j/get", """{"clientToken":"k"}""")).IsRejected(
            """{"code":"InternalError","message":"The server failed; its log tells why.","timestamp":1796119200,"clientToken":"k"}""");
        Assert.Contains("the secret of the signer", Assert.Single(_wire.Faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InternalError_of_a_server_that_is_not_available_for_the_moment()
    {
        await Create(Document);
        _objects.Broken = new PresignException("There are no credentials for the role yet.");
        (await _wire.Publish("t", "start-next", """{"clientToken":"k"}""")).IsRejected(
            """{"code":"InternalError","message":"There are no credentials for the role yet.","timestamp":1796119200,"clientToken":"k"}""");
        Assert.Single(_wire.Faults);
        _objects.Broken = null;
        Assert.Equal("QUEUED", (string?)(await _wire.Publish("t", "j/get")).Json["execution"]!["status"]);
    }

    [Fact]
    public async Task InternalError_of_an_engine_that_has_stopped()
    {
        await Create("{}");
        _wire.Stop();
        var answer = await _wire.Publish("t", "start-next");
        answer.HasCode("InternalError");
    }

    [Fact]
    public async Task Who_gives_up_is_not_answered()
    {
        await Create("{}");
        using var givenUp = new CancellationTokenSource();
        await givenUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await JobsRequests.AnswerAsync(
            _wire.Device("t"), "$aws/things/t/jobs/start-next", default, _wire.Clock, _wire.Faults.Add, givenUp.Token));
        Assert.Empty(_wire.Faults);
        Assert.Equal("QUEUED", (string?)(await _wire.Publish("t", "j/get")).Json["execution"]!["status"]);
    }

    [Fact]
    public async Task Who_may_not_is_not_answered()
    {
        await Create("{}");
        Assert.Null(await _wire.Publish("$aws/things/t/jobs/get", [], Caller.Device("another")));
        Assert.Null(await _wire.Publish("$aws/things/t/jobs/start-next", [], Caller.Operator("watcher", AccessRole.VIEWER)));
        Assert.EndsWith("/accepted", (await _wire.Publish("$aws/things/t/jobs/get", [], Caller.Operator("o", AccessRole.OPERATOR)))!.Topic, StringComparison.Ordinal);
        Assert.Empty(_wire.Faults);
    }

    [Theory]
    [InlineData("$aws/things/t/jobs/notify")]
    [InlineData("$aws/things/t/jobs/get/accepted")]
    [InlineData("$aws/things/t/shadow/get")]
    [InlineData("$aws/events/job/j/completed")]
    [InlineData("things/t/jobs/get")]
    [InlineData("")]
    public async Task What_asks_nothing_is_not_answered(string topic) =>
        Assert.Null(await _wire.Publish(topic, [], Caller.Device("t")));

    private async Task Create(string document, string more = "")
    {
        await _wire.Control("POST /things/t");
        var answer = await _wire.Control("PUT /jobs/j", $$"""
            {"targets":["{{WireConversation.Thing}}t"],"document":{{System.Text.Json.Nodes.JsonValue.Create(document).ToJsonString()}},
             "presignedUrlConfig":{"roleArn":"arn:aws:iam::123456789012:role/S3DownloadRole"}{{more}}}
            """);
        Assert.True(answer.Status == 200, answer.Body);
    }

    private sealed class BreakableObjects : IObjectStore
    {
        public Exception? Broken { get; set; }

        public string Presign(PresignRequest request) => Broken is null ? "https://signed.example/" : throw Broken;

        public Task<string> FetchDocumentAsync(S3Location location, CancellationToken cancellationToken) => Task.FromResult("{}");
    }
}
