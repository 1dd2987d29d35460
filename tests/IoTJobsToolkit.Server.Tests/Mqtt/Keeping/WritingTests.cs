using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Engine;
using IoTJobsToolkit.Server.Mqtt.Keeping;
using IoTJobsToolkit.Server.Mqtt.Messages;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using static MQTTnet.Protocol.MqttQualityOfServiceLevel;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Keeping;

/// <summary>How often the database is written to, and what becomes of the broker where it cannot be.</summary>
public sealed class WritingTests : IAsyncLifetime
{
    private readonly HookedStore _store = new();
    private readonly LogLines _log = new();
    private BrokerServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await BrokerServer.StartAsync(_store, log: _log);
        await _server.CreateThings("T", "U");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_is_acknowledged_in_time_is_never_written()
    {
        var client = _server.Persistent("T");
        await client.ConnectAsync();
        await client.SubscribeAsync("open/a");
        await FlushAsync();
        var sender = await _server.ConnectAsync("@sender");
        var messages = 0;
        _store.OnCommit = changes => messages += changes.SessionMessages.Count;

        for (var n = 0; n < 50; n++)
        {
            await sender.PublishAsync("open/a", $"{n}");
            await client.NextAsync();
        }
        await BrokerTest.UntilAsync(() => _server.Sessions.All(session => session.Outbox.Count == 0));
        _server.Api.Clock.Advance(EngineSessionsKeeper.Patience);
        await FlushAsync();

        Assert.Equal(0, messages);
    }

    [Fact]
    public async Task Messages_to_many_who_are_away_are_written_together()
    {
        const int Things = 200;
        await _server.CreateThings([.. Enumerable.Range(0, Things).Select(n => $"t{n}")]);
        var registry = _server.Get<SessionRegistry>();
        foreach (var n in Enumerable.Range(0, Things))
        {
            var line = new DeadLine();
            var key = new SessionKey(Engine.CallerKind.Device, $"t{n}", "c");
            var session = registry.Enter(line, key, new(Engine.Caller.Device(key.Owner), "none"), false, TimeSpan.FromHours(1)).Session;
            registry.Subscribe(session, new("open/a", AtLeastOnce), 50);
            registry.Leave(session, line, DisconnectCause.Client);
        }
        await FlushAsync();
        var (messages, commits) = (0, 0);
        _store.OnCommit = changes => (messages, commits) = (messages + changes.SessionMessages.Count, commits + 1);

        await (await _server.ConnectAsync("@sender")).PublishAsync("open/a", "1");
        await FlushAsync();

        Assert.Equal((Things, 1), (messages, commits));
    }

    [Fact]
    public async Task However_long_the_database_takes_no_more_is_collected_than_the_sessions_hold()
    {
        await _server.SubscribeAndLeaveAsync("T", "open/a");
        await FlushAsync();
        var gate = _store.HoldCommit();
        var outbox = _server.Sessions.Single().Outbox;
        var message = new Publication("open/a", "x"u8.ToArray(), AtLeastOnce);
        outbox.Put(new(message, AtLeastOnce, false, []));
        var flushed = FlushAsync();
        gate.WaitUntilReached();

        for (var n = 0; n < 5 * Outbox.MaxMessages; n++)
        {
            outbox.Put(new(message, AtLeastOnce, false, []));
        }
        var written = 0;
        gate.Open();
        await flushed;
        _store.OnCommit = changes => written += changes.SessionMessages.Values.Count(one => one is not null);
        await FlushAsync();

        Assert.Equal(Outbox.MaxMessages, written);
        Assert.Equal(Outbox.MaxMessages, (await _server.Api.Engine.Broker.ReadMessagesAsync("T/T", 0, 1_000, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task What_the_database_did_not_take_is_tried_again_and_told_once()
    {
        var failures = 0;
        _store.OnCommit = changes =>
        {
            if (changes.RetainedMessages.Count > 0 && ++failures <= 3)
            {
                throw new IOException("no room");
            }
        };
        var sender = await _server.ConnectAsync("@sender");
        await sender.PublishAsync("open/a", "1", retain: true);
        await _server.PassUntilAsync(async () => (await _server.Api.Engine.Broker.ReadRetainedAsync(null, 10, TestContext.Current.CancellationToken)).Count == 1);

        Assert.Equal(4, failures);
        Assert.Single(_log.All, line => line.Contains("Sessions and messages of MQTT cannot be kept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broker_whose_database_has_failed_goes_on_and_says_so_once()
    {
        var client = _server.Persistent("T");
        await client.ConnectAsync();
        await client.SubscribeAsync("open/a");
        var commits = 0;
        _store.OnCommit = _ =>
        {
            commits++;
            throw new StoreFailedException("broken");
        };
        var sender = await _server.ConnectAsync("@sender");
        await sender.PublishAsync("open/a", "1", retain: true);
        await FlushAsync();
        await BrokerTest.UntilAsync(() => _server.Api.Engine.Failure is not null);

        for (var n = 0; n < 5; n++)
        {
            _server.Api.Clock.Advance(TimeSpan.FromSeconds(2));
            await sender.PublishAsync("open/a", $"again {n}", retain: true);
        }

        Assert.Equal("open/a 1", await client.NextTextAsync());
        Assert.Equal("open/a again 0", await client.NextTextAsync());
        Assert.Equal(1, commits);
        Assert.Single(_log.All, line => line.Contains("Sessions and messages of MQTT cannot be kept", StringComparison.Ordinal));
    }

    private Task FlushAsync() => _server.Get<ISessionsKeeper>().FlushAsync(TestContext.Current.CancellationToken);

    private sealed class DeadLine : ILine
    {
        public int Window => 1;

        public long MaxPacketBytes => long.MaxValue;

        public ushort? Send(Outgoing message) => null;
    }
}
