using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Engine;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Tests.Broker;

/// <summary>Who is connected, since when.</summary>
public sealed class ConnectivityTests : IDisposable
{
    private readonly HookedStore _store = new();
    private readonly TestEngine _t;

    public ConnectivityTests() => _t = new(store: _store);

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_thing_is_connected_from_its_connect_to_its_disconnect_and_its_version_stays()
    {
        await _t.Things("a");
        Assert.Equal(new("a", false), await Of("a"));

        await Connect("a", at: 1.5);
        Assert.Equal(new("a", true) { Timestamp = At(1.5), ClientId = "a" }, await Of("a"));
        Assert.Equal(1, _t.Engine.Broker.ConnectedThings);

        await Disconnect("a", at: 3, DisconnectReason.MQTT_KEEP_ALIVE_TIMEOUT);
        Assert.Equal(
            new("a", false) { Timestamp = At(3), ClientId = "a", DisconnectReason = DisconnectReason.MQTT_KEEP_ALIVE_TIMEOUT }, await Of("a"));
        Assert.Equal(0, _t.Engine.Broker.ConnectedThings);
        Assert.Equal(1, (await _t.Run(new DescribeThing("a"))).Version);
    }

    [Fact]
    public async Task A_batch_counts_in_its_order_and_passes_over_who_is_no_thing()
    {
        await _t.Things("a", "b");
        await Keep(
            new("a", true, At(1), "a"), new("nobody", true, At(1), "nobody"), new("b", true, At(1), "b"), new("a", false, At(2), "a"));

        Assert.Equal((false, At(2)), ((await Of("a")).Connected, (await Of("a")).Timestamp));
        Assert.Equal(DisconnectReason.UNKNOWN, (await Of("a")).DisconnectReason);
        Assert.True((await Of("b")).Connected);
    }

    [Fact]
    public async Task The_end_of_a_connection_that_another_has_replaced_changes_nothing()
    {
        await _t.Things("a");
        await Keep(new("a", true, At(1), "first"), new("a", true, At(2), "second"), new("a", false, At(3), "first"));
        Assert.Equal(new("a", true) { Timestamp = At(2), ClientId = "second" }, await Of("a"));

        await Keep(new("a", false, At(4), "second"), new("a", false, At(5), "second"));
        Assert.Equal(At(4), (await Of("a")).Timestamp);
    }

    [Fact]
    public async Task A_thing_made_anew_has_not_the_connection_of_the_one_that_had_its_name()
    {
        await _t.Things("a");
        await Connect("a", at: 1);
        await _t.Run(new DeleteThing("a"));
        Assert.Equal(0, _t.Engine.Broker.ConnectedThings);
        await TestEngine.Refused(Of("a"), JobsError.ResourceNotFound);

        await _t.Things("a");
        Assert.Equal(new("a", false), await Of("a"));
        await Disconnect("a", at: 2);
        Assert.Equal(new("a", false), await Of("a"));
        _t.Restart();
        Assert.Equal(new("a", false), await Of("a"));
    }

    [Fact]
    public async Task After_a_crash_nothing_is_connected_since_the_next_engine_began()
    {
        await _t.Things("a", "b", "c");
        await Keep(new("a", true, At(1), "a"), new("b", true, At(2), "b"), new("c", true, At(2), "c"), new("c", false, At(3), "c"));
        _t.Clock.Advance(TimeSpan.FromSeconds(60));
        _t.Restart();

        Assert.Equal(0, _t.Engine.Broker.ConnectedThings);
        Assert.Equal(new("a", false) { Timestamp = At(60), ClientId = "a", DisconnectReason = DisconnectReason.SERVER_ERROR }, await Of("a"));
        Assert.Equal(At(3), (await Of("c")).Timestamp);

        await Connect("b", at: 61);
        _t.Clock.Advance(TimeSpan.FromSeconds(60));
        _t.Restart();
        Assert.Equal(At(60), (await Of("a")).Timestamp);
        Assert.Equal(At(120), (await Of("b")).Timestamp);
    }

