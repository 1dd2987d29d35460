using MQTTnet;
using MQTTnet.Formatter;
using static MQTTnet.MqttClientPublishReasonCode;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Harm;

/// <summary>A device that asks for what it cannot have, over and over, is refused each time and harms nobody else.</summary>
[Collection(Alone.Name)]
public sealed class RequestsTests : IAsyncLifetime
{
    private HarmedPortal _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await HarmedPortal.StartAsync("--Jobs:Limits=none");

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public Task Payloads_as_large_as_they_may_be_and_larger() => _portal.BearsAsync(async _ =>
    {
        using var client = await ClientAsync();
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(Success, (await client.PublishAsync("$aws/things/bad/jobs/get", new string('{', 128 << 10))).ReasonCode);
            Assert.Contains("\"code\":\"InvalidJson\"", await client.NextTextAsync(), StringComparison.Ordinal);
            Assert.Equal(QuotaExceeded, (await client.PublishAsync("$aws/things/bad/jobs/get", new string('{', 129 << 10))).ReasonCode);
        }
    });

    [Theory]
    [InlineData("", "")]
    [InlineData("{\"a\":", "}")]
    [InlineData("{\"clientToken\":", "}")]
    [InlineData("{\"statusDetails\":", "}")]
    public Task JSON_of_a_hundred_thousand_levels(string before, string after) => _portal.BearsAsync(async _ =>
    {
        using var client = await ClientAsync();
        var closed = before + new string('[', 60_000) + new string(']', 60_000) + after;
        var open = before + new string('[', 100_000);
        for (var i = 0; i < 40; i++)
        {
            await client.PublishAsync("$aws/things/bad/jobs/start-next", i % 2 == 0 ? closed : open);
            Assert.Contains("\"code\":\"InvalidJson\"", await client.NextTextAsync(), StringComparison.Ordinal);
        }
    });

    [Fact]
    public Task Topics_that_are_not_its_own() => _portal.BearsAsync(async _ =>
    {
        using var client = await ClientAsync();
        (string Topic, MqttClientPublishReasonCode Expected)[] wrong =
        [
            ("$aws/things/good/jobs/get", NotAuthorized), ("$aws/things/bad/jobs/get/accepted", NotAuthorized), ("$aws/things/bad/jobs/notify", NotAuthorized),
            ("$aws/events/job/large/completed", NotAuthorized), ("$SYS/broker", NotAuthorized), ("anything", NotAuthorized), ("$aws/things/bad/shadow/update", NotAuthorized),
            ("$aws/things//jobs/get", NotAuthorized), ("a/b/c/d/e/f/g/h/i", TopicNameInvalid), (new string('t', 257), TopicNameInvalid),
        ];
        for (var i = 0; i < 500; i++)
        {
            var (topic, expected) = wrong[i % wrong.Length];
            Assert.Equal((topic, expected), (topic, (await client.PublishAsync(topic, "{}")).ReasonCode));
        }
        await client.PublishAsync("$aws/things/bad/jobs/nothing", "{}");
        Assert.Contains("\"code\":\"InvalidTopic\"", await client.NextTextAsync(), StringComparison.Ordinal);
    });

    private async Task<TestClient> ClientAsync()
    {
        var client = new TestClient(_portal.Port, "requests", MqttProtocolVersion.V500);
        client.Options.WithCredentials(HarmedPortal.Bad, _portal.Token);
        await client.ConnectAsync();
        return client;
    }
}
