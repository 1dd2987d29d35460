using IoTJobsToolkit.Server.Mqtt.Sessions;
using MQTTnet;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Sessions;

public sealed class WaitingSessionsTests : BrokerTest
{
    private const int Most = WaitingSessions.MaxOfThing;

    [Fact]
    public async Task Of_a_thing_with_ever_new_client_ids_the_latest_sessions_are_kept()
    {
        var stays = await LeaveAsync("U", "c0");
        for (var n = 0; n <= Most; n++)
        {
            Assert.False(await LeaveAsync("T", $"c{n}"));
        }

        await UntilAsync(() => Server.Sessions.Count() == Most + 1);
        Assert.False(stays);
        Assert.True(await LeaveAsync("U", "c0"));
        Assert.True(await LeaveAsync("T", $"c{Most}"));
        Assert.True(await LeaveAsync("T", "c1"));
        Assert.False(await LeaveAsync("T", "c0"));
    }

    [Fact]
    public async Task Who_comes_back_has_waited_the_shortest()
    {
        for (var n = 0; n < Most; n++)
        {
            await LeaveAsync("T", $"c{n}");
        }
        await LeaveAsync("T", "c0");
        await LeaveAsync("T", "new");

        Assert.True(await LeaveAsync("T", "c0"));
        Assert.False(await LeaveAsync("T", "c1"));
    }

    [Fact]
    public async Task What_gives_way_is_told_nothing_any_more()
    {
        for (var n = 0; n <= Most; n++)
        {
            await LeaveAsync("T", $"c{n}", "$aws/things/T/jobs/notify");
        }

        await UntilAsync(() => Server.Sessions.All(session => session.Key.ClientId != "c0"));
        await Server.Api.CreateJob("J", "T");
        await UntilAsync(() => Server.Sessions.All(session => session.Outbox.Count == 1));
    }

    [Fact]
    public async Task Sessions_of_an_operator_are_not_counted()
    {
        for (var n = 0; n <= Most; n++)
        {
            await LeaveAsync("@fleet", $"c{n}");
        }

        Assert.True(await LeaveAsync("@fleet", "c0"));
    }

    /// <summary>Comes with a session that is kept, and goes; returns whether it was there before.</summary>
    private async Task<bool> LeaveAsync(string user, string clientId, string? filter = null)
    {
        var client = Server.Client(user);
        client.Options.WithClientId(clientId).WithCleanStart(false).WithSessionExpiryInterval(3600);
        var result = await client.ConnectAsync();
        if (filter is not null)
        {
            await client.SubscribeAsync(filter);
        }
        client.Break();
        await UntilAsync(() => Server.Sessions.All(session => session.Line is null));
        return result.IsSessionPresent;
    }
}
