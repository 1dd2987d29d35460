using System.Text;
using System.Text.Json;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Wire.Tests.Mqtt;

/// <summary>Whatever a client sends: it is answered with JSON, or it is nothing to answer; nothing fails.</summary>
public sealed class ChanceTests : IDisposable
{
    private static readonly string[] Parts =
    [
        "get", "update", "start-next", "$next", "accepted", "rejected", "notify", "notify-next", "j", "k", "", "namespace-NS", "namespace-",
        "get-namespace-NS", "start-next-namespace-", "notify-namespace-NS", "$aws", "jobs", "\u00e9", "a b", "\ud800", "\0", "+", "#", new('x', 300),
    ];

    private static readonly string[] Names =
        ["status", "statusDetails", "expectedVersion", "executionNumber", "stepTimeoutInMinutes", "includeJobDocument", "includeJobExecutionState",
            "clientToken", "thingName", "jobId", "other", "st\\u0061tus", "\\ud800", "clientToken\\udc00", ""];

    private static readonly string[] Values =
        ["1", "-1", "0", "\"1\"", "\"-1\"", "1e999", "-0", "9223372036854775807", "9223372036854775808", "0.1", new('9', 5000), "\"\"", "\"k\"",
            "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\u2028\"", "\"😀\"", "true", "false", "null", "{}", "[]", "{\"a\":\"b\"}",
            "{\"a\":{\"b\":[1,{}]}}", "{\"a\":null,\"a\":1}", "{\"\\ud800\":\"\\ud800\"}", "\"IN_PROGRESS\"", "\"FAILED\"", "\"SUCCEEDED\"", "\"QUEUED\"",
            "\"IN_PROGRES\\u0053\"", new string('[', 63) + new string(']', 63), new string('[', 200_000), "\"\\", "tru", "NaN", "'k'"];

    private readonly WireConversation _wire = new();

    public void Dispose() => _wire.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Any_message_is_answered_with_JSON_or_not_at_all(int seed)
    {
        var random = new Random(seed);
        await _wire.Control("POST /things/t");
        foreach (var job in new[] { "j", "k", "get", "update" })
        {
            await _wire.Control($"PUT /jobs/{job}", $$"""{"targets":["{{WireConversation.Thing}}t"],"document":"{\"a\":1}"}""");
        }
        var outcomes = new Dictionary<string, int>();
        for (var i = 0; i < 5_000; i++)
        {
            var topic = $"$aws/things/t/jobs/{string.Join('/', random.GetItems(Parts, random.Next(1, 6)))}";
            if (random.Next(3) > 0)
            {
                topic = $"$aws/things/t/jobs/{random.GetItems(["get", "start-next", "j/get", "k/update", "j/update", "$next/get"], 1)[0]}";
            }
            var payload = Payload(random);
            var shown = $"{topic} {Encoding.Latin1.GetString(payload)[..Math.Min(payload.Length, 500)]}";
            MqttAnswer? answer;
            try
            {
                answer = await _wire.Publish(topic, payload, Caller.Device("t"));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(shown, exception);
            }
            Assert.True(_wire.Faults.Count == 0, shown);
            outcomes[Outcome(topic, answer, shown)] = outcomes.GetValueOrDefault(Outcome(topic, answer, shown)) + 1;
        }
        Assert.Superset(
            new HashSet<string> { "", "accepted", "InvalidTopic", "InvalidJson", "InvalidRequest", "ResourceNotFound" }, outcomes.Keys.ToHashSet());
    }

    [Fact]
    public async Task A_payload_as_large_as_the_broker_lets_pass_is_answered()
    {
        await _wire.Control("POST /things/t");
        await _wire.Control("PUT /jobs/j", $$"""{"targets":["{{WireConversation.Thing}}t"],"document":"{}"}""");
        var large = new string('x', 128 * 1024 - 100);
        (await _wire.Publish("t", "j/update", $$"""{"status":"{{large}}"}""")).HasCode("InvalidRequest", "status");
        (await _wire.Publish("t", "j/update", $$"""{"statusDetails":{"a":"{{large}}"},"status":"FAILED"}""")).HasCode("InvalidRequest", "statusDetails.a");
        (await _wire.Publish("t", "j/update", $$"""{"status":"FAILED","expectedVersion":{{new string('1', 128 * 1024 - 100)}}}""")).HasCode("InvalidRequest", "expectedVersion");
        var answer = await _wire.Publish("t", "get", $$"""{"other":"{{large[..1000]}}","clientToken":"{{large[..100_000]}}"}""");
        Assert.Equal(large[..100_000], (string?)answer.Json["clientToken"]);
        Assert.True((await _wire.Publish("t", "j/get", $$"""{"{{large}}":1}""")).Payload.Length < 1000);
    }

    private static string Outcome(string topic, MqttAnswer? answer, string shown)
    {
        if (answer is null)
        {
            return "";
        }
        using var json = JsonDocument.Parse(answer.Payload);
        Assert.True(json.RootElement.GetProperty("timestamp").GetInt64() == 1796119200, shown);
        Assert.True(answer.Topic == topic + "/accepted" || answer.Topic == topic + "/rejected", shown);
        return answer.Topic.EndsWith("/rejected", StringComparison.Ordinal) ? json.RootElement.GetProperty("code").GetString()! : "accepted";
    }

    private static byte[] Payload(Random random)
    {
        switch (random.Next(10))
        {
            case 0:
                return [];
            case 1:
                var noise = new byte[random.Next(1, 200)];
                random.NextBytes(noise);
                return noise;
            case 2:
                return Encoding.UTF8.GetBytes(random.GetItems(Values, 1)[0]);
            case 3: // A request with one byte wrong.
                var spoiled = Encoding.UTF8.GetBytes(Request(random));
                spoiled[random.Next(spoiled.Length)] = (byte)random.Next(256);
                return spoiled;
            default:
                return Encoding.UTF8.GetBytes(Request(random));
        }
    }

    private static string Request(Random random) =>
        $"{{{string.Join(',', random.GetItems(Names, random.Next(0, 6)).Select(name => $"\"{name}\":{random.GetItems(Values, 1)[0]}"))}}}";
}
