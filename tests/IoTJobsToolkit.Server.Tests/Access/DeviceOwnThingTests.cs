using IoTJobsToolkit.Wire;

namespace IoTJobsToolkit.Server.Tests.Access;

/// <summary>A device may do the four operations of devices for its own thing, and nothing else.</summary>
public sealed class DeviceOwnThingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_route_of_the_table_lets_a_device_touch_another_thing_or_anything_of_operators(bool byCertificate)
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t", "other");
        using var device = await server.Device("t", byCertificate);
        var own = Routes.All.Where(route => route.Plane == Plane.Data).Select(route => (route.Method, route.Path)).ToHashSet();
        var tried = 0;
        foreach (var route in Routes.All)
        {
            foreach (var thing in new[] { "other", "t" })
            {
                if (thing == "t" && own.Contains((route.Method, route.Path)))
                {
                    continue;
                }
                var answer = await device.Send($"{route.Method} {Path(route, thing)}", route.Method == "GET" ? null : "not JSON");
                // Refused for who calls, before the request itself is looked at.
                Assert.True(
                    (answer.Status, answer.Error) is (403, "AccessDeniedException") or (401, "UnauthorizedException"),
                    $"{route.Method} {Path(route, thing)}: {answer.Status} {answer.Error} {answer.Body}");
                tried++;
            }
        }
        Assert.True(tried > 90, $"{tried}");
        Assert.Equal("QUEUED", (string?)(await server.Control("GET /things/other/jobs/q")).IsOk().Json["execution"]!["status"]);
        Assert.Equal("IN_PROGRESS", (string?)(await server.Control("GET /jobs/q")).IsOk().Json["job"]!["status"]);
    }

    [Theory]
    [InlineData("T")]
    [InlineData("t2")]
    [InlineData("%54")]
    [InlineData("t%20")]
    [InlineData("%2574")]
    [InlineData("t%2Fjobs%2Fq%2F..")]
    [InlineData("")]
    public async Task A_name_that_is_not_exactly_its_own_is_anothers(string thing)
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t", "T", "t2");
        foreach (var byCertificate in new[] { true, false })
        {
            using var device = await server.Device("t", byCertificate);
            foreach (var (request, body) in new[]
            {
                ($"GET /things/{thing}/jobs", null),
                ($"PUT /things/{thing}/jobs/$next", "{}"),
                ($"PUT /things/{thing}/jobs/%24next", "{}"),
                ($"GET /things/{thing}/jobs/q", null),
                ($"GET /things/{thing}/jobs/%24next", null),
                ($"POST /things/{thing}/jobs/q", """{"status":"SUCCEEDED"}"""),
            })
            {
                (await device.Send(request, body)).IsRefused(403, "AccessDeniedException");
            }
        }
    }

    [Theory]
    [InlineData("%74")]
    [InlineData("t")]
    public async Task Its_own_name_may_be_written_as_addresses_may(string thing)
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var device = await server.DeviceByCertificate("t");

        (await device.Send($"GET /things/{thing}/jobs")).IsOk();
    }

    [Theory]
    [InlineData("/things/other/../t/jobs")]
    [InlineData("/things/t/../other/jobs")]
    [InlineData("/things/./t/jobs")]
    public async Task Dots_lead_nowhere(string path)
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t", "other");
        using var device = await server.DeviceByCertificate("t");

        Assert.NotEqual(200, (await device.Send($"GET {path}")).Status);
    }

    [Fact]
    public async Task The_registry_says_unauthorized_where_the_model_has_the_word()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var device = await server.DeviceByCertificate("t");

        (await device.Send("GET /things/t")).IsRefused(401, "UnauthorizedException");
        (await device.Send("GET /things")).IsRefused(401, "UnauthorizedException");
        (await device.Send("GET /endpoint")).IsRefused(401, "UnauthorizedException");
        (await device.Send("GET /jobs/q")).IsRefused(403, "AccessDeniedException");
    }

    private static string Path(Route route, string thing) => "/" + string.Join('/', route.Segments.Select(segment => segment switch
    {
        { IsMember: false } => segment.Text,
        { Text: "thingName" } => thing,
        { Text: "executionNumber" } => "1",
        _ => "q",
    }));
}