    [Fact]
    public async Task A_server_that_says_that_it_ends_disconnects_everything_at_once_then()
    {
        await _t.Group("g", 300);
        await Keep([.. Enumerable.Range(0, 300).Select(i => new ConnectivityChange(TestEngine.Member("g", i), true, At(1), "c"))]);
        Assert.Equal(300, _t.Engine.Broker.ConnectedThings);
        var (changes, commits) = (0, _store.Commits);
        _store.OnCommit = commit => changes += commit.Connectivity.Count;
        _t.Clock.Advance(TimeSpan.FromSeconds(5));
        await _t.Engine.Broker.EndConnectivityAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, 0, 1), (_t.Engine.Broker.ConnectedThings, changes, _store.Commits - commits));
        _t.Clock.Advance(TimeSpan.FromDays(1));
        _t.Restart();
        var connectivity = await Of("g-0007");
        Assert.Equal((At(5), DisconnectReason.SERVER_INITIATED_DISCONNECT), (connectivity.Timestamp, connectivity.DisconnectReason));

        // What connects after all begins another run.
        await Connect("g-0007", at: 86_500);
        Assert.True((await Of("g-0007")).Connected);
    }

    [Fact]
    public async Task Opening_a_database_changes_nothing_where_nothing_was_connected()
    {
        await _t.Things("a");
        await Connect("a", at: 1);
        await _t.Engine.Broker.EndConnectivityAsync(TestContext.Current.CancellationToken);
        var commits = _store.Commits;
        _t.Restart();
        await Of("a");
        Assert.Equal(commits, _store.Commits);
    }

    [Fact]
    public async Task A_storm_of_connects_writes_no_thing_and_takes_few_commits()
    {
        await _t.Group("g", 1_000);
        await _t.At(0);
        var (things, commits) = (0, _store.Commits);
        _store.OnCommit = changes => things += changes.Things.Count;
        await Keep([.. Enumerable.Range(0, 1_000).Select(i => new ConnectivityChange(TestEngine.Member("g", i), true, At(1), "c"))]);

        Assert.Equal((1_000, 0, 2), (_t.Engine.Broker.ConnectedThings, things, _store.Commits - commits));
    }

    [Fact]
    public async Task Connects_and_disconnects_are_told_when_they_are_kept()
    {
        await _t.Things("a");
        using var feed = _t.Engine.Subscribe();
        await Connect("a", at: 1);
        await Disconnect("a", at: 2);
        await Connect("a", at: 3);
        await _t.Run(new DeleteThing("a"));

        var told = new List<ThingConnectivityChanged>();
        while (told.Count < 4)
        {
            told.AddRange((await feed.Batches.ReadAsync(TestContext.Current.CancellationToken)).Events.OfType<ThingConnectivityChanged>());
        }
        Assert.All(told, what => Assert.Equal("a", what.ThingName));
        Assert.Equal([true, false, true, null], told.Select(what => what.Connectivity?.Connected));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("a", 0xD800)]
    public async Task A_client_id_which_no_store_can_keep_is_refused(string clientId, int? last = null)
    {
        await _t.Things("a");
        await TestEngine.Refused(Keep(new ConnectivityChange("a", true, At(1), clientId + (char?)last)), JobsError.InvalidRequest);
    }

    private static DateTimeOffset At(double seconds) => TestEngine.T0.AddSeconds(seconds);

    private Task Connect(string thing, double at) => Keep(new ConnectivityChange(thing, true, At(at), thing));

    private Task Disconnect(string thing, double at, DisconnectReason? reason = null) =>
        Keep(new ConnectivityChange(thing, false, At(at), thing, reason));

    private Task Keep(params ConnectivityChange[] changes) => _t.Engine.Broker.KeepConnectivityAsync(changes, TestContext.Current.CancellationToken);

    private Task<DescribeThingConnectivityResponse> Of(string thing) => _t.Run(new DescribeThingConnectivity(thing));
}
