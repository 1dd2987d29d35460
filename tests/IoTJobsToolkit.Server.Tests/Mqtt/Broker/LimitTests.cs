using System.Net.Sockets;
using IoTJobsToolkit.Server.Mqtt.Connections;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using static MQTTnet.Protocol.MqttQualityOfServiceLevel;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Broker;

public sealed class LimitTests : BrokerTest
{
    [Fact]
    public async Task It_says_at_the_beginning_what_it_can()
    {
        var client = Server.Client("T");
        client.Options.WithKeepAlivePeriod(TimeSpan.FromSeconds(5)).WithSessionExpiryInterval(100_000);

        var result = await client.ConnectAsync();

        Assert.Equal(
            (AtLeastOnce, (ushort)100, (ushort)30, 3600u, false),
            (result.MaximumQoS, result.ReceiveMaximum, result.ServerKeepAlive, result.SessionExpiryInterval, result.SharedSubscriptionAvailable));
    }

    [Theory]
    [InlineData(0, 1200)]
    [InlineData(10, 30)]
    [InlineData(600, 600)]
    [InlineData(65535, 1200)]
    public async Task A_keep_alive_is_brought_within_its_limits(int asked, int expected)
    {
        var client = Server.Client("T", MqttProtocolVersion.V311);
        client.Options.WithKeepAlivePeriod(TimeSpan.FromSeconds(asked));
        await client.ConnectAsync();

        Assert.Equal(expected, ((Link)Server.Sessions.Single().Line!).Facts!.KeepAlive.TotalSeconds);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Exactly_once_is_not_taken(MqttProtocolVersion version)
    {
        using var raw = new TcpClient("127.0.0.1", Server.Port);
        var stream = raw.GetStream();
        byte[] connect = version == MqttProtocolVersion.V311
            ? [0x10, 16, 0, 4, .. "MQTT"u8, 4, 0x82, 0, 60, 0, 1, (byte)'T', 0, 1, (byte)'T']
            : [0x10, 17, 0, 4, .. "MQTT"u8, 5, 0x82, 0, 60, 0, 0, 1, (byte)'T', 0, 1, (byte)'T'];
        byte[] publish = version == MqttProtocolVersion.V311 ? [0x34, 10, 0, 6, .. "open/a"u8, 0, 1] : [0x34, 11, 0, 6, .. "open/a"u8, 0, 1, 0];
        await stream.WriteAsync(connect, TestContext.Current.CancellationToken);
        await stream.WriteAsync(publish, TestContext.Current.CancellationToken);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        var ending = answer.ToArray();
        Assert.Equal(0x20, ending[0]); // CONNACK, and after it nothing but a DISCONNECT that only MQTT 5 has.
        Assert.Equal(version == MqttProtocolVersion.V500 ? [0xE0, 2, 0x9B, 0] : [], ending[(2 + ending[1])..]);
    }

    [Theory]
    [InlineData("open/1/2/3/4/5/6/7", MqttClientPublishReasonCode.NoMatchingSubscribers)]
    [InlineData("open/1/2/3/4/5/6/7/8", MqttClientPublishReasonCode.TopicNameInvalid)]
    public async Task A_topic_has_seven_slashes_at_the_most(string topic, MqttClientPublishReasonCode expected)
    {
        var client = await Server.ConnectAsync("T");

        Assert.Equal(expected, (await client.PublishAsync(topic, "1")).ReasonCode);
    }

    [Theory]
    [InlineData(251, MqttClientPublishReasonCode.NoMatchingSubscribers)]
    [InlineData(252, MqttClientPublishReasonCode.TopicNameInvalid)]
    public async Task A_topic_has_256_bytes_at_the_most(int more, MqttClientPublishReasonCode expected)
    {
        var client = await Server.ConnectAsync("T");

        Assert.Equal(expected, (await client.PublishAsync("open/" + new string('x', more), "1")).ReasonCode);
    }

    [Theory]
    [InlineData(128 * 1024, MqttClientPublishReasonCode.NoMatchingSubscribers)]
    [InlineData(128 * 1024 + 1, MqttClientPublishReasonCode.QuotaExceeded)]
    public async Task A_payload_has_128_KiB_at_the_most(int bytes, MqttClientPublishReasonCode expected)
    {
        var client = await Server.ConnectAsync("T");

        Assert.Equal(expected, (await client.PublishAsync("open/a", new string('x', bytes))).ReasonCode);
    }

    [Fact]
    public async Task A_subscribe_has_eight_filters_at_the_most()
    {
        var client = await Server.ConnectAsync("T");

        var result = await client.SubscribeAsync([.. Enumerable.Range(0, 9).Select(n => TestClient.Filter($"open/{n}", AtMostOnce))]);

        Assert.All(result.Items, item => Assert.Equal(MqttClientSubscribeResultCode.QuotaExceeded, item.ResultCode));
    }

    [Fact]
    public async Task A_connection_has_fifty_subscriptions_at_the_most_and_may_change_those()
    {
        var client = await Server.ConnectAsync("T");
        for (var n = 0; n < 50; n++)
        {
            await client.SubscribeAsync($"open/{n}");
        }

        Assert.Equal(MqttClientSubscribeResultCode.QuotaExceeded, (await client.SubscribeAsync("open/50")).Items.Single().ResultCode);
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS0, (await client.SubscribeAsync("open/49", AtMostOnce)).Items.Single().ResultCode);
    }

    [Theory]
    [InlineData("open/a+")]
    [InlineData("open/+a/b")]
    public async Task What_is_no_filter_is_said_to_be_none(string filter)
    {
        var client = await Server.ConnectAsync("T");

        Assert.Equal(MqttClientSubscribeResultCode.TopicFilterInvalid, (await client.SubscribeAsync(filter)).Items.Single().ResultCode);
    }

    [Fact]
    public async Task Who_publishes_faster_than_he_may_is_read_later_and_keeps_nobody_else()
    {
        var (fast, other) = (await Server.ConnectAsync("fast"), await Server.ConnectAsync("other"));
        var sent = Enumerable.Range(0, 101).Select(n => fast.PublishAsync("open/a", $"{n}")).ToList();
        await Task.WhenAll(sent[..100]);

        await other.PublishAsync("open/a", "1");
        Assert.False(sent[100].IsCompleted);
        Server.Api.Clock.Advance(TimeSpan.FromSeconds(1));

        await sent[100];
    }

    [Fact]
    public async Task A_client_gets_no_more_than_it_said_before_it_acknowledges()
    {
        var (slow, sender) = (Server.Client("slow"), await Server.ConnectAsync("sender"));
        slow.Options.WithReceiveMaximum(2);
        slow.IsAcknowledging = false;
        await slow.ConnectAsync();
        await slow.SubscribeAsync("open/a");
        for (var n = 0; n < 4; n++)
        {
            await sender.PublishAsync("open/a", $"{n}");
        }

        var (first, second) = (await slow.ReceiveAsync(), await slow.ReceiveAsync());
        await slow.PingAsync();
        Assert.Equal(4, Server.Sessions.Single(session => session.Key.ClientId == "slow").Outbox.Count);
        await second.AcknowledgeAsync(CancellationToken.None);

        Assert.Equal("2", TestClient.Text((await slow.ReceiveAsync()).ApplicationMessage));
        await first.AcknowledgeAsync(CancellationToken.None);
        Assert.Equal("3", TestClient.Text((await slow.ReceiveAsync()).ApplicationMessage));
    }
}
