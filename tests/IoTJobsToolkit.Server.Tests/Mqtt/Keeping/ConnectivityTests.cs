using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Tests.Engine;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Server.Mqtt.Keeping;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet.Formatter;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Keeping;

/// <summary>Which things are connected, as everybody sees it.</summary>
public sealed class ConnectivityTests : IAsyncLifetime
{
    private readonly ServerRuns _runs = new();

    private BrokerServer Server => _runs.Server;

    public async ValueTask InitializeAsync()
    {
        await _runs.StartAsync();
        await Server.CreateThings("T");
    }

    public ValueTask DisposeAsync() => _runs.DisposeAsync();

    [Theory]
    [InlineData(false, "SERVER_INITIATED_DISCONNECT")]
    [InlineData(true, "SERVER_ERROR")]
    public async Task A_thing_is_connected_as_long_as_its_connection_and_no_longer_than_the_server(bool crash, string reason)
    {
        Assert.Equal("False   ", await OfT());
        var client = await Server.ConnectAsync("T");
        await UntilAsync("True T  ");
        await client.DisconnectAsync();
        await UntilAsync("False T CLIENT_INITIATED_DISCONNECT ");
        await Server.ConnectAsync("T");
        await UntilAsync("True T  ");

        await _runs.RestartAsync(crash);

        Assert.Equal($"False T {reason} ", await OfT());
        await Server.ConnectAsync("T");
        await UntilAsync("True T  ");
    }

    [Fact]
    public async Task A_connection_that_breaks_is_lost()
    {
        (await ConnectedAsync()).Break();
        await UntilAsync("False T CONNECTION_LOST ");
    }

    [Fact]
    public async Task A_client_that_falls_silent_has_run_out_of_its_time()
    {
        var client = await ConnectedAsync();
        Server.Api.Clock.Advance(TimeSpan.FromSeconds(1_900));
        client.Break();
        await UntilAsync("False T MQTT_KEEP_ALIVE_TIMEOUT ");
    }

    [Fact]
    public async Task Whose_credential_was_taken_may_not_be_connected()
    {
        await ConnectedAsync();
        Server.Access.TakeFrom("T");
        Server.Api.Clock.Advance(TimeSpan.FromSeconds(60));
        await UntilAsync("False T FORBIDDEN_ACCESS ");
    }

