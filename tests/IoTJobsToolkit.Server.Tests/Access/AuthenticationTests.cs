using IoTJobsToolkit.Wire.Rendezvous;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Tests.Access;

public sealed class AuthenticationTests
{
    [Fact]
    public async Task An_unsigned_request_is_refused()
    {
        await using var server = await ApiServer.StartAsync();

        (await server.Send("GET /jobs")).IsRefused(403, "MissingAuthenticationTokenException");
    }

    [Fact]
    public async Task An_unknown_key_is_refused()
    {
        await using var server = await ApiServer.StartAsync();

        (await server.Signed("iot", "GET /jobs", key: new("AKIAUNKNOWN", "secret"))).IsRefused(403, "UnrecognizedClientException");
    }

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        await using var server = await ApiServer.StartAsync();

        (await server.Signed("iot", "GET /jobs", key: new(server.Key.AccessKeyId, "wrong"))).IsRefused(403, "InvalidSignatureException");
    }

    [Fact]
    public async Task Another_region_is_refused()
    {
        await using var server = await ApiServer.StartAsync();

        (await server.Signed("iot", "GET /jobs", region: "eu-west-1")).IsRefused(403, "InvalidSignatureException");
    }

    [Fact]
    public async Task A_request_from_another_time_is_refused()
    {
        await using var server = await ApiServer.StartAsync();

        var answer = await server.Signed("iot", "GET /jobs", change: _ => server.Clock.Advance(TimeSpan.FromMinutes(16)));

        answer.IsRefused(400, "RequestExpired");
    }

    [Fact]
    public async Task What_was_signed_cannot_be_changed()
    {
        await using var server = await ApiServer.StartAsync();
        await server.CreateJob("q", "t");

        var answer = await server.Signed("iot", "PUT /jobs/q/cancel", "{}", change: message =>
            message.RequestUri = new(message.RequestUri + "?force=true"));

        answer.IsRefused(403, "InvalidSignatureException");
        Assert.Equal("IN_PROGRESS", (string?)(await server.Control("GET /jobs/q")).Json["job"]!["status"]);
    }

    [Fact]
    public async Task Who_calls_is_asked_before_what_is_wrong_with_the_request()
    {
        await using var server = await ApiServer.StartAsync();

        (await server.Send("PUT /jobs/q", "not json")).IsRefused(403, "MissingAuthenticationTokenException");
        (await server.Control("PUT /jobs/q", "not json")).IsRefused(400, "InvalidRequestException");
        (await server.Control("GET /jobs/no%20such?stray=1")).IsRefused(400, "InvalidRequestException");
    }

    [Fact]
    public async Task A_presigned_address_needs_no_header()
    {
        await using var server = await ApiServer.StartAsync();
        var unsigned = new SigV4Request { Method = "GET", RawPath = "/jobs", RawQuery = "maxResults=5", Headers = [new("Host", server.Endpoint.Authority)] };

        var query = SigV4Signer.Presign(unsigned, server.Key, "us-east-1", "iot", server.Clock.GetUtcNow(), TimeSpan.FromMinutes(5));

        (await server.Send($"GET /jobs?{query}")).IsOk();
        server.Clock.Advance(TimeSpan.FromMinutes(6));
        (await server.Send($"GET /jobs?{query}")).IsRefused(400, "RequestExpired");
    }

    [Fact]
    public async Task The_module_finds_a_key_of_its_own_beside_the_database()
    {
        await using var server = await ApiServer.StartAsync();

        var found = ServerRendezvous.Find(server.DatabasePath)!;

        Assert.Equal(server.Endpoint, new(found.Endpoint));
        (await server.Signed("iot", "GET /jobs", key: new(found.AccessKeyId, found.SecretAccessKey))).IsOk();
    }

    [Fact]
    public async Task Open_access_asks_nobody()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");

        (await server.Send("GET /jobs")).IsOk();
        (await server.Signed("iot", "GET /jobs", key: new("any", "thing"))).IsOk();
    }

    [Theory]
    [InlineData("https://example.com", 403)]
    [InlineData("null", 403)]
    [InlineData("http://localhost:3000", 200)]
    public async Task Open_access_is_not_for_pages_of_other_sites(string origin, int status)
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");

        Assert.Equal(status, (await server.Send("GET /jobs", change: message => message.Headers.Add("Origin", origin))).Status);
    }
}
