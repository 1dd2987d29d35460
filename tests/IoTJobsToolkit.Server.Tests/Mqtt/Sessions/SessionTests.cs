using IoTJobsToolkit.Server.Mqtt.Sessions;
using MQTTnet;
using MQTTnet.Formatter;
using static MQTTnet.Protocol.MqttQualityOfServiceLevel;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Sessions;

public sealed class SessionTests : BrokerTest
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_client_that_comes_back_gets_what_was_published_meanwhile_but_not_what_may_be_lost(MqttProtocolVersion version)
    {
        await SubscribeAndLeaveAsync(version);
        var sender = await Server.ConnectAsync("sender");
        await sender.PublishAsync("open/a", "1");
        await sender.PublishAsync("open/a", "lost", AtMostOnce);
        await sender.PublishAsync("open/a", "2");

        var client = Persistent("T", version);
        Assert.True((await client.ConnectAsync()).IsSessionPresent);

        Assert.Equal("open/a 1", await client.NextTextAsync());
        Assert.Equal("open/a 2", await client.NextTextAsync());
        Assert.Empty(await client.AllAsync());
    }

    [Fact]
    public async Task What_was_not_acknowledged_comes_again_before_the_rest_marked_as_repeated()
    {
        var (first, sender) = (Persistent("T"), await Server.ConnectAsync("sender"));
        first.IsAcknowledging = false;
        await first.ConnectAsync();
        await first.SubscribeAsync("open/a");
        await sender.PublishAsync("open/a", "1");
        await first.NextAsync();
        await first.DisconnectAsync();
        await sender.PublishAsync("open/a", "2");

        var second = Persistent("T");
        await second.ConnectAsync();

        var (one, two) = (await second.NextAsync(), await second.NextAsync());
        Assert.Equal(("1", true), (TestClient.Text(one), one.Dup));
        Assert.Equal(("2", false), (TestClient.Text(two), two.Dup));
    }

    [Fact]
    public async Task Who_begins_anew_finds_nothing_of_before()
    {
        await SubscribeAndLeaveAsync();
        var client = Persistent("T");
        client.Options.WithCleanStart();

        Assert.False((await client.ConnectAsync()).IsSessionPresent);

        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, (await client.PublishAsync("open/a", "1")).ReasonCode);
    }

    [Fact]
    public async Task A_session_is_kept_for_an_hour_and_then_nothing_of_it()
    {
        await SubscribeAndLeaveAsync();

        Server.Api.Clock.Advance(TimeSpan.FromSeconds(3590));
        Assert.Single(Server.Sessions);
        Server.Api.Clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Empty(Server.Sessions);
        Assert.True(Server.Get<SessionRegistry>().Subscribers.IsEmpty);
        Assert.False((await Persistent("T").ConnectAsync()).IsSessionPresent);
    }

    [Fact]
    public async Task A_session_without_expiry_ends_with_its_connection()
    {
        var client = await Server.ConnectAsync("T");
        await client.SubscribeAsync("open/a");
        var watch = await Server.ConnectAsync("@watch");

        await client.DisconnectAsync();
        await UntilAsync(() => Server.Sessions.Count() == 1);

        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, (await watch.PublishAsync("open/a", "1")).ReasonCode);
    }

    [Fact]
    public async Task The_same_client_by_a_new_connection_takes_over_and_the_old_one_is_told()
    {
        var first = Persistent("T");
        await first.ConnectAsync();
        await first.SubscribeAsync("open/a");
        var second = Persistent("T");

        Assert.True((await second.ConnectAsync()).IsSessionPresent);

        Assert.Equal(MqttClientDisconnectReason.SessionTakenOver, (await first.Ended).Reason);
        await (await Server.ConnectAsync("sender")).PublishAsync("open/a", "1");
        Assert.Equal("open/a 1", await second.NextTextAsync());
    }

    [Fact]
    public async Task Another_thing_with_the_same_client_id_neither_takes_over_nor_is_kept_out()
    {
        var own = Persistent("T");
        await own.ConnectAsync();
        await own.SubscribeAsync("open/a");
        var other = Persistent("U");
        other.Options.WithClientId("T");

        Assert.False((await other.ConnectAsync()).IsSessionPresent);

        await other.PublishAsync("open/a", "1");
        Assert.Equal("open/a 1", await own.NextTextAsync());
        Assert.Empty(await other.AllAsync());
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Who_gives_no_client_id_gets_one(MqttProtocolVersion version)
    {
        var client = Server.Client("T", version);
        client.Options.WithClientId("");

        var result = await client.ConnectAsync();

        var id = Server.Sessions.Single().Key.ClientId;
        Assert.NotEmpty(id);
        Assert.Equal(version == MqttProtocolVersion.V500 ? id : null, result.AssignedClientIdentifier is "" ? null : result.AssignedClientIdentifier);
    }

    [Fact]
    public async Task A_full_session_keeps_the_newest_messages()
    {
        await SubscribeAndLeaveAsync();
        var session = Server.Sessions.Single();
        var message = new IoTJobsToolkit.Server.Mqtt.Messages.Publication("open/a", "x"u8.ToArray(), AtLeastOnce);

        for (var n = 0; n < Outbox.MaxMessages + 5; n++)
        {
            session.Outbox.Put(new(message with { Payload = System.Text.Encoding.UTF8.GetBytes($"{n}") }, AtLeastOnce, false, []));
        }

        Assert.Equal(Outbox.MaxMessages, session.Outbox.Count);
        var client = Persistent("T");
        await client.ConnectAsync();
        Assert.Equal("open/a 5", await client.NextTextAsync());
    }

    private TestClient Persistent(string user, MqttProtocolVersion version = MqttProtocolVersion.V500) => Server.Persistent(user, version);

    private Task SubscribeAndLeaveAsync(MqttProtocolVersion version = MqttProtocolVersion.V500) => Server.SubscribeAndLeaveAsync("T", "open/a", version);
}
