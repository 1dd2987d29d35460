using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Engine;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using IoTJobsToolkit.Engine.Things;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Broker;

/// <summary>Dynamic groups of what is connected, and jobs on them (jobs-reference 4.8).</summary>
public sealed class ConnectedGroupTests : IDisposable
{
    private readonly HookedStore _store = new();
    private readonly TestEngine _t;

    public ConnectedGroupTests() => _t = new(store: _store);

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task Members_follow_connects_and_disconnects()
    {
        await _t.Things("a", "b", "c");
        await Keep(("a", true));
        await _t.Run(new CreateDynamicThingGroup("on", "connectivity.connected:true"));
        await _t.Run(new CreateDynamicThingGroup("off", "connectivity.connected:false AND NOT thingName:c"));
        await _t.At(0);
        Assert.Equal(["a"], await Members("on"));
        Assert.Equal(["b"], await Members("off"));

        await Keep(("a", false), ("b", true), ("c", true));
        Assert.Equal(["b", "c"], await Members("on"));
        Assert.Equal(["a"], await Members("off"));

        await _t.Things("d");
        Assert.Equal(["a", "d"], await Members("off"));
    }

    [Fact]
    public async Task A_thing_that_does_not_move_is_not_written_when_it_connects()
    {
        await _t.Things("a");
        await _t.Run(new CreateDynamicThingGroup("on", "connectivity.connected:true AND thingName:b"));
        await _t.At(0);
        var things = 0;
        _store.OnCommit = changes => things += changes.Things.Count;
        await Keep(("a", true));
        await _t.Engine.Broker.EndConnectivityAsync(TestContext.Current.CancellationToken);
        await _t.At(1);
        Assert.Equal(0, things);
    }

    [Fact]
    public async Task A_continuous_job_follows_connections_and_of_a_batch_the_outcome_only()
    {
        await _t.Things("a", "b");
        await Keep(("a", true));
        await _t.Run(new CreateDynamicThingGroup("on", "connectivity.connected:true"));
        await _t.Create("j", GroupArn("on"), job => job with { TargetSelection = TargetSelection.CONTINUOUS });
        Assert.Equal(["a#1 QUEUED"], await Lines());

        await _t.At(10);
        await Keep(("a", false), ("b", true), ("a", true));
        Assert.Equal(["a#1 QUEUED", "b#1 QUEUED"], await Lines());
        await Keep(("a", false));
        Assert.Equal(["a#1 REMOVED", "b#1 QUEUED"], await Lines());
        await Keep(("a", true));
        Assert.Equal(["a#1 REMOVED", "a#2 QUEUED", "b#1 QUEUED"], await Lines());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_the_end_of_the_server_the_group_is_built_anew_and_who_comes_back_is_in_it(bool saysSo)
    {
        _t.Restart(new() { SliceSize = 10 });
        await _t.Group("g", 45);
        await _t.Run(new CreateDynamicThingGroup("on", "connectivity.connected:true"));
        await _t.Run(new CreateDynamicThingGroup("off", "connectivity.connected:false"));
        await Keep([.. Enumerable.Range(0, 45).Select(i => (Member("g", i), true))]);
        await _t.Create("j", GroupArn("on"), job => job with { TargetSelection = TargetSelection.CONTINUOUS });
        await _t.At(1);
        Assert.Equal("45 0 0 0 0 0 0 0", await _t.Counts("j"));

        if (saysSo)
        {
            await _t.Engine.Broker.EndConnectivityAsync(TestContext.Current.CancellationToken);
        }
        _t.Restart();
        await Keep((Member("g", 44), true));
        await _t.At(2);
        Assert.Equal(["g-0044"], await Members("on"));
        Assert.Equal(44, (await Members("off")).Count);
        Assert.Equal(ThingGroupStatus.ACTIVE, (await _t.Run(new DescribeThingGroup("on"))).Status);
        // Whether the group was looked through before it came back or after is a matter of chance.
        Assert.Contains(await _t.Counts("j"), new[] { "1 0 0 0 0 0 44 0", "1 0 0 0 0 0 45 0" });
    }

    [Fact]
    public async Task A_deleted_thing_leaves_and_its_successor_is_not_connected()
    {
        await _t.Things("a");
        await _t.Run(new CreateDynamicThingGroup("on", "connectivity.connected:true"));
        await Keep(("a", true));
        await _t.Run(new DeleteThing("a"));
        await _t.Things("a");
        Assert.Empty(await Members("on"));
    }

    private Task Keep(params (string Thing, bool Connected)[] changes) => _t.Engine.Broker.KeepConnectivityAsync(
        [.. changes.Select(change => new ConnectivityChange(change.Thing, change.Connected, _t.Clock.GetUtcNow(), change.Thing))],
        TestContext.Current.CancellationToken);

    private async Task<IReadOnlyList<string>> Members(string group) => (await _t.Run(new ListThingsInThingGroup(group))).Things;

    private async Task<List<string>> Lines() =>
        [.. (await _t.Executions("j")).Select(e => $"{e.ThingName}#{e.ExecutionNumber} {e.Status}").Order(StringComparer.Ordinal)];
}
