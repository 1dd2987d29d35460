using System.Text.Json;
using System.Text.Json.Nodes;
using IoTJobsToolkit.Wire.Mqtt;

namespace IoTJobsToolkit.Wire.Tests.Mqtt;

/// <summary>Every constraint of the data plane's requests in AWS's model, kept and broken by messages.</summary>
public sealed class ModelOverMqttTests : IDisposable
{
    private readonly WireConversation _wire = new();

    public static TheoryData<string, string> Operations => new()
    {
        { "GetPendingJobExecutions", "get" },
        { "StartNextPendingJobExecution", "start-next" },
        { "DescribeJobExecution", "q/get" },
        { "UpdateJobExecution", "q/update" },
    };

    public void Dispose() => _wire.Dispose();

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_payload_has_the_models_members_but_for_those_of_the_topic(string operation, string below)
    {
        Assert.True(JobsTopic.TryParse($"$aws/things/t/jobs/{below}", out var topic));
        Assert.Equal(operation, topic.Operation.ToString());
        var counted = Enum.GetValues<RequestMembers>()
            .Where(member => int.PopCount((int)member) == 1 && JobsRequest.Counted(topic).HasFlag(member)).Select(member => member.ToString());
        Assert.Equal(
            InPayload(operation).Select(member => member.Name).Append("clientToken").Order(StringComparer.OrdinalIgnoreCase),
            counted.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task What_breaks_a_constraint_is_InvalidRequest_by_name_and_changes_nothing(string operation, string below)
    {
        await Prepare();
        var before = await Everything();
        foreach (var (name, shape) in InPayload(operation))
        {
            foreach (var (member, value) in ModelSamples.Bad(Plane.Data, shape, name).Where(bad => !IsNumberAmongDetails(name, bad.Value)).Concat(BadByTheReference(name)))
            {
                var payload = Good(operation);
                payload[name] = value?.DeepClone();
                var answer = await _wire.Publish("t", below, payload.ToJsonString());
                Assert.True((string?)answer.Json["code"] == "InvalidRequest", $"{payload.ToJsonString()}: {answer.Payload}");
                Assert.Contains(member, (string)answer.Json["message"]!, StringComparison.Ordinal);
                Assert.Equal("k", (string?)answer.Json["clientToken"]);
            }
        }
        Assert.Equal(before, await Everything());
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task What_is_just_inside_is_accepted(string operation, string below)
    {
        await Prepare();
        foreach (var (name, _) in InPayload(operation))
        {
            foreach (var value in GoodByTheReference(name))
            {
                var payload = Good(operation);
                payload[name] = value.DeepClone();
                var answer = await _wire.Publish("t", below, payload.ToJsonString());
                Assert.True(answer.Topic.EndsWith("/accepted", StringComparison.Ordinal), $"{payload.ToJsonString()}: {answer.Payload}");
                Assert.Equal("k", (string?)answer.Json["clientToken"]);
            }
        }
    }

    [Theory]
    [InlineData(64, "ResourceNotFound")]
    [InlineData(65, "InvalidRequest")]
    public async Task A_job_id_of_the_topic_has_the_models_length(int length, string code)
    {
        await Prepare();
        (await _wire.Publish("t", $"{new string('j', length)}/update", """{"status":"FAILED"}""")).HasCode(code);
    }

    [Theory]
    [InlineData(128, "ResourceNotFound")]
    [InlineData(129, "InvalidRequest")]
    public async Task A_thing_of_the_topic_has_the_models_length(int length, string code) =>
        (await _wire.Publish(new string('t', length), "get")).HasCode(code);

    private static IEnumerable<(string Name, string Shape)> InPayload(string operation) =>
        ServiceModel.Members(Plane.Data, $"{operation}Request")
            .Where(member => (string?)member.Value!["location"] != "uri")
            .Select(member => (member.Key, (string)member.Value!["shape"]!));

    /// <summary>What the model has as a string, and AWS's own jobs agent sends as a number.</summary>
    private static bool IsNumberAmongDetails(string name, JsonNode? value) =>
        name == "statusDetails" && value is JsonObject details && details.Any(pair => pair.Value?.GetValueKind() == JsonValueKind.Number);

    private static IEnumerable<(string, JsonNode?)> BadByTheReference(string name) => name switch
    {
        "stepTimeoutInMinutes" => [(name, 0), (name, 10081), (name, -2), (name, "10081"), (name, "1.0")],
        "statusDetails" =>
        [
            (name, Pairs(11)), ("statusDetails.key", new JsonObject { [new string('k', 129)] = "v" }),
            (name, new JsonObject { ["k"] = new string('v', 1025) }), (name, new JsonObject { ["k"] = "" }), (name, new JsonObject { ["k"] = "\u200B" }),
        ],
        "status" => [(name, "QUEUED"), (name, "TIMED_OUT"), (name, "REMOVED"), (name, "CANCELED"), (name, null)],
        "expectedVersion" or "executionNumber" => [(name, "one"), (name, 1.5)],
        _ => [],
    };

    private static IEnumerable<JsonNode> GoodByTheReference(string name) => name switch
    {
        "stepTimeoutInMinutes" => [1, 10080, -1, "1", "10080", "-1"],
        "statusDetails" => [Pairs(0), Pairs(10), new JsonObject { [new string('k', 128)] = new string('v', 1024) }, new JsonObject { ["a:_-Z9"] = "😀 é" }, new JsonObject { ["uptime"] = 5 }],
        "status" => ["IN_PROGRESS"],
        "executionNumber" => [1, "1"],
        "includeJobDocument" or "includeJobExecutionState" => [true, false],
        _ => [],
    };

    private static JsonObject Pairs(int count) => new(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"k{i}", (JsonNode?)"v")));

    private static JsonObject Good(string operation) =>
        operation == "UpdateJobExecution" ? new() { ["status"] = "IN_PROGRESS", ["clientToken"] = "k" } : new() { ["clientToken"] = "k" };

    private async Task<string> Everything() => (await _wire.Control("GET /things/t/jobs/q")).Body + (await _wire.Publish("t", "q/get")).Payload;

    private async Task Prepare()
    {
        await _wire.Control("POST /things/t");
        await _wire.Control("PUT /jobs/q", $$"""{"targets":["{{WireConversation.Thing}}t"],"document":"{}"}""");
    }
}
