namespace IoTJobsToolkit.Server.Tests.Mqtt.External;

/// <summary>One server, which needs no group, and a broker that leaves topics as they are.</summary>
public sealed class UnsharedTests : ExternalTest
{
    [Fact]
    public async Task A_single_server_needs_neither_group_nor_prefix()
    {
        var server = await ConnectServerAsync();
        var device = await ListeningDeviceAsync("T");

        await server.CreateJob("J", "T");
        Assert.Matches("^\\$aws/things/T/jobs/notify \\{.*\"jobId\":\"J\"", await device.NextTextAsync());
        Assert.Matches("^\\$aws/things/T/jobs/notify-next \\{.*\"jobId\":\"J\"", await device.NextTextAsync());
        await device.PublishAsync("$aws/things/T/jobs/start-next");
        Assert.Matches("^\\$aws/things/T/jobs/start-next/accepted \\{.*\"jobId\":\"J\"", await device.NextTextAsync());
        await device.PublishAsync("$aws/things/T/jobs/J/update", """{"status":"SUCCEEDED"}""");

        Assert.StartsWith("$aws/things/T/jobs/J/update/accepted", await device.NextTextAsync(), StringComparison.Ordinal);
        Assert.Matches("^\\$aws/things/T/jobs/notify \\{.*\"jobs\":\\{\\}\\}$", await device.NextTextAsync());
    }

    private protected override Task<Mosquitto> PrepareAsync() => Mosquitto.StartAsync(prefix: "");
}
