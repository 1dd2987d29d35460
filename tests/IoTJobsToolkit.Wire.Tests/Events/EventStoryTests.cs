using System.Text.Json.Nodes;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Wire.Tests.Events;

/// <summary>From a request to the message that is published (examples 20).</summary>
public sealed class EventStoryTests : IDisposable
{
    private readonly WireConversation _wire = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task A_forced_cancel_is_told_as_the_example_says()
    {
        await CreateC1();
        await Switch("""{"JOB":{"Enabled":true},"JOB_EXECUTION":{"Enabled":true}}""");
        using var feed = _wire.Listen();
        _wire.At(100);
        await _wire.Control("PUT /jobs/c1/cancel?force=true", """{"reasonCode":"ROLLBACK_1","comment":"bad build"}""");

        var messages = await _wire.Published(feed);
        Assert.Equal(
            [
                "$aws/events/job/c1/cancellation_in_progress",
                "$aws/events/jobExecution/c1/canceled",
                "$aws/events/jobExecution/c1/canceled",
                "$aws/events/jobExecution/c1/canceled",
                "$aws/events/job/c1/canceled",
            ],
            messages.Select(message => message.Topic));
        var payloads = messages.Select(message => JsonNode.Parse(message.Payload)!.AsObject()).ToList();
        Assert.Equal(5, payloads.Select(TakeId).Distinct().Count());
        foreach (var (payload, operation, status) in new[]
        {
            (payloads[0], "cancellation_in_progress", "CANCELLATION_IN_PROGRESS"), (payloads[4], "canceled", "CANCELED"),
        })
        {
            Same($$"""
                {"eventType":"JOB","timestamp":1796119300,"operation":"{{operation}}","jobId":"c1","status":"{{status}}","targetSelection":"SNAPSHOT",
                 "targets":[{{string.Join(',', "ABCDE".Select(thing => $"\"{WireConversation.Thing}{thing}\""))}}],
                 "comment":"bad build","reasonCode":"ROLLBACK_1","createdAt":1796119200000,"lastUpdatedAt":1796119300000}
                """, payload);
        }
        foreach (var (payload, thing) in payloads[1..4].Zip("BCE"))
        {
            Same($$"""
                {"eventType":"JOB_EXECUTION","timestamp":1796119300,"operation":"canceled","jobId":"c1",
                 "thingArn":"{{WireConversation.Thing}}{{thing}}","status":"CANCELED"}
                """, payload);
        }
    }

    [Theory]
    [InlineData("""{"JOB":{"Enabled":true}}""", "job/c1/cancellation_in_progress job/c1/canceled")]
    [InlineData("""{"JOB_EXECUTION":{"Enabled":true}}""", "jobExecution/c1/canceled jobExecution/c1/canceled jobExecution/c1/canceled")]
    [InlineData("""{"THING":{"Enabled":true},"POLICY":{"Enabled":true}}""", "")]
    public async Task Families_that_are_off_publish_nothing(string on, string topics)
    {
        await CreateC1();
        using var feed = _wire.Listen();
        await Switch(on);
        await _wire.Control("PUT /jobs/c1/cancel?force=true");

        Assert.Equal(topics, string.Join(' ', (await _wire.Published(feed)).Select(message => message.Topic.Replace("$aws/events/", "", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData(Dialect.Aws)]
    [InlineData(Dialect.Seed)]
    public async Task A_completed_job_is_COMPLETED_in_every_dialect(Dialect dialect)
    {
        using var wire = new WireConversation(dialect);
        await wire.Control("PATCH /event-configurations", """{"eventConfigurations":{"JOB":{"Enabled":true}}}""");
        await wire.Control("POST /things/t");
        await wire.Control("PUT /jobs/j", $$"""{"targets":["{{WireConversation.Thing}}t"],"document":"{}"}""");
        using var feed = wire.Listen();
        wire.At(7.25);
        await wire.Data("POST /things/t/jobs/j", """{"status":"SUCCEEDED"}""");

        var (topic, payload) = Assert.Single(await wire.Published(feed));
        Assert.Equal("$aws/events/job/j/completed", topic);
        var completed = JsonNode.Parse(payload)!.AsObject();
        TakeId(completed);
        Same($$"""
            {"eventType":"JOB","timestamp":1796119207,"operation":"completed","jobId":"j","status":"COMPLETED","targetSelection":"SNAPSHOT",
             "targets":["{{WireConversation.Thing}}t"],"completedAt":1796119207250,"createdAt":1796119200000,"lastUpdatedAt":1796119207250,
             "jobProcessDetails":{"numberOfCanceledThings":0,"numberOfRejectedThings":0,"numberOfFailedThings":0,"numberOfRemovedThings":0,
               "numberOfSucceededThings":1,"numberOfTimedOutThings":0}
            }
            """, completed);
    }

    [Fact]
    public async Task Details_of_the_last_report_are_told()
    {
        await CreateC1();
        await Switch("""{"JOB_EXECUTION":{"Enabled":true}}""");
        using var feed = _wire.Listen();
        await _wire.Data("POST /things/B/jobs/c1", """{"status":"FAILED","statusDetails":{"why":"no space"}}""");

        var (topic, payload) = Assert.Single(await _wire.Published(feed));
        Assert.Equal("$aws/events/jobExecution/c1/failed", topic);
        Assert.Equal("""{"why":"no space"}""", JsonNode.Parse(payload)!["statusDetails"]!.ToJsonString());
    }

    /// <summary>Removes the id, which no one can foretell, and returns it.</summary>
    private static Guid TakeId(JsonObject payload)
    {
        var id = Guid.ParseExact((string)payload["eventId"]!, "D");
        payload.Remove("eventId");
        return id;
    }

    private static void Same(string expected, JsonNode payload) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), payload), $"expected: {expected}\nfound:    {payload.ToJsonString()}");

    private async Task Switch(string families) =>
        (await _wire.Control("PATCH /event-configurations", $$"""{"eventConfigurations":{{families}}}""")).Is("{}");

    /// <summary>A SUCCEEDED, B IN_PROGRESS, C QUEUED, D FAILED, E QUEUED (examples 8).</summary>
    private async Task CreateC1()
    {
        foreach (var thing in "ABCDE")
        {
            await _wire.Control($"POST /things/{thing}");
        }
        await _wire.Control("PUT /jobs/c1", $$"""{"targets":[{{string.Join(',', "ABCDE".Select(thing => $"\"{WireConversation.Thing}{thing}\""))}}],"document":"{}"}""");
        foreach (var thing in "ABD")
        {
            await _wire.Data($"PUT /things/{thing}/jobs/$next");
        }
        await _wire.Data("POST /things/A/jobs/c1", """{"status":"SUCCEEDED"}""");
        await _wire.Data("POST /things/D/jobs/c1", """{"status":"FAILED"}""");
    }
}
