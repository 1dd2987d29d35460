using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using static MQTTnet.Protocol.MqttQualityOfServiceLevel;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Broker;

public sealed class RoutingTests : BrokerTest
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_message_goes_to_who_subscribed_and_to_nobody_else(MqttProtocolVersion version)
    {
        var (one, other, publisher) = (await Server.ConnectAsync("one", version), await Server.ConnectAsync("other", version), await Server.ConnectAsync("p", version));
        await one.SubscribeAsync("open/+/x");
        await other.SubscribeAsync("open/b/#");

        await publisher.PublishAsync("open/a/x", "1");

        Assert.Equal("open/a/x 1", await one.NextTextAsync());
        Assert.Empty(await other.AllAsync());
    }

    [Theory]
    [InlineData(AtMostOnce, AtLeastOnce, AtMostOnce)]
    [InlineData(AtLeastOnce, AtMostOnce, AtMostOnce)]
    [InlineData(AtLeastOnce, AtLeastOnce, AtLeastOnce)]
    [InlineData(AtLeastOnce, ExactlyOnce, AtLeastOnce)]
    public async Task It_comes_with_the_lower_quality_of_both(MqttQualityOfServiceLevel published, MqttQualityOfServiceLevel subscribed, MqttQualityOfServiceLevel expected)
    {
        var client = await Server.ConnectAsync("one");
        await client.SubscribeAsync("open/a", subscribed);

        await client.PublishAsync("open/a", "1", published);

        Assert.Equal(expected, (await client.NextAsync()).QualityOfServiceLevel);
    }

    [Fact]
    public async Task Filters_that_overlap_bring_a_message_once_with_the_highest_quality_and_all_identifiers()
    {
        var client = await Server.ConnectAsync("one");
        await client.SubscribeAsync(7, TestClient.Filter("open/#", AtMostOnce));
        await client.SubscribeAsync(8, TestClient.Filter("open/+", AtLeastOnce));
        await client.SubscribeAsync(9, TestClient.Filter("open/other", AtLeastOnce));

        await client.PublishAsync("open/a", "1");

        var message = Assert.Single(await client.AllAsync());
        Assert.Equal(AtLeastOnce, message.QualityOfServiceLevel);
        Assert.Equal([7u, 8u], message.SubscriptionIdentifiers.Order());
    }

    [Fact]
    public async Task What_a_client_publishes_itself_does_not_come_back_where_it_said_so()
    {
        var client = await Server.ConnectAsync("one");
        await client.SubscribeAsync(new MqttTopicFilter { Topic = "open/a", NoLocal = true });

        await client.PublishAsync("open/a", "own");
        await (await Server.ConnectAsync("two")).PublishAsync("open/a", "other's");

        Assert.Equal("open/a other's", await client.NextTextAsync());
    }

    [Fact]
    public async Task Who_unsubscribed_gets_nothing_more_and_hears_of_what_he_never_had()
    {
        var client = await Server.ConnectAsync("one");
        await client.SubscribeAsync("open/a");

        Assert.Equal(MqttClientUnsubscribeResultCode.Success, (await client.UnsubscribeAsync("open/a")).Items.Single().ResultCode);
        Assert.Equal(MqttClientUnsubscribeResultCode.NoSubscriptionExisted, (await client.UnsubscribeAsync("open/a")).Items.Single().ResultCode);
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, (await client.PublishAsync("open/a", "1")).ReasonCode);
        Assert.Empty(await client.AllAsync());
    }

    [Fact]
    public async Task All_that_MQTT_5_adds_to_a_message_arrives()
    {
        var client = await Server.ConnectAsync("one");
        await client.SubscribeAsync("open/a");

        await client.PublishAsync("open/a", "1", more: message => message
            .WithContentType("text/plain").WithResponseTopic("open/answer").WithCorrelationData([1, 2]).WithUserProperty("k", "v"u8.ToArray())
            .WithMessageExpiryInterval(60).WithPayloadFormatIndicator(MqttPayloadFormatIndicator.CharacterData));

        var message = await client.NextAsync();
        Assert.Equal(("text/plain", "open/answer", 60u), (message.ContentType, message.ResponseTopic, message.MessageExpiryInterval));
        Assert.Equal([1, 2], message.CorrelationData);
        Assert.Equal(("k", "v"), (message.UserProperties.Single().Name, message.UserProperties.Single().ReadValueAsString()));
        Assert.Equal(MqttPayloadFormatIndicator.CharacterData, message.PayloadFormatIndicator);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Each_filter_of_a_subscribe_is_answered_in_its_place(MqttProtocolVersion version)
    {
        var client = await Server.ConnectAsync("one", version);

        var result = await client.SubscribeAsync(
            TestClient.Filter("open/a", AtMostOnce), TestClient.Filter("forbidden", AtLeastOnce), TestClient.Filter("open/b", AtLeastOnce), TestClient.Filter("open/c", AtMostOnce));

        var refusal = version == MqttProtocolVersion.V311 ? MqttClientSubscribeResultCode.UnspecifiedError : MqttClientSubscribeResultCode.NotAuthorized;
        Assert.Equal(
            [MqttClientSubscribeResultCode.GrantedQoS0, refusal, MqttClientSubscribeResultCode.GrantedQoS1, MqttClientSubscribeResultCode.GrantedQoS0],
            result.Items.Select(item => item.ResultCode));
    }
}
