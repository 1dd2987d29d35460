namespace IoTJobsToolkit.Server.Tests.Mqtt.Broker;

public sealed class WillTests : BrokerTest
{
    private TestClient _watcher = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _watcher = await Server.ConnectAsync("@watcher");
        await _watcher.SubscribeAsync("open/will");
    }

    [Fact]
    public async Task It_is_published_when_the_connection_breaks()
    {
        var client = WithWill();
        await client.ConnectAsync();

        client.Break();

        Assert.Equal("open/will gone", await _watcher.NextTextAsync());
    }

    [Fact]
    public async Task It_is_not_published_after_a_goodbye_or_when_its_client_is_back_in_time()
    {
        var (polite, quick) = (WithWill("polite"), WithWill("quick", delay: 100));
        await polite.ConnectAsync();
        await polite.DisconnectAsync();
        await UntilAsync(() => Server.Sessions.Single(session => session.Key.Owner == "polite").Line is null);
        await quick.ConnectAsync();
        quick.Break();
        await WithWill("quick", delay: 100).ConnectAsync();
        Server.Api.Clock.Advance(TimeSpan.FromSeconds(200));

        Assert.Empty(await _watcher.AllAsync());
    }

    [Fact]
    public async Task It_waits_as_long_as_it_was_to_wait()
    {
        var client = WithWill("T", delay: 100);
        await client.ConnectAsync();
        client.Break();
        await UntilAsync(() => Server.Sessions.Single(session => session.Key.Owner == "T").Line is null);
        Assert.Empty(await _watcher.AllAsync());

        while (!_watcher.HasMessage)
        {
            Server.Api.Clock.Advance(TimeSpan.FromSeconds(101)); // Its timer may not run yet the first time.
            await _watcher.PingAsync();
        }

        Assert.Equal("open/will gone", await _watcher.NextTextAsync());
    }

    private TestClient WithWill(string user = "T", uint delay = 0)
    {
        var client = Server.Client(user);
        client.Options.WithWillTopic("open/will").WithWillPayload("gone").WithWillDelayInterval(delay).WithCleanStart(false).WithSessionExpiryInterval(3600);
        return client;
    }
}
