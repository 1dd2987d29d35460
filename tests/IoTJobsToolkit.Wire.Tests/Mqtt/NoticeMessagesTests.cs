using System.Text;
using System.Text.Json.Nodes;
using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Wire.Mqtt;

namespace IoTJobsToolkit.Wire.Tests.Mqtt;

/// <summary>What a thing is told, to the letter (mqtt-api 6, 7; examples 14).</summary>
public sealed class NoticeMessagesTests : IDisposable
{
    private readonly WireConversation _wire = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task A_first_execution_is_told_by_both_in_this_order()
    {
        await Create("a", """{"op":"x"}""");
        Assert.Equal(
            [
                ("$aws/things/lamp/jobs/notify",
                    """{"timestamp":1796119200,"jobs":{"QUEUED":[{"jobId":"a","queuedAt":1796119200,"lastUpdatedAt":1796119200,"executionNumber":1,"versionNumber":1}]}}"""),
                ("$aws/things/lamp/jobs/notify-next",
                    """{"timestamp":1796119200,"execution":{"jobId":"a","status":"QUEUED","queuedAt":1796119200,"lastUpdatedAt":1796119200,"versionNumber":1,"executionNumber":1,"jobDocument":{"op":"x"}}}"""),
            ],
            Messages(await Now(set: true, next: true)));
    }

    [Fact]
    public async Task Those_in_progress_come_first_with_their_start()
    {
        await Create("a", "{}");
        await Create("b", "{}");
        _wire.At(20.75);
        await _wire.Publish("lamp", "start-next", """{"statusDetails":{"p":"1"}}""");
        Assert.Equal(
            [
                ("$aws/things/lamp/jobs/notify",
                    """{"timestamp":1796119220,"jobs":{"IN_PROGRESS":[{"jobId":"a","queuedAt":1796119200,"startedAt":1796119220,"lastUpdatedAt":1796119220,"executionNumber":1,"versionNumber":2}],"QUEUED":[{"jobId":"b","queuedAt":1796119200,"lastUpdatedAt":1796119200,"executionNumber":1,"versionNumber":1}]}}"""),
            ],
            Messages(await Now(set: true, next: false)));
        Assert.Equal(
            [
                ("$aws/things/lamp/jobs/notify-next",
                    """{"timestamp":1796119220,"execution":{"jobId":"a","status":"IN_PROGRESS","statusDetails":{"p":"1"},"queuedAt":1796119200,"startedAt":1796119220,"lastUpdatedAt":1796119220,"versionNumber":2,"executionNumber":1,"jobDocument":{}}}"""),
            ],
            Messages(await Now(set: false, next: true)));
    }

    [Fact]
    public void Nothing_left_to_do_is_told_too() => Assert.Equal(
        [
            ("$aws/things/lamp/jobs/notify", """{"timestamp":1796119270,"jobs":{}}"""),
            ("$aws/things/lamp/jobs/notify-next", """{"timestamp":1796119270}"""),
        ],
        Messages(new(DateTimeOffset.FromUnixTimeSeconds(1796119270), "lamp", null) { Pending = new([], []), IsNextChanged = true }));

    [Fact]
    public void What_did_not_change_is_not_told() => Assert.Empty(Messages(new(DateTimeOffset.UnixEpoch, "lamp", null)));

    [Fact]
    public void A_namespace_has_topics_of_its_own() => Assert.Equal(
        ["$aws/things/a:b/jobs/notify-namespace-aws-gg-deployment", "$aws/things/a:b/jobs/notify-next-namespace-aws-gg-deployment"],
        Messages(new(DateTimeOffset.UnixEpoch, "a:b", "aws-gg-deployment") { Pending = new([], []), IsNextChanged = true })
            .Select(message => message.Topic));

    [Fact]
    public async Task No_more_are_listed_than_GetPendingJobExecutions_lists()
    {
        for (var i = 0; i < 12; i++)
        {
            await Create($"plain{i}", "{}");
            await Create($"window{i}", "{}", ""","targetSelection":"CONTINUOUS","schedulingConfig":{"maintenanceWindows":[{"startTime":"cron(0 0 * * ? *)","durationInMinutes":1430}]}""");
        }
        var notice = JsonNode.Parse(Messages(await Now(set: true, next: false)).Single().Payload)!;
        var listed = notice["jobs"]!["QUEUED"]!.AsArray().Select(job => (string)job!["jobId"]!).ToList();
        Assert.Equal((10, 5), (listed.Count(id => id.StartsWith("plain", StringComparison.Ordinal)), listed.Count(id => id.StartsWith("window", StringComparison.Ordinal))));
    }

    private static List<(string Topic, string Payload)> Messages(PendingChanged notice) =>
        [.. NoticeMessages.Of(notice).Select(message => (message.Topic, Encoding.UTF8.GetString(message.Payload.Span)))];

    /// <summary>A notice of how things stand with the lamp.</summary>
    private async Task<PendingChanged> Now(bool set, bool next)
    {
        var lamp = _wire.Device("lamp");
        return new(_wire.Clock.GetUtcNow(), "lamp", null)
        {
            Pending = set ? await lamp.ExecuteAsync(new GetPendingJobExecutions("lamp"), TestContext.Current.CancellationToken) : null,
            IsNextChanged = next,
            Next = next ? (await lamp.ExecuteAsync(new DescribeJobExecution("$next", "lamp"), TestContext.Current.CancellationToken)).Execution : null,
        };
    }

    private async Task Create(string jobId, string document, string more = "")
    {
        await _wire.Control("POST /things/lamp");
        var answer = await _wire.Control($"PUT /jobs/{jobId}", $$"""{"targets":["{{WireConversation.Thing}}lamp"],"document":{{JsonValue.Create(document).ToJsonString()}}{{more}}}""");
        Assert.True(answer.Status == 200, answer.Body);
    }
}
