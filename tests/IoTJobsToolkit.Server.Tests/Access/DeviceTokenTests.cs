using System.Net;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Server.Access;
using IoTJobsToolkit.Server.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Server.Tests.Access;

/// <summary>Tokens that do not count, and when they cease to.</summary>
public sealed class DeviceTokenTests
{
    private const string Refused = "UnrecognizedClientException";

    [Fact]
    public async Task A_revoked_token_is_refused_at_once()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var device = await server.DeviceByToken("t");
        using var second = await server.DeviceByToken("t");
        (await device.Send("GET /things/t/jobs")).IsOk();

        await server.Operator().ExecuteAsync(new RevokeThingToken("t", device.Token!.Split('.')[2]), TestContext.Current.CancellationToken);

        Assert.Contains("revoked", (await device.Send("GET /things/t/jobs")).IsRefused(403, Refused).Message, StringComparison.Ordinal);
        (await second.Send("GET /things/t/jobs")).IsOk();
    }

    [Fact]
    public async Task A_token_that_is_revoked_while_the_body_of_its_request_comes_no_longer_counts()
    {
        const string Body = """{"status":"IN_PROGRESS"}""";
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        var token = (string)(await server.Control("POST /toolkit/things/t/tokens", "{}")).IsOk().Json["token"]!;
        using var connection = await RawConnection.OpenAsync(server.Endpoint);
        await connection.SendAsync(
            $"POST /things/t/jobs/q HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nExpect: 100-continue\r\nContent-Length: {Body.Length}\r\n\r\n");
        Assert.Equal(100, (await connection.ReadAsync(isHead: true)).Status); // The server has looked at who calls, and waits for the body.

        (await server.Control($"DELETE /toolkit/things/t/tokens/{token.Split('.')[2]}")).IsOk();
        await connection.SendAsync(Body);

        Assert.Equal(403, (await connection.ReadAsync()).Status);
        Assert.Equal("QUEUED", (string?)(await server.Control("GET /things/t/jobs/q")).Json["execution"]!["status"]);
    }

    [Fact]
    public async Task A_deleted_thing_takes_its_tokens_along_and_one_of_the_same_name_does_not_bring_them_back()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var device = await server.DeviceByToken("t");
        (await device.Send("GET /things/t/jobs")).IsOk();

        (await server.Control("DELETE /things/t")).IsOk();
        (await device.Send("GET /things/t/jobs")).IsRefused(403, Refused);
        (await server.Control("POST /things/t", "{}")).IsOk();
        (await device.Send("GET /things/t/jobs")).IsRefused(403, Refused);
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var device = new DeviceClient(server) { Token = await server.Token("t", validDays: 1) };
        (await device.Send("GET /things/t/jobs")).IsOk();

        server.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Contains("expired", (await device.Send("GET /things/t/jobs")).IsRefused(403, Refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_another_database_is_not_known()
    {
        await using var server = await DeviceServer.StartAsync();
        await using var elsewhere = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        await elsewhere.CreateJob("q", "t");
        using var device = new DeviceClient(server) { Token = await elsewhere.Token("t") };

        (await device.Send("GET /things/t/jobs")).IsRefused(403, Refused);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("+x")]
    [InlineData("+.x")]
    [InlineData("+,")]
    [InlineData("other thing")]
    [InlineData("other case")]
    [InlineData("only thing")]
    [InlineData("secret of another")]
    [InlineData("iotj...")]
    [InlineData("iotj.t.%ID%.")]
    [InlineData("long")]
    public async Task A_changed_token_is_not_known_and_is_not_repeated(string change)
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t", "other", "T");
        var token = await server.Token("t");
        var parts = token.Split('.');
        using (var good = new DeviceClient(server) { Token = token })
        {
            (await good.Send("GET /things/t/jobs")).IsOk(); // It is remembered now.
        }
        var changed = change switch
        {
            "-1" => token[..^1],
            ['+', .. var more] => token + more,
            "other thing" => token.Replace(".t.", ".other.", StringComparison.Ordinal),
            "other case" => token.Replace(".t.", ".T.", StringComparison.Ordinal),
            "only thing" => "iotj.t",
            "secret of another" => string.Join('.', parts[..3]) + "." + (await server.Token("t")).Split('.')[3],
            "long" => $"iotj.{new string('x', 3000)}.{parts[2]}.{parts[3]}",
            _ => change.Replace("%ID%", parts[2], StringComparison.Ordinal),
        };
        using var device = new DeviceClient(server) { Token = changed };

        foreach (var thing in new[] { "t", "other" })
        {
            var answer = (await device.Send($"GET /things/{thing}/jobs")).IsRefused(403, Refused);
            Assert.DoesNotContain(parts[3][..20], answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain(parts[2], answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("iotj")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30.x")]
    [InlineData("")]
    public async Task A_token_for_something_else_is_none(string token)
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var device = new DeviceClient(server) { Token = token };

        (await device.Send("GET /things/t/jobs")).IsRefused(403, "MissingAuthenticationTokenException");
    }

    [Fact]
    public async Task Over_plain_http_a_token_is_taken_on_this_machine_only()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var device = new DeviceClient(server) { Token = await server.Token("t"), At = server.Endpoint };

        Assert.Equal("http", device.Endpoint.Scheme);
        Assert.NotNull((await device.Send("GET /things/t/jobs")).IsOk().Json["queuedJobs"]);
        var refusal = await Assert.ThrowsAsync<ApiRefusal>(() => Ask(server, device.Token, "http", "192.0.2.7"));
        Assert.Equal((403, "AccessDeniedException"), (refusal.Answer.Status, refusal.Answer.Name));
        Assert.DoesNotContain(device.Token, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("t", (await Ask(server, device.Token, "https", "192.0.2.7"))!.ThingName);
        Assert.Equal("t", (await Ask(server, device.Token, "http", "::ffff:127.0.0.1"))!.ThingName);
    }

    [Fact]
    public async Task An_open_server_binds_a_token_to_its_thing_and_minds_no_token_that_is_not_for_it()
    {
        await using var server = await DeviceServer.StartAsync("--Jobs:Auth=Open");
        await server.CreateJob("q", "t", "other");
        using var device = await server.DeviceByToken("t");
        using var broken = new DeviceClient(server) { Token = device.Token![..^2] };
        using var somebody = new DeviceClient(server) { Token = "a-token-for-something-else" };

        (await device.Send("GET /things/t/jobs")).IsOk();
        (await device.Send("GET /things/other/jobs")).IsRefused(403, "AccessDeniedException");
        (await broken.Send("GET /things/t/jobs")).IsRefused(403, Refused);
        (await somebody.Send("GET /jobs")).IsOk();
    }

    [Theory]
    [InlineData("bearer ")]
    [InlineData("BEARER   ")]
    public async Task The_scheme_may_be_written_in_any_case(string scheme)
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        var token = await server.Token("t");

        (await server.Send("GET /things/t/jobs", change: message => message.Headers.TryAddWithoutValidation("Authorization", scheme + token))).IsOk();
    }

    [Fact]
    public async Task Two_credentials_in_one_request_are_one_too_many()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t", "other");
        var (token, other) = (await server.Token("t"), await server.Token("other"));

        var answer = await server.Send("GET /things/t/jobs", change: message =>
        {
            message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {other}");
        });

        Assert.Equal(403, answer.Status);
    }

    [Fact]
    public async Task Guesses_at_a_thing_are_bounded_and_lock_nobody_out_at_another_address()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t", "other");
        var (shown, unshown, others) = (await server.Token("t"), await server.Token("t"), await server.Token("other"));
        await Ask(server, shown, "https", "192.0.2.7");

        for (var i = 0; i < TokenGuesses.PerThing; i++)
        {
            Assert.Equal((403, Refused), await Refusal(shown + i, "192.0.2.7"));
        }

        Assert.Equal((429, "ThrottlingException"), await Refusal(shown + "x", "192.0.2.7"));
        Assert.Equal((429, "ThrottlingException"), await Refusal(unshown, "::ffff:192.0.2.7")); // The same address; nobody learns whether it is one.
        Assert.Equal("t", (await Ask(server, shown, "https", "192.0.2.7"))!.ThingName);
        Assert.Equal("other", (await Ask(server, others, "https", "192.0.2.7"))!.ThingName);
        Assert.Equal("t", (await Ask(server, unshown, "https", "192.0.2.8"))!.ThingName);
        Assert.Equal("t", (await Ask(server, unshown, "https", "192.0.2.7"))!.ThingName); // It has been shown now.

        async Task<(int, string)> Refusal(string token, string from)
        {
            var answer = (await Assert.ThrowsAsync<ApiRefusal>(() => Ask(server, token, "https", from))).Answer;
            return (answer.Status, answer.Name);
        }
    }

    [Fact]
    public async Task Guesses_at_all_things_of_an_address_are_bounded_and_good_tokens_are_no_guesses()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        for (var i = 0; i < 2 * TokenGuesses.PerAddress; i++)
        {
            await Ask(server, await server.Token("t"), "https", "2001:db8::1");
            await server.Operator().ExecuteAsync(new RevokeThingToken("t", await LastId()), TestContext.Current.CancellationToken);
        }
        var token = await server.Token("t");
        for (var i = 0; i < TokenGuesses.PerAddress; i++)
        {
            var guess = await Assert.ThrowsAsync<ApiRefusal>(() => Ask(server, token.Replace(".t.", $".{i}.", StringComparison.Ordinal), "https", $"2001:db8::{i}"));
            Assert.Equal(403, guess.Answer.Status);
        }

        Assert.Equal(429, (await Assert.ThrowsAsync<ApiRefusal>(() => Ask(server, token, "https", "2001:db8::ffff"))).Answer.Status);
        Assert.Equal("t", (await Ask(server, token, "https", "2001:db8:0:1::1"))!.ThingName);

        async Task<string> LastId() => (await server.Operator().ExecuteAsync(new ListThingCredentials("t"), TestContext.Current.CancellationToken))
            .Credentials.Single(line => line.Status == ThingCredentialStatus.ACTIVE).CredentialId;
    }

    private static async Task<Engine.Caller?> Ask(ApiServer server, string token, string scheme, string from)
    {
        var http = new DefaultHttpContext();
        http.Request.Scheme = scheme;
        http.Request.Headers.Authorization = $"Bearer {token}";
        http.Connection.RemoteIpAddress = IPAddress.Parse(from);
        return await server.Services.GetRequiredService<DeviceAccess>().CallerOfAsync(http, new("/things/t/jobs", ""), TestContext.Current.CancellationToken);
    }
}
