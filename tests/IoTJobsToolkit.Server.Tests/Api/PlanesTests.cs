namespace IoTJobsToolkit.Server.Tests.Api;

/// <summary>Plane routing (examples 18): thing t with one QUEUED execution of job q.</summary>
public sealed class PlanesTests
{
    [Theory]
    [InlineData("iot", "GET /things/t/jobs", "executionSummaries")]
    [InlineData("iot-jobs-data", "GET /things/t/jobs", "queuedJobs")]
    [InlineData("iot-jobs-data", "GET /things/t/jobs", "inProgressJobs")]
    [InlineData("iotlaser", "GET /things/t/jobs", "queuedJobs")]
    [InlineData("iot", "GET /things/t/jobs/q", "execution.thingArn")]
    [InlineData("iot-jobs-data", "GET /things/t/jobs/q", "execution.thingName")]
    [InlineData("iot-jobs-data", "GET /things/t/jobs/q", "execution.jobDocument")]
    [InlineData("iot-jobs-data", "GET /things/t/jobs/%24next", "execution.jobDocument")]
    [InlineData("iot-jobs-data", "PUT /things/t/jobs/$next", "execution.startedAt")]
    public async Task The_scope_decides_the_plane(string service, string request, string member)
    {
        await using var server = await ApiServer.StartAsync();
        await server.CreateJob("q", "t");

        var node = (await server.Signed(service, request)).IsOk().Json;

        Assert.NotNull(member.Split('.').Aggregate(node, (at, name) => at?[name]!));
    }

    [Fact]
    public async Task The_scope_wins_over_the_host()
    {
        await using var server = await ApiServer.StartAsync();
        await server.CreateJob("q", "t");

        var answer = await server.Signed("iot", "GET /things/t/jobs", host: "data.jobs.iot.us-east-1.amazonaws.com");

        Assert.NotNull(answer.IsOk().Json["executionSummaries"]);
    }

    [Fact]
    public async Task Without_a_scope_the_host_decides()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        await server.CreateJob("q", "t");

        var data = await server.Send("GET /things/t/jobs", change: message => message.Headers.Host = "a1b2.jobs.iot.us-east-1.amazonaws.com");
        var control = await server.Send("GET /things/t/jobs");

        Assert.NotNull(data.IsOk().Json["queuedJobs"]);
        Assert.NotNull(control.IsOk().Json["executionSummaries"]);
    }

    [Fact]
    public async Task The_control_plane_knows_no_next()
    {
        await using var server = await ApiServer.StartAsync();
        await server.CreateJob("q", "t");

        (await server.Control("GET /things/t/jobs/%24next")).IsRefused(400, "InvalidRequestException");
        Assert.Equal("QUEUED", (string?)(await server.Data("GET /things/t/jobs/%24next")).Json["execution"]!["status"]);
    }

    [Fact]
    public async Task Who_calls_too_often_is_told_so_by_each_planes_status()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:RequestRates=aws");
        await server.CreateJob("q", "t");
        for (var i = 0; i < 10; i++)
        {
            (await server.Control("GET /things/t/jobs/q")).IsOk();
        }
        (await server.Control("GET /things/t/jobs/q")).IsRefused(400, "ThrottlingException");

        for (var i = 0; i < 200; i++)
        {
            (await server.Data("GET /things/t/jobs/q")).IsOk();
        }
        (await server.Data("GET /things/t/jobs/q")).IsRefused(429, "ThrottlingException");
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        (await server.Control("GET /things/t/jobs/q")).IsOk();
    }
}
