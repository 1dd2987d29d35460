using System.Net;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Wire.Rendezvous;

namespace IoTJobsToolkit.Server.Tests.Hosting;

/// <summary>Ports of one plane (http-api 2).</summary>
public sealed class PlanePortsTests : IDisposable
{
    private static readonly string[] Ports = ["--Jobs:ControlUrls=http://127.0.0.1:0", "--Jobs:DataUrls=http://127.0.0.1:0"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ports-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(0, null, "executionSummaries")]
    [InlineData(1, null, "executionSummaries")]
    [InlineData(2, null, "queuedJobs")]
    [InlineData(2, "iot.us-east-1.amazonaws.com", "executionSummaries")]
    [InlineData(1, "a1b2.jobs.iot.us-east-1.amazonaws.com", "queuedJobs")]
    public async Task Without_a_scope_the_host_decides_then_the_port(int address, string? host, string member)
    {
        await using var server = await ApiServer.StartAsync(["--Jobs:Auth=Open", .. Ports]);
        await server.CreateJob("q", "t");

        var answer = await server.Send("GET /things/t/jobs", change: message => message.Headers.Host = host, at: server.Endpoints[address]);

        Assert.NotNull(answer.IsOk().Json[member]);
    }

    [Theory]
    [InlineData("iot", 2, "executionSummaries")]
    [InlineData("iot-jobs-data", 1, "queuedJobs")]
    public async Task The_scope_wins_over_the_port(string service, int address, string member)
    {
        await using var server = await ApiServer.StartAsync(Ports);
        await server.CreateJob("q", "t");

        Assert.NotNull((await server.Signed(service, "GET /things/t/jobs", at: server.Endpoints[address])).IsOk().Json[member]);
    }

    [Fact]
    public async Task What_one_plane_alone_has_is_answered_at_every_port()
    {
        await using var server = await ApiServer.StartAsync(["--Jobs:Auth=Open", .. Ports]);
        await server.CreateJob("q", "t");

        foreach (var at in server.Endpoints)
        {
            (await server.Send("GET /jobs/q", at: at)).IsOk();
            (await server.Send("PUT /things/t/jobs/$next", "{}", at: at)).IsOk();
            (await server.Send("GET /readyz", at: at)).IsOk();
        }
    }

    [Fact]
    public async Task Devices_are_sent_to_the_port_of_their_plane_and_the_module_to_the_main_one()
    {
        await using var server = await ApiServer.StartAsync(Ports);

        foreach (var type in new[] { "iot:Jobs", "iot:Data-ATS" })
        {
            var answer = await server.Control($"GET /endpoint?endpointType={Uri.EscapeDataString(type)}");
            Assert.Equal(server.Endpoints[2].Authority, (string?)answer.Json["endpointAddress"]);
        }
        Assert.Equal(server.Endpoints[0], new(ServerRendezvous.Find(server.DatabasePath)!.Endpoint));
        var notice = server.Output.ToString();
        Assert.Contains($"API endpoint    http://{server.Endpoints[0].Authority} ", notice, StringComparison.Ordinal);
        Assert.Contains($"Control plane   http://{server.Endpoints[1].Authority} ", notice, StringComparison.Ordinal);
        Assert.Contains($"Data plane      http://{server.Endpoints[2].Authority} ", notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_of_one_plane_has_no_pages()
    {
        await using var portal = await PortalProcess.StartAsync(Path.Combine(_folder.FullName, "jobs.db"), ["--Jobs:Auth=Open", .. Ports]);
        var data = portal.Lines.Single(line => line.StartsWith("  Data plane", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[2];
        using var http = new HttpClient();

        foreach (var path in new[] { "/", "/portal/sign-in", "/_framework/blazor.web.js", "/_blazor", "/portal.css" })
        {
            using var page = await http.GetAsync(new Uri(portal.Rendezvous.Endpoint + path), TestContext.Current.CancellationToken);
            Assert.NotEqual(HttpStatusCode.NotFound, page.StatusCode);
            using var refused = await http.GetAsync(new Uri(data + path), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
            Assert.Equal("UnknownOperationException", Assert.Single(refused.Headers.GetValues("x-amzn-ErrorType")));
        }
        using var api = await http.GetAsync(new Uri($"{data}/things"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, api.StatusCode);
    }

    [Fact]
    public async Task Ports_of_planes_go_with_endpoints_of_the_web_server()
    {
        var (main, data) = (QuietPort.Next(), QuietPort.Next());
        await using var server = await ApiServer.StartAsync(
            "--Jobs:Auth=Open", "--urls=", $"--Kestrel:Endpoints:Main:Url=http://127.0.0.1:{main}", $"--Jobs:DataUrls=http://127.0.0.1:{data}");
        await server.CreateJob("q", "t");

        Assert.Equal(main, new Uri(ServerRendezvous.Find(server.DatabasePath)!.Endpoint).Port);
        Assert.NotNull((await server.Send("GET /things/t/jobs", at: new($"http://127.0.0.1:{data}"))).IsOk().Json["queuedJobs"]);
        Assert.NotNull((await server.Send("GET /things/t/jobs", at: new($"http://127.0.0.1:{main}"))).IsOk().Json["executionSummaries"]);
    }

    [Theory]
    [InlineData("--Jobs:DataUrls=8443", "Jobs:DataUrls")]
    [InlineData("--Jobs:DataUrls=http://unix:/tmp/jobs.sock", "addresses with a port")]
    [InlineData("--Jobs:DataUrls=http://0.0.0.0:0 --Jobs:Auth=Open", "loopback")]
    [InlineData("--Jobs:ControlUrls=http://127.0.0.1:18443 --Jobs:DataUrls=http://127.0.0.2:18443", "a port of its own")]
    [InlineData("--Jobs:ControlUrls=http://127.0.0.1:18443 --urls=http://127.0.0.1:18443", "a port of its own; urls has")]
    [InlineData("--Jobs:DataUrls=http://127.0.0.1:0 --Kestrel:Endpoints:Main:Url=http://127.0.0.1:0", "an address with a port")]
    public async Task An_address_that_cannot_be_a_planes_is_named(string settings, string named)
    {
        var failure = await Assert.ThrowsAsync<StartException>(() => ApiServer.StartAsync(settings.Split(' ')));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }
}
