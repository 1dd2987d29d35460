namespace IoTJobsToolkit.Server.Tests.Hosting;

/// <summary>Simulated devices of a server: they come by its own MQTT.</summary>
public sealed class SimulationTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("auto", "MQTT")]
    [InlineData("0", "IN_PROCESS")]
    public async Task Its_devices_carry_out_a_job_and_end_with_it(string port, string transport)
    {
        await using var server = await ApiServer.StartAsync($"--Mqtt:Port={port}");
        var started = await server.Control("POST /toolkit/simulations/fleet", """{"devices":5,"thingGroupName":"fleet","failurePercentage":40,"seconds":0.2,"seed":3}""");
        Assert.Equal((200, transport), (started.Status, (string?)started.Json["transport"]));
        await server.Control("PUT /jobs/fw", $$"""{"targets":["{{ApiServer.Arn}}thinggroup/fleet"],"document":"{}"}""");

        await UntilAsync(server, "GET /jobs/fw", answer => (string?)answer.Json["job"]!["status"] == "COMPLETED");

        var done = (await server.Control("POST /toolkit/simulations/fleet/stop", """{"removeThings":true}""")).Json;
        Assert.Equal(5, (long)done["succeededExecutions"]! + (long)done["failedExecutions"]!);
        Assert.True((long)done["failedExecutions"]! > 0);
        Assert.Equal(404, (await server.Control("GET /toolkit/simulations/fleet")).Status);
    }

    [Fact]
    public async Task Without_MQTT_on_this_machine_it_cannot_be_asked_for()
    {
        await using var server = await ApiServer.StartAsync();

        var refused = await server.Control("POST /toolkit/simulations/fleet", """{"devices":5,"transport":"MQTT"}""");

        Assert.Equal(400, refused.Status);
        Assert.Contains("Mqtt:Port", refused.Message, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(ApiServer server, string request, Func<ApiAnswer, bool> isIt)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!isIt(await server.Control(request)))
        {
            server.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(5, deadline.Token);
        }
    }
}