    [Fact]
    public async Task Who_sends_what_this_broker_does_not_take_has_made_an_error()
    {
        var client = await ConnectedAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => client.PublishAsync("open/a", "1", MQTTnet.Protocol.MqttQualityOfServiceLevel.ExactlyOnce));
        await UntilAsync("False T CLIENT_ERROR ");
    }

    [Fact]
    public async Task Who_speaks_MQTT_3_and_publishes_what_he_may_not_is_not_authorized()
    {
        var client = await Server.ConnectAsync("T", MqttProtocolVersion.V311);
        await UntilAsync("True T  ");
        await Assert.ThrowsAnyAsync<Exception>(() => client.PublishAsync("closed/a", "1"));
        await UntilAsync("False T AUTH_ERROR ");
    }

    [Fact]
    public async Task A_client_that_comes_by_another_connection_stays_connected()
    {
        await ConnectedAsync();
        var second = await Server.ConnectAsync("T");
        await UntilAsync("True T  ");
        await second.PingAsync();
        await PassAsync();
        Assert.Equal("True T  ", await OfT());
    }

    [Fact]
    public async Task A_thing_with_several_connections_is_connected_until_the_last_one_ends()
    {
        var first = await ConnectedAsync();
        var connectedAt = (await Server.Api.Control("GET /toolkit/things/T/connectivity")).IsOk().Json["timestamp"]!.ToJsonString();
        var second = Server.Client("T");
        second.Options.WithClientId("second");
        await second.ConnectAsync();
        await UntilAsync("True second  ");

        await second.DisconnectAsync();
        await UntilAsync("True T  ");
        Assert.Equal(connectedAt, (await Server.Api.Control("GET /toolkit/things/T/connectivity")).Json["timestamp"]!.ToJsonString());

        second = Server.Client("T");
        second.Options.WithClientId("second");
        await second.ConnectAsync();
        await UntilAsync("True second  ");
        await first.DisconnectAsync();
        await PassAsync();
        Assert.Equal("True second  ", await OfT());
        await second.DisconnectAsync();
        await UntilAsync("False second CLIENT_INITIATED_DISCONNECT ");
    }

    [Fact]
    public async Task Operators_are_no_things()
    {
        await Server.CreateThings("watch");
        await Server.ConnectAsync("@watch");
        await ConnectedAsync();
        Assert.Equal(1, _runs.Kept.ConnectedThings);
    }

    [Fact]
    public async Task A_device_that_connects_is_told_on_that_connection_of_a_job_for_all_that_are_connected()
    {
        (await Server.Api.Control("POST /dynamic-thing-groups/on", """{"queryString":"connectivity.connected:true"}""")).IsOk();
        (await Server.Api.Control("PUT /jobs/J", $$"""{"targets":["{{ApiServer.Arn}}thinggroup/on"],"targetSelection":"CONTINUOUS","document":"{}"}""")).IsOk();
        await Server.Api.Engine.PassTimeAsync(TestContext.Current.CancellationToken);
        var client = await Server.ConnectAsync("T");
        await client.SubscribeAsync("$aws/things/T/jobs/notify-next");

        await Server.PassUntilAsync(() => Task.FromResult(client.HasMessage));

        Assert.Matches("^\\$aws/things/T/jobs/notify-next \\{.*\"jobId\":\"J\"", await client.NextTextAsync());
    }

    [Fact]
    public async Task A_storm_of_connects_takes_few_commits_and_what_came_and_went_within_it_is_known()
    {
        const int Things = 5_000;
        using var store = new HookedStore();
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1796119200));
        using var engine = new JobsEngine(store, clock);
        var jobs = engine.As(Caller.System);
        for (var n = 0; n < Things; n++)
        {
            await jobs.ExecuteAsync(new IoTJobsToolkit.Engine.Operations.Registry.CreateThing($"t{n}"), TestContext.Current.CancellationToken);
        }
        await using var connections = new ThingConnections(engine, clock, NullLogger<ThingConnections>.Instance);
        await using var keeper = new EngineSessionsKeeper(engine, clock, NullLogger<EngineSessionsKeeper>.Instance);
        var commits = 0;
        store.OnCommit = changes => commits += changes.Connectivity.Count > 0 ? 1 : 0;

        Parallel.For(0, Things, n =>
        {
            var session = new Session(new(CallerKind.Device, $"t{n}", "c"), new(Caller.Device($"t{n}"), "none"), keeper, clock);
            connections.Connected(session, clock.GetUtcNow());
            if (n % 10 == 0)
            {
                connections.Disconnected(session, DisconnectCause.Lost, clock.GetUtcNow());
            }
        });
        while (engine.Broker.ConnectedThings < Things * 9 / 10)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            clock.Advance(ThingConnections.Moment);
            await Task.Yield();
        }

        await connections.EndAsync(TestContext.Current.CancellationToken);
        Assert.InRange(commits, 1, 20);
        var lost = await jobs.ExecuteAsync(new IoTJobsToolkit.Engine.Operations.Toolkit.DescribeThingConnectivity("t10"), TestContext.Current.CancellationToken);
        Assert.Equal((false, DisconnectReason.CONNECTION_LOST), (lost.Connected, lost.DisconnectReason));
        Assert.Equal(0, engine.Broker.ConnectedThings);
    }

    private async Task<TestClient> ConnectedAsync()
    {
        var client = await Server.ConnectAsync("T");
        await UntilAsync("True T  ");
        return client;
    }

    private Task UntilAsync(string connectivity) => Server.PassUntilAsync(async () => await OfT() == connectivity);

    private async Task PassAsync()
    {
        for (var n = 0; n < 20; n++)
        {
            Server.Api.Clock.Advance(ThingConnections.Moment);
            await OfT();
        }
    }

    private async Task<string> OfT()
    {
        var json = (await Server.Api.Control("GET /toolkit/things/T/connectivity")).IsOk().Json;
        return $"{(bool)json["connected"]!} {json["clientId"]} {json["disconnectReason"]} ";
    }
}
