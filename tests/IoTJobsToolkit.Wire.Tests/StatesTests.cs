namespace IoTJobsToolkit.Wire.Tests;

/// <summary>Versions, states and cancellation (examples 8, 15).</summary>
public sealed class StatesTests : IDisposable
{
    private readonly WireConversation _wire = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task A_device_with_the_wrong_version_learns_the_right_one()
    {
        await Create("v", "p");

        var refused = await _wire.Data("POST /things/p/jobs/v", """{"status":"SUCCEEDED","expectedVersion":99}""");
        Assert.Equal("InvalidStateTransitionException", refused.Error);
        Assert.Equal("""{"message":"Expected version 99 but found version 1","executionState":{"status":"QUEUED","versionNumber":1}}""", refused.Body);

        (await _wire.Control("PUT /things/p/jobs/v/cancel", """{"expectedVersion":5}""")).IsRefused(409, "VersionConflictException");
        (await _wire.Data(
            "POST /things/p/jobs/v",
            """{"status":"IN_PROGRESS","expectedVersion":1,"includeJobExecutionState":true,"includeJobDocument":true}""")).Is(
            """{"executionState":{"status":"IN_PROGRESS","versionNumber":2},"jobDocument":"{}"}""");
    }

    [Theory]
    [InlineData("""{"status":"QUEUED"}""", "status")]
    [InlineData("""{"status":"CANCELED"}""", "status")]
    [InlineData("""{"status":"REMOVED"}""", "status")]
    [InlineData("""{"status":"TIMED_OUT"}""", "status")]
    [InlineData("{}", "Value null at 'status'")]
    [InlineData("", "Value null at 'status'")]
    [InlineData("""{"status":null}""", "Value null at 'status'")]
    [InlineData("""{"status":"DONE"}""", "Value 'DONE' at 'status'")]
    [InlineData("""{"status":"in_progress"}""", "Value 'in_progress' at 'status'")]
    [InlineData("""{"status":1}""", "Value '1' at 'status'")]
    [InlineData("""{"status":"IN_PROGRESS","statusDetails":{"a b":"1"}}""", "statusDetails.key")]
    [InlineData("""{"status":"IN_PROGRESS","statusDetails":{"a":""}}""", "statusDetails.a")]
    [InlineData("""{"status":"IN_PROGRESS","statusDetails":{"a":1}}""", "Value '1' at 'statusDetails.a'")]
    [InlineData("""{"status":"IN_PROGRESS","statusDetails":{"a":null}}""", "statusDetails.a")]
    [InlineData("""{"status":"IN_PROGRESS","stepTimeoutInMinutes":0}""", "stepTimeoutInMinutes")]
    [InlineData("""{"status":"IN_PROGRESS","expectedVersion":"1"}""", "Value '1' at 'expectedVersion'")]
    public async Task A_bad_report_is_refused_and_changes_nothing(string body, string named)
    {
        await Create("v", "p");

        (await _wire.Data("POST /things/p/jobs/v", body)).IsInvalid(named);
        Assert.Equal(1, (int)(await _wire.Control("GET /things/p/jobs/v")).Json["execution"]!["versionNumber"]!);
    }

    [Fact]
    public async Task A_terminal_execution_is_gone_for_its_device_only()
    {
        await Create("v", "p");
        await _wire.Data("POST /things/p/jobs/v", """{"status":"SUCCEEDED"}""");

        Assert.Equal(
            """{"message":"The job execution is in terminal status SUCCEEDED.","executionState":{"status":"SUCCEEDED","versionNumber":2}}""",
            (await _wire.Data("POST /things/p/jobs/v", """{"status":"FAILED"}""")).IsRefused(409, "InvalidStateTransitionException").Body);
        (await _wire.Data("POST /things/p/jobs/v", """{"status":"FAILED","executionNumber":2}""")).IsRefused(404, "ResourceNotFoundException");
        (await _wire.Data("GET /things/p/jobs/v")).IsRefused(410, "TerminalStateException");
        (await _wire.Data("GET /things/p/jobs/%24next")).Is("{}");
        Assert.Equal("SUCCEEDED", (string?)(await _wire.Control("GET /things/p/jobs/v")).Json["execution"]!["status"]);
    }

    [Theory]
    [InlineData("PUT /jobs/c1/cancel?force=true", "{}")]
    [InlineData("PUT /jobs/c1/cancel?force=TRUE", "")]
    [InlineData("PUT /jobs/c1/cancel", """{"force":true}""")]
    [InlineData("PUT /jobs/c1/cancel?force=true", """{"force":false}""")]
    public async Task Force_comes_in_the_query_or_else_in_the_body(string request, string body)
    {
        await Create("c1", "B", "C");
        await _wire.Data("PUT /things/B/jobs/$next");

        Assert.Equal(200, (await _wire.Control(request, body)).Status);
        var execution = (await _wire.Control("GET /things/B/jobs/c1")).Json["execution"]!;
        Assert.Equal(("CANCELED", true, 3), ((string)execution["status"]!, (bool)execution["forceCanceled"]!, (int)execution["versionNumber"]!));
        Assert.Equal(
            """{"message":"The job execution is in terminal status CANCELED.","executionState":{"status":"CANCELED","versionNumber":3}}""",
            (await _wire.Data("POST /things/B/jobs/c1", """{"status":"SUCCEEDED"}""")).Body);
    }

    [Fact]
    public async Task One_execution_is_canceled_by_itself()
    {
        await Create("c1", "B", "C");
        await _wire.Data("PUT /things/B/jobs/$next");

        (await _wire.Control("PUT /things/C/jobs/c1/cancel", "{}")).IsNothing();
        (await _wire.Control("PUT /things/C/jobs/c1/cancel", "{}")).IsRefused(409, "InvalidStateTransitionException");
        (await _wire.Control("PUT /things/B/jobs/c1/cancel", "{}")).IsRefused(409, "InvalidStateTransitionException");
        (await _wire.Control("PUT /things/B/jobs/c1/cancel", """{"force":true,"expectedVersion":1}""")).IsRefused(409, "VersionConflictException");
        (await _wire.Control("PUT /things/B/jobs/c1/cancel?force=true", """{"expectedVersion":2,"statusDetails":{"why":"test"}}""")).IsNothing();
        Assert.Equal("COMPLETED", (string?)(await _wire.Control("GET /jobs/c1")).Json["job"]!["status"]);
    }

    private async Task Create(string jobId, params string[] things)
    {
        foreach (var thing in things)
        {
            await _wire.Control($"POST /things/{thing}");
        }
        var targets = string.Join(',', things.Select(thing => $"\"{WireConversation.Thing}{thing}\""));
        Assert.Equal(200, (await _wire.Control($"PUT /jobs/{jobId}", $$"""{"targets":[{{targets}}],"document":"{}"}""")).Status);
    }
}
