using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Server.Mqtt.Keeping;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using IoTJobsToolkit.Wire.Mqtt;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using static MQTTnet.Protocol.MqttQualityOfServiceLevel;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Keeping;

/// <summary>What is still there when the server was started anew.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly ServerRuns _runs = new();

    private BrokerServer Server => _runs.Server;

    public async ValueTask InitializeAsync()
    {
        await _runs.StartAsync();
        await Server.CreateThings("T", "U");
    }

    public ValueTask DisposeAsync() => _runs.DisposeAsync();

    [Theory]
    [InlineData(MqttProtocolVersion.V311, false)]
    [InlineData(MqttProtocolVersion.V500, false)]
    [InlineData(MqttProtocolVersion.V500, true)]
    public async Task A_session_goes_on_with_its_subscriptions_and_the_messages_that_wait_in_it(MqttProtocolVersion version, bool crash)
    {
        await Server.SubscribeAndLeaveAsync("T", "open/+", version);
        var sender = await Server.ConnectAsync("U");
        await sender.PublishAsync("open/a", "1");
        await sender.PublishAsync("open/a", "lost", AtMostOnce);
        await sender.PublishAsync("open/b", "2");
        await sender.PublishAsync("open/kept", "3", retain: true);
        await _runs.UntilKeptAsync("T", "1", "2", "3");

        await _runs.RestartAsync(crash);

        var again = Server.Persistent("T", version);
        Assert.True((await again.ConnectAsync()).IsSessionPresent);
        Assert.Equal(["open/a 1", "open/b 2", "open/kept 3"], [await again.NextTextAsync(), await again.NextTextAsync(), await again.NextTextAsync()]);
        var other = await Server.ConnectAsync("U");
        await other.PublishAsync("open/c", "4");
        Assert.Equal("open/c 4", await again.NextTextAsync());
        await other.SubscribeAsync("open/kept");
        var retained = await other.NextAsync();
        Assert.Equal(("3", true), (TestClient.Text(retained), retained.Retain));
    }

    [Fact]
    public async Task A_message_comes_with_all_that_its_publisher_said_of_it()
    {
        var client = Server.Persistent("T");
        await client.ConnectAsync();
        await client.SubscribeAsync(7, new MqttTopicFilter { Topic = "open/a", QualityOfServiceLevel = AtLeastOnce, RetainAsPublished = true });
        await client.DisconnectAsync();
        await BrokerTest.UntilAsync(() => Server.Sessions.Single().Line is null);
        await (await Server.ConnectAsync("U")).PublishAsync("open/a", "1", retain: true, more: message => message
            .WithContentType("text").WithResponseTopic("open/answer").WithCorrelationData([1, 2]).WithUserProperty("n", "v"u8.ToArray()).WithUserProperty("n", "w"u8.ToArray())
            .WithPayloadFormatIndicator(MQTTnet.Protocol.MqttPayloadFormatIndicator.CharacterData).WithMessageExpiryInterval(600));

        await _runs.RestartAsync();

        var again = Server.Persistent("T");
        await again.ConnectAsync();
        var message = await again.NextAsync();
        Assert.Equal(("text", "open/answer", true, AtLeastOnce), (message.ContentType, message.ResponseTopic, message.Retain, message.QualityOfServiceLevel));
        Assert.Equal([1, 2], message.CorrelationData);
        Assert.Equal(["n=v", "n=w"], message.UserProperties.Select(property => $"{property.Name}={property.ReadValueAsString()}"));
        Assert.Equal([7u], message.SubscriptionIdentifiers);
        Assert.InRange(message.MessageExpiryInterval, 500u, 600u);
        Assert.Equal(MQTTnet.Protocol.MqttPayloadFormatIndicator.CharacterData, message.PayloadFormatIndicator);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_acknowledged_does_not_come_again(bool crash)
    {
        await Server.SubscribeAndLeaveAsync("T", "open/a");
        var sender = await Server.ConnectAsync("U");
        await sender.PublishAsync("open/a", "1");
        await sender.PublishAsync("open/a", "2");
        await _runs.UntilKeptAsync("T", "1", "2");
        var client = Server.Persistent("T");
        await client.ConnectAsync();
        Assert.Equal(["open/a 1", "open/a 2"], [await client.NextTextAsync(), await client.NextTextAsync()]);
        await _runs.UntilKeptAsync("T");

        await _runs.RestartAsync(crash);

        var again = Server.Persistent("T");
        Assert.True((await again.ConnectAsync()).IsSessionPresent);
        await (await Server.ConnectAsync("U")).PublishAsync("open/a", "3");
        Assert.Equal("open/a 3", await again.NextTextAsync());
    }

    [Fact]
    public async Task What_a_client_left_unacknowledged_comes_again_after_a_stop_at_once_and_after_a_crash_when_it_was_a_second_old()
    {
        var client = Server.Persistent("T");
        client.IsAcknowledging = false;
        await client.ConnectAsync();
        await client.SubscribeAsync("open/a");
        await (await Server.ConnectAsync("U")).PublishAsync("open/a", "1");
        await client.NextAsync();

        await _runs.RestartAsync();
        Assert.Equal(["1"], await _runs.MessagesAsync("T"));
        client = Server.Persistent("T");
        client.IsAcknowledging = false;
        await client.ConnectAsync();
        Assert.True((await client.NextAsync()).Dup);
        await (await Server.ConnectAsync("U")).PublishAsync("open/a", "2");
        await client.NextAsync();
        await _runs.UntilKeptAsync("T", "1", "2");
        await _runs.RestartAsync(crash: true);

        client = Server.Persistent("T");
        await client.ConnectAsync();
        Assert.Equal(["open/a 1", "open/a 2"], [await client.NextTextAsync(), await client.NextTextAsync()]);
    }

    [Fact]
    public async Task A_session_that_ends_with_its_connection_leaves_nothing_behind()
    {
        var (client, sender) = (await Server.ConnectAsync("T"), await Server.ConnectAsync("U"));
        client.IsAcknowledging = false;
        await client.SubscribeAsync("open/a");
        await sender.PublishAsync("open/a", "1");
        await client.NextAsync();
        Assert.Empty(await _runs.SessionsAsync());
        await client.DisconnectAsync();

        await _runs.RestartAsync();

        Assert.Empty(await _runs.SessionsAsync());
        Assert.Empty(await _runs.MessagesAsync("T"));
        Assert.Empty(Server.Sessions);
    }

    [Fact]
    public async Task Who_begins_anew_or_asks_for_less_has_what_is_kept_forgotten()
    {
        await Server.SubscribeAndLeaveAsync("T", "open/a");
        await (await Server.ConnectAsync("U")).PublishAsync("open/a", "1");
        await _runs.UntilKeptAsync("T", "1");

        var less = Server.Client("T");
        less.Options.WithCleanStart(false);
        Assert.True((await less.ConnectAsync()).IsSessionPresent);
        Assert.Equal("open/a 1", await less.NextTextAsync());

        Assert.Empty(await _runs.SessionsAsync());
        Assert.Empty(await _runs.MessagesAsync("T"));
    }

    [Fact]
    public async Task A_session_whose_time_is_over_is_forgotten_in_the_database_too()
    {
        await Server.SubscribeAndLeaveAsync("T", "open/a");
        await (await Server.ConnectAsync("U")).PublishAsync("open/a", "1");
        Assert.Equal("T/T", Assert.Single(await _runs.SessionsAsync()).ClientId);

        Server.Api.Clock.Advance(TimeSpan.FromSeconds(3630));

        Assert.Empty(await _runs.SessionsAsync());
        Assert.Empty(await _runs.MessagesAsync("T"));
    }

    [Fact]
    public async Task The_time_of_a_session_goes_on_over_a_restart()
    {
        await Server.SubscribeAndLeaveAsync("T", "open/a");
        Server.Api.Clock.Advance(TimeSpan.FromSeconds(3000));
        await _runs.RestartAsync();
        Assert.Single(Server.Sessions);

        Server.Api.Clock.Advance(TimeSpan.FromSeconds(630));

        Assert.Empty(Server.Sessions);
        Assert.Empty(await _runs.SessionsAsync());
    }

    [Fact]
    public async Task What_is_not_retained_any_more_does_not_come_back()
    {
        var sender = await Server.ConnectAsync("U");
        await sender.PublishAsync("open/a", "1", retain: true);
        await sender.PublishAsync("open/b", "2", retain: true);
        await _runs.RestartAsync();
        await (await Server.ConnectAsync("U")).PublishAsync("open/a", "", retain: true);

        await _runs.RestartAsync();

        var watch = await Server.ConnectAsync("@watch");
        await watch.SubscribeAsync("open/+");
        Assert.Equal(["open/b"], (await watch.AllAsync()).Select(message => message.Topic));
    }

    [Fact]
    public async Task A_thing_that_is_gone_takes_its_sessions_along_before_another_has_its_name()
    {
        await Server.SubscribeAndLeaveAsync("T", "open/a");
        await (await Server.ConnectAsync("U")).PublishAsync("open/a", "1");

        (await Server.Api.Control("DELETE /things/T")).IsOk();
        await BrokerTest.UntilAsync(() => Server.Sessions.All(session => session.Key.Owner != "T"));
        await Server.CreateThings("T");

        Assert.False((await Server.Persistent("T").ConnectAsync()).IsSessionPresent);
        Assert.Empty(Assert.Single(await _runs.SessionsAsync()).Subscriptions);
        Assert.Empty(await _runs.MessagesAsync("T"));
    }

    [Fact]
    public async Task Who_is_connected_when_his_thing_goes_leaves_no_session_behind()
    {
        var client = Server.Persistent("T");
        await client.ConnectAsync();
        await client.SubscribeAsync("open/a");

        (await Server.Api.Control("DELETE /things/T")).IsOk();
        await BrokerTest.UntilAsync(() => !Server.Sessions.Single().IsPersistent);
        await Server.CreateThings("T");
        await client.DisconnectAsync();
        await BrokerTest.UntilAsync(() => !Server.Sessions.Any());

        Assert.Empty(await _runs.SessionsAsync());
    }

    [Fact]
    public async Task Who_may_less_than_before_does_not_get_what_came_in_meanwhile()
    {
        await Server.SubscribeAndLeaveAsync("T", "open/a");
        await (await Server.ConnectAsync("U")).PublishAsync("open/a", "1");

        await _runs.RestartAsync(rules: new TopicPolicy(["open/#"], ["open/marker"]));

        var client = Server.Persistent("T");
        Assert.True((await client.ConnectAsync()).IsSessionPresent);
        Assert.Empty(await client.AllAsync());
        Assert.DoesNotContain(Assert.Single(await _runs.SessionsAsync()).Subscriptions, subscription => subscription.Filter == "open/a");
        Assert.Empty(await _runs.MessagesAsync("T"));
    }

    [Fact]
    public async Task The_longest_names_are_kept()
    {
        var thing = new string('t', 128);
        await Server.CreateThings(thing);
        var client = Server.Persistent(thing);
        client.Options.WithClientId(new string('ü', 64));
        await client.ConnectAsync();

        await _runs.RestartAsync();

        Assert.Equal(new string('ü', 64), Assert.Single(Server.Sessions).Key.ClientId);
    }

    [Fact]
    public async Task Sessions_of_users_with_odd_names_stay_apart()
    {
        foreach (var (user, id) in new[] { ("@a/b", "c"), ("@a", "b/c"), ("T", "T/T"), ("@T", "T") })
        {
            var client = Server.Persistent(user);
            client.Options.WithClientId(id);
            await client.ConnectAsync();
            await client.SubscribeAsync($"open/{user.Length}");
        }
        var before = Server.Sessions.Select(session => session.Key).ToHashSet();

        await _runs.RestartAsync();

        Assert.Equal(4, before.Count);
        Assert.Equal(before, Server.Sessions.Select(session => session.Key).ToHashSet());
        Assert.Equal(AccessRole.VIEWER, Server.Sessions.First(session => session.Key.Kind == CallerKind.Operator).Caller.Caller.Role);
        Assert.All(Server.Sessions, session => Assert.Equal(session.Key, SessionKey.Parse(session.Key.Kind, session.Key.Owner, session.Key.Text)));
    }
}
