namespace IoTJobsToolkit.Wire.Tests;

/// <summary>The commands of the seed as requests and answers (examples 1).</summary>
public sealed class SeedStoryTests : IDisposable
{
    private const string Document = """{\n\t\"operation\":\"install\",\n\t\"data\":\"${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/datafile}\"\n}""";
    private const string Rollout = """
        {"exponentialRate":{"baseRatePerMinute":50,"incrementFactor":2,
         "rateIncreaseCriteria":{"numberOfNotifiedThings":1000,"numberOfSucceededThings":1000},"maximumPerMinute":1000}}
        """;

    private const string Configurations = $$"""
        "timeoutConfig":{"inProgressTimeoutInMinutes":100},"jobExecutionsRolloutConfig":{{Rollout}},
        "abortConfig":{"criteriaList":[
          {"action":"CANCEL","failureType":"FAILED","minNumberOfExecutedThings":100,"thresholdPercentage":20},
          {"action":"CANCEL","failureType":"TIMED_OUT","minNumberOfExecutedThings":200,"thresholdPercentage":50}]},
        "presignedUrlConfig":{"roleArn":"arn:aws:iam::123456789012:role/S3DownloadRole","expiresInSec":3600}
        """;

    private readonly WireConversation _wire = new(Dialect.Seed);

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task A_job_from_creation_to_deletion()
    {
        await _wire.Control("POST /things/thingOne", "{}");
        (await _wire.Control("PUT /jobs/010", Creation)).Is(
            """{"jobArn":"arn:aws:iot:us-east-1:123456789012:job/010","jobId":"010"}""");

        _wire.At(5);
        (await _wire.Control("GET /jobs/010")).Is("""
            {"job":{"jobArn":"arn:aws:iot:us-east-1:123456789012:job/010","jobId":"010","targetSelection":"SNAPSHOT","status":"IN_PROGRESS",
              "targets":["arn:aws:iot:us-east-1:123456789012:thing/thingOne"],
              "presignedUrlConfig":{"roleArn":"arn:aws:iam::123456789012:role/S3DownloadRole","expiresInSec":3600},
              "jobExecutionsRolloutConfig":{"maximumPerMinute":1000,"exponentialRate":{"baseRatePerMinute":50,"incrementFactor":2,
                "rateIncreaseCriteria":{"numberOfNotifiedThings":1000,"numberOfSucceededThings":1000}}},
              "abortConfig":{"criteriaList":[{"failureType":"FAILED","action":"CANCEL","thresholdPercentage":20,"minNumberOfExecutedThings":100},
                                             {"failureType":"TIMED_OUT","action":"CANCEL","thresholdPercentage":50,"minNumberOfExecutedThings":200}]},
              "createdAt":1796119200,"lastUpdatedAt":1796119200,
              "jobProcessDetails":{"numberOfCanceledThings":0,"numberOfSucceededThings":0,"numberOfFailedThings":0,"numberOfRejectedThings":0,
                "numberOfQueuedThings":1,"numberOfInProgressThings":0,"numberOfRemovedThings":0,"numberOfTimedOutThings":0},
              "timeoutConfig":{"inProgressTimeoutInMinutes":100},"isConcurrent":false}}
            """);
        (await _wire.Control("GET /jobs/010/job-document")).Is($$"""{"document":"{{Document}}"}""");
        (await _wire.Control("GET /jobs/010/things")).Is("""
            {"executionSummaries":[{"thingArn":"arn:aws:iot:us-east-1:123456789012:thing/thingOne",
              "jobExecutionSummary":{"status":"QUEUED","queuedAt":1796119200,"lastUpdatedAt":1796119200,"executionNumber":1,"retryAttempt":0}}]}
            """);
        (await _wire.Data("GET /things/thingOne/jobs")).Is("""
            {"inProgressJobs":[],"queuedJobs":[
              {"jobId":"010","queuedAt":1796119200,"lastUpdatedAt":1796119200,"executionNumber":1,"versionNumber":1}]}
            """);

        _wire.At(145);
        var started = (await _wire.Data("PUT /things/thingOne/jobs/$next", "{}")).Json["execution"]!;
        Assert.Equal((2, 1796119345, "IN_PROGRESS", 6000), (
            (int)started["versionNumber"]!, (int)started["startedAt"]!, (string)started["status"]!, (int)started["approximateSecondsBeforeTimedOut"]!));
        _wire.At(155.5);
        (await _wire.Data("POST /things/thingOne/jobs/010", """{"status":"IN_PROGRESS","statusDetails":{"percentComplete":"10"}}""")).Is("{}");
        _wire.At(160.25);
        (await _wire.Control("GET /things/thingOne/jobs/010")).Is("""
            {"execution":{"jobId":"010","status":"IN_PROGRESS","statusDetails":{"detailsMap":{"percentComplete":"10"}},
              "thingArn":"arn:aws:iot:us-east-1:123456789012:thing/thingOne","queuedAt":1796119200,"startedAt":1796119345,
              "lastUpdatedAt":1796119355.5,"executionNumber":1,"versionNumber":3,"approximateSecondsBeforeTimedOut":5984}}
            """);

        _wire.At(200);
        (await _wire.Control("PATCH /jobs/010", $$"""{"description":"updated description",{{Configurations}}}""")).IsNothing();
        (await _wire.Control("PUT /things/thingOne/jobs/010/cancel", "{}")).IsRefused(409, "InvalidStateTransitionException");
        (await _wire.Control("DELETE /jobs/010?force=false")).IsRefused(409, "InvalidStateTransitionException");

        _wire.At(300);
        (await _wire.Data("POST /things/thingOne/jobs/010", """{"status":"SUCCEEDED"}""")).Is("{}");
        var done = (await _wire.Control("GET /jobs/010")).Json["job"]!;
        Assert.Equal(("SUCCEEDED", 1796119500, 1), (
            (string)done["status"]!, (int)done["completedAt"]!, (int)done["jobProcessDetails"]!["numberOfSucceededThings"]!));
        (await _wire.Control("PUT /jobs/010/cancel", "{}")).IsRefused(400, "InvalidRequestException");
        (await _wire.Control("DELETE /jobs/010?force=false")).IsNothing();
        (await _wire.Control("GET /jobs/010")).IsRefused(404, "ResourceNotFoundException");
    }

