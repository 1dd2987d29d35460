using IoTJobsToolkit.Server.Mqtt.External;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Server.Tests.Mqtt.External;

public sealed class OutageTests : ExternalTest
{
    [Fact]
    public async Task After_an_outage_devices_are_answered_and_told_what_they_missed()
    {
        var server = await ConnectServerAsync();
        await server.CreateJob("J", "T");
        await Broker.StopAsync();
        await LostAsync(server);

        await server.CreateJob("K", "U");
        var ready = (await server.Send("GET /readyz")).IsOk();
        Assert.Equal("degraded", (string?)ready.Json["status"]);
        Assert.StartsWith("There is no connection to the MQTT broker", ready.Message, StringComparison.Ordinal);
        await Broker.StartAsync();
        var (device, other) = (await ListeningDeviceAsync("T"), await ListeningDeviceAsync("U"));
        await ConnectedAsync(server);

        Assert.Matches("^\\$aws/things/U/jobs/notify \\{.*\"jobId\":\"K\"", await other.NextTextAsync());
        Assert.Matches("^\\$aws/things/U/jobs/notify-next \\{.*\"jobId\":\"K\"", await other.NextTextAsync());
        await device.PublishAsync("$aws/things/T/jobs/start-next");
        string text;
        do
        {
            text = await device.NextTextAsync(); // Whether its notice of J got out before the outage is not sure: then it comes now.
        }
        while (text.StartsWith("$aws/things/T/jobs/notify", StringComparison.Ordinal));
        Assert.Matches("^\\$aws/things/T/jobs/start-next/accepted \\{.*\"jobId\":\"J\"", text);
        Assert.Equal("ok", (string?)(await server.Send("GET /readyz")).Json["status"]);
    }

    [Fact]
    public async Task An_outage_is_told_once()
    {
        var server = await ConnectServerAsync();
        await Broker.StopAsync();
        await LostAsync(server);

        await UntilAsync(() => Outages.Any(line => line.Contains("cannot be reached", StringComparison.Ordinal)), () => server.Clock.Advance(TimeSpan.FromSeconds(1)));
        for (var i = 0; i < 50; i++)
        {
            server.Clock.Advance(TimeSpan.FromSeconds(40)); // Each with an attempt.
            await Task.Yield();
        }
        await Broker.StartAsync();
        await ConnectedAsync(server);

        // That it ended, and that it does not come back.
        Assert.Equal(2, Outages.Count());
        await UntilAsync(() => Log.All.Count(line => line.Contains("Connected to the MQTT broker", StringComparison.Ordinal)) == 2);
    }

    [Fact]
    public async Task Events_of_an_outage_come_after_it_and_of_a_few_things_more_than_it_remembers_all_are_told()
    {
        var server = await ConnectServerAsync(services => services.AddSingleton(new ChangedThings(most: 1)));
        (await server.Control("PATCH /event-configurations", """{"eventConfigurations":{"JOB":{"Enabled":true}}}""")).IsOk();
        await Broker.StopAsync();
        await LostAsync(server);
        await server.CreateJob("J", "T", "U", "V");
        (await server.Control("PUT /jobs/J/cancel", "{}")).IsOk();
        await server.Engine.PassTimeAsync(TestContext.Current.CancellationToken);
        await server.CreateJob("K", "T", "U", "V");

        await Broker.StartAsync();
        List<TestClient> devices = [await ListeningDeviceAsync("T"), await ListeningDeviceAsync("U"), await ListeningDeviceAsync("V")];
        var watcher = await DeviceAsync("watcher");
        await watcher.SubscribeAsync("$aws/events/job/#");
        await ConnectedAsync(server);

        foreach (var device in devices)
        {
            Assert.Matches("/jobs/notify \\{.*\"jobId\":\"K\"", await device.NextTextAsync());
            Assert.Matches("/jobs/notify-next \\{.*\"jobId\":\"K\"", await device.NextTextAsync());
        }
        Assert.StartsWith("$aws/events/job/J/cancellation_in_progress", await watcher.NextTextAsync(), StringComparison.Ordinal);
        Assert.StartsWith("$aws/events/job/J/canceled", await watcher.NextTextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    public async Task A_wrong_password_keeps_nobody_from_HTTP_and_is_told_without_it(string password)
    {
        var server = await ServeAsync(null, $"--Mqtt:Broker=mqtt://{Mosquitto.User}@127.0.0.1:{Broker.ServerPort}", $"--Mqtt:BrokerPassword={password}", "--Mqtt:BrokerPrefix=dev/");

        await UntilAsync(() => Outages.Any());
        (await server.Control("POST /things/T", "{}")).IsOk();

        Assert.Equal("degraded", (string?)(await server.Send("GET /readyz")).Json["status"]);
        Assert.Contains("(NotAuthorized); check Mqtt:BrokerUser, Mqtt:BrokerPassword", Assert.Single(Outages), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", string.Join('\n', Log.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_that_the_broker_refuses_is_told()
    {
        await using var other = await BrokerServer.StartAsync(); // Mosquitto refuses none before the first message.
        var server = await ServeAsync(null, $"--Mqtt:Broker=mqtt://T@127.0.0.1:{other.Port}", "--Mqtt:BrokerGroup=none");

        await UntilAsync(() => Outages.Any() || server.Services.GetRequiredService<BrokerService>().IsConnected);

        var outage = Assert.Single(Outages);
        Assert.True(outage.Contains("it refuses the subscription to $aws/things/+/jobs/+ (NotAuthorized); let this server's user subscribe to it", StringComparison.Ordinal), outage);
    }

    [Fact]
    public async Task What_the_broker_does_not_let_the_server_publish_is_told_once()
    {
        await File.WriteAllTextAsync(Broker.File("servers.acl"), $"user {Mosquitto.User}\ntopic read dev/$aws/#\n", TestContext.Current.CancellationToken);
        await Broker.StopAsync();
        await Broker.StartAsync();
        var server = await ConnectServerAsync();

        await server.CreateJob("J", "T", "U");
        await server.Services.GetRequiredService<BrokerOutbox>().WhenEmptyAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => Log.All.Any(line => line.Contains("does not let this server publish", StringComparison.Ordinal)));

        Assert.Single(Log.All, line => line.Contains("does not let this server publish to $aws/things/", StringComparison.Ordinal));
    }

    private IEnumerable<string> Outages => Log.All.Where(line => line.Contains("No connection to the MQTT broker", StringComparison.Ordinal));
}
