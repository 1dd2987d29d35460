using MQTTnet.Packets;
using MQTTnet.Protocol;
using static MQTTnet.Protocol.MqttQualityOfServiceLevel;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Broker;

public sealed class RetainedTests : BrokerTest
{
    private TestClient _client = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _client = await Server.ConnectAsync("one");
    }

    [Theory]
    [InlineData("open/a")]
    [InlineData("open/#")]
    [InlineData("+/a")]
    public async Task Who_subscribes_later_gets_the_last_one_marked_as_retained(string filter)
    {
        var watcher = await Server.ConnectAsync("@watcher");
        await _client.PublishAsync("open/a", "1", retain: true);
        await _client.PublishAsync("open/a", "2", retain: true);

        await watcher.SubscribeAsync(filter);

        var message = Assert.Single(await watcher.AllAsync());
        Assert.Equal(("2", true), (TestClient.Text(message), message.Retain));
    }

    [Fact]
    public async Task One_without_payload_has_it_forgotten()
    {
        await _client.PublishAsync("open/a", "1", retain: true);
        await _client.PublishAsync("open/a", "", retain: true);

        await _client.SubscribeAsync("open/a");

        Assert.Empty(await _client.AllAsync());
    }

    [Fact]
    public async Task One_that_has_expired_is_not_sent()
    {
        await _client.PublishAsync("open/a", "1", retain: true, more: message => message.WithMessageExpiryInterval(10));
        Server.Api.Clock.Advance(TimeSpan.FromSeconds(11));

        await _client.SubscribeAsync("open/a");

        Assert.Empty(await _client.AllAsync());
    }

    [Theory]
    [InlineData(MqttRetainHandling.SendAtSubscribe, 2)]
    [InlineData(MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly, 1)]
    [InlineData(MqttRetainHandling.DoNotSendOnSubscribe, 0)]
    public async Task It_is_sent_when_the_subscriber_wants_it(MqttRetainHandling handling, int expected)
    {
        await _client.PublishAsync("open/a", "1", retain: true);
        var filter = new MqttTopicFilter { Topic = "open/a", RetainHandling = handling };

        await _client.SubscribeAsync(filter);
        await _client.SubscribeAsync(filter);

        Assert.Equal(expected, (await _client.AllAsync()).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_there_sees_that_it_is_to_be_retained_only_if_he_wants_to(bool wants)
    {
        await _client.SubscribeAsync(new MqttTopicFilter { Topic = "open/a", RetainAsPublished = wants });

        await _client.PublishAsync("open/a", "1", retain: true);

        Assert.Equal(wants, (await _client.NextAsync()).Retain);
    }

    [Fact]
    public async Task Its_quality_is_no_higher_than_it_was_published()
    {
        await _client.PublishAsync("open/a", "1", AtMostOnce, retain: true);
        await _client.PublishAsync("open/b", "1", AtLeastOnce, retain: true);

        await _client.SubscribeAsync("open/+");

        var messages = await _client.AllAsync();
        Assert.Equal([AtMostOnce, AtLeastOnce], messages.OrderBy(message => message.Topic).Select(message => message.QualityOfServiceLevel));
    }
}
