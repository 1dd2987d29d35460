using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class ThingConnectivityTests : IDisposable
{
    private readonly Shell _shell;

    private ThingConnectivityTests(Where where) => _shell = new(where);

    public sealed class InProcess() : ThingConnectivityTests(Where.InProcess)
    {
        [Fact]
        public async Task What_a_server_has_connected_now_is_connected()
        {
            _shell.Run("$null = New-IoTThing lamp; New-IoTDynamicThingGroup -ThingGroupName on -QueryString 'connectivity.connected:true'").Succeeds();
            _shell.CloseDatabase();
            using var server = new TestServer(_shell.DatabasePath);
            var at = DateTimeOffset.FromUnixTimeMilliseconds(1_764_000_000_123);
            await server.Engine.Broker.KeepConnectivityAsync([new("lamp", true, at, "client")], TestContext.Current.CancellationToken);

            Assert.Equal(
                new("lamp", true) { Timestamp = at, ClientId = "client" },
                _shell.One<DescribeThingConnectivityResponse>("Get-IoTThing -Group on | Get-IoTThingConnectivity"));
            Assert.Contains("client", _shell.Show("Get-IoTThingConnectivity lamp"), StringComparison.Ordinal);
        }
    }

    public sealed class ThroughServer() : ThingConnectivityTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Since_when_and_why_things_are_not_connected_comes_by_pipeline()
    {
        DateTimeOffset began;
        using (var engine = new EarlierEngine(_shell.DatabasePath, TimeSpan.FromHours(1)))
        {
            began = engine.Began;
            await engine.CreateThings("car", "lamp", "never");
            await engine.Broker.KeepConnectivityAsync(
                [
                    new("car", true, began, "c1"), new("lamp", true, began, "c2"),
                    new("car", false, began.AddSeconds(1), "c1", DisconnectReason.CLIENT_INITIATED_DISCONNECT),
                ],
                TestContext.Current.CancellationToken);
            engine.Clock.Advance(TimeSpan.FromSeconds(9));
            await engine.Broker.EndConnectivityAsync(TestContext.Current.CancellationToken);
        }

        var things = _shell.Run("Get-IoTThing | Get-IoTThingConnectivity").Succeeds().Output.Select(item => item.BaseObject);
        Assert.Equal(
            [
                new DescribeThingConnectivityResponse("car", false)
                {
                    Timestamp = began.AddSeconds(1), ClientId = "c1", DisconnectReason = DisconnectReason.CLIENT_INITIATED_DISCONNECT,
                },
                new DescribeThingConnectivityResponse("lamp", false)
                {
                    Timestamp = began.AddSeconds(9), ClientId = "c2", DisconnectReason = DisconnectReason.SERVER_INITIATED_DISCONNECT,
                },
                new DescribeThingConnectivityResponse("never", false),
            ],
            things);
        Assert.All(_shell.Show("Get-IoTThing | Get-IoTThingConnectivity").Split('\n'), line => Assert.True(line.TrimEnd().Length <= 120, line));
        _shell.Run("Get-IoTThingConnectivity nobody, lamp").Fails("ResourceNotFoundException");
    }
}