    [Fact]
    public async Task Jobs_are_listed_by_status()
    {
        await _wire.Control("POST /things/thingOne");
        _wire.At(100);
        await _wire.Control("PUT /jobs/011", Creation);
        _wire.At(150);
        (await _wire.Control("PUT /jobs/011/cancel", "{}")).Is("{}");
        _wire.At(200.743);
        await _wire.Control("PUT /jobs/010", Creation);
        await _wire.Data("POST /things/thingOne/jobs/010", """{"status":"SUCCEEDED"}""");
        _wire.At(310);
        await _wire.Control("PUT /jobs/013", Creation);

        (await _wire.Control("GET /jobs")).Is("""
            {"jobs":[
             {"jobArn":"arn:aws:iot:us-east-1:123456789012:job/013","jobId":"013","targetSelection":"SNAPSHOT","status":"IN_PROGRESS","createdAt":1796119510,"lastUpdatedAt":1796119510,"isConcurrent":false},
             {"jobArn":"arn:aws:iot:us-east-1:123456789012:job/010","jobId":"010","targetSelection":"SNAPSHOT","status":"SUCCEEDED","createdAt":1796119400.743,"lastUpdatedAt":1796119400.743,"completedAt":1796119400.743,"isConcurrent":false},
             {"jobArn":"arn:aws:iot:us-east-1:123456789012:job/011","jobId":"011","targetSelection":"SNAPSHOT","status":"CANCELED","createdAt":1796119300,"lastUpdatedAt":1796119350,"isConcurrent":false}]}
            """);
        foreach (var word in new[] { "SUCCEEDED", "COMPLETED" })
        {
            Assert.Equal("010", (string?)Assert.Single((await _wire.Control($"GET /jobs?status={word}")).Json["jobs"]!.AsArray())!["jobId"]);
        }
    }

    [Fact]
    public async Task The_default_dialect_answers_as_the_sdks_expect()
    {
        using var wire = new WireConversation();
        await wire.Control("POST /things/thingOne");
        await wire.Control("PUT /jobs/013", Creation);
        await wire.Control("PUT /jobs/014", Creation);
        await wire.Data("POST /things/thingOne/jobs/014", """{"status":"SUCCEEDED"}""");

        (await wire.Control("PUT /jobs/013/cancel", "{}")).Is("""{"jobArn":"arn:aws:iot:us-east-1:123456789012:job/013","jobId":"013"}""");
        Assert.Equal("COMPLETED", (string?)(await wire.Control("GET /jobs/014")).Json["job"]!["status"]);
    }

    private static string Creation => $$"""
        {"targets":["arn:aws:iot:us-east-1:123456789012:thing/thingOne"],"document":"{{Document}}",{{Configurations}}}
        """;
}
