using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Server.Tests.Hosting;

public sealed class RunningServerTests
{
    [Fact]
    public async Task A_server_that_listens_tells_where_and_how()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Dialect=seed", "--Jobs:DevicePort=auto", "--Jobs:ControlUrls=http://127.0.0.1:0");

        var facts = server.Services.GetRequiredService<RunningServer>().Facts!;

        Assert.Equal((server.DatabasePath, AuthMode.Required, Dialect.Seed), (facts.DatabasePath, facts.Auth, facts.Dialect));
        Assert.Equal(server.Endpoint, new Uri(facts.Endpoint));
        Assert.Equal(server.DeviceEndpoint, new Uri(facts.Addresses.Single(address => address.Use == "Devices").Address));
        Assert.Equal(server.Endpoints[1], new Uri(facts.Addresses.Single(address => address.Use == "Control plane").Address));
        Assert.Contains(facts.Addresses, address => address.Use == "MQTT" && address.Address == $"ws://{server.Endpoint.Authority}/mqtt");
        Assert.True(File.Exists(facts.AuthorityPath));
    }

    [Fact]
    public async Task The_size_of_the_database_is_that_of_its_files()
    {
        await using var server = await ApiServer.StartAsync();
        var facts = server.Services.GetRequiredService<RunningServer>().Facts!;
        foreach (var (end, bytes) in new[] { ("", 100), ("-log", 20), ("-journal", 3) })
        {
            await File.WriteAllBytesAsync(facts.DatabasePath + end, new byte[bytes], TestContext.Current.CancellationToken);
        }

        Assert.Equal(123, facts.DatabaseBytes());
    }
}
