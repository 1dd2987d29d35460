using System.Net;
using System.Net.Sockets;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Mqtt.Hosting;
using IoTJobsToolkit.Server.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Hosting;

public sealed class PlainListenerTests
{
    [Fact]
    public async Task It_says_where_it_listens_and_listens_on_this_machine_only()
    {
        await using var server = await ApiServer.StartAsync("--Mqtt:Port=auto");

        var address = server.Services.GetRequiredService<PlainListener>().Address!;

        Assert.True(IPAddress.IsLoopback(address.Address));
        Assert.Contains($"  MQTT            mqtt://{address}  ", server.Output.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Endpoints); // The web server's own addresses stay as they are.
    }

    [Fact]
    public async Task A_port_that_was_asked_for_and_is_taken_is_said_to_be()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var failure = await Assert.ThrowsAsync<StartException>(() => ApiServer.StartAsync($"--Mqtt:Port={port}"));

        Assert.Contains($"--Mqtt:Port=PORT, 0 for none", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_nobody_asked_for_and_is_taken_is_gone_without()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var settings = new MqttSettings { Port = ((IPEndPoint)other.LocalEndpoint).Port };
        await using var server = await ApiServer.StartAsync();
        await using var listener = ActivatorUtilities.CreateInstance<PlainListener>(server.Services, settings);

        await listener.StartAsync(CancellationToken.None);

        Assert.Null(listener.Address);
    }

    [Theory]
    [InlineData("--Mqtt:Port=some", "Mqtt:Port")]
    [InlineData("--Mqtt:Prot=1", "There is no setting Mqtt:Prot")]
    public async Task A_setting_that_is_none_is_refused(string setting, string expected)
    {
        var failure = await Assert.ThrowsAsync<StartException>(() => ApiServer.StartAsync(setting));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }
}
