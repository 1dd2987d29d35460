using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using static MQTTnet.Protocol.MqttQualityOfServiceLevel;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Broker;

public sealed class RightsTests : BrokerTest
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Who_is_nobody_is_not_let_in(MqttProtocolVersion version)
    {
        var client = Server.Client("nobody", version);
        client.Options.WithCredentials("", "");

        Assert.Equal(MqttClientConnectResultCode.NotAuthorized, (await client.ConnectAsync()).ResultCode);
    }

    [Theory]
    [InlineData("forbidden")]
    [InlineData("$aws/things/U/jobs/get")]
    [InlineData("$aws/things/T/jobs/get/accepted")]
    [InlineData("$aws/things/T/jobs/notify")]
    [InlineData("$aws/events/job/J/completed")]
    [InlineData("$other/x")]
    public async Task What_a_client_may_not_publish_is_refused_as_its_MQTT_can_say(string topic)
    {
        var old = await Server.ConnectAsync("T", MqttProtocolVersion.V311);
        await old.PublishAsync(topic, "1", AtMostOnce);
        await old.PingAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => old.PublishAsync(topic, "1"));
        await old.Ended;

        var client = await Server.ConnectAsync("T");
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, (await client.PublishAsync(topic, "1")).ReasonCode);
        await client.PingAsync();
    }

    [Theory]
    [InlineData("forbidden")]
    [InlineData("#")]
    [InlineData("$aws/things/U/jobs/#")]
    [InlineData("$aws/things/+/jobs/notify")]
    [InlineData("$SYS/#")]
    public async Task What_a_device_may_not_hear_it_cannot_subscribe_to(string filter)
    {
        foreach (var version in new[] { MqttProtocolVersion.V311, MqttProtocolVersion.V500 })
        {
            var client = await Server.ConnectAsync("T", version);
            Assert.True((int)(await client.SubscribeAsync(filter)).Items.Single().ResultCode >= 0x80);
            await client.PingAsync();
        }
        Assert.All(Server.Sessions, session => Assert.Empty(session.Subscriptions));
    }

    [Fact]
    public async Task Whose_credential_is_taken_away_is_sent_away_with_his_next_message()
    {
        var client = await Server.ConnectAsync("T");
        Server.Access.TakeFrom("T");

        await Assert.ThrowsAnyAsync<Exception>(() => client.PublishAsync("open/a", "1"));

        Assert.Equal(MqttClientDisconnectReason.NotAuthorized, (await client.Ended).Reason);
    }

    [Fact]
    public async Task Whose_credential_is_taken_away_is_sent_away_also_when_he_only_listens()
    {
        var client = await Server.ConnectAsync("T");
        Server.Access.TakeFrom("T");

        Server.Api.Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(MqttClientDisconnectReason.NotAuthorized, (await client.Ended).Reason);
    }

    [Theory]
    [InlineData("forbidden")]
    [InlineData("$aws/things/T/jobs/get")]
    public async Task A_will_is_for_topics_that_its_client_may_publish_to_and_never_for_the_service(string topic)
    {
        var client = Server.Client("T");
        client.Options.WithWillTopic(topic).WithWillPayload("1");

        Assert.Equal(MqttClientConnectResultCode.NotAuthorized, (await client.ConnectAsync()).ResultCode);
    }
}
