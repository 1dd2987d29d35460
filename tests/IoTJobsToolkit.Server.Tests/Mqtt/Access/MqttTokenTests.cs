using System.Net;
using System.Text;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Tests.Access;
using IoTJobsToolkit.Wire.Credentials;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet.Formatter;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Access;

/// <summary>Devices that connect with a token as password, and nobody at all with Jobs:Auth=Open.</summary>
public sealed class MqttTokenTests
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311, null)]
    [InlineData(MqttProtocolVersion.V500, "lamp")]
    [InlineData(MqttProtocolVersion.V500, "?SDK=Python&Version=1")]
    public async Task A_token_is_a_password_whatever_the_user_name(MqttProtocolVersion version, string? userName)
    {
        await using var server = await MqttAccessServer.StartAsync();
        await server.Api.CreateThings("lamp");

        var caller = await server.CallerAsync(new(server.TlsPort) { UserName = userName, Password = await server.Api.Token("lamp"), Version = version });

        Assert.Equal((CallerKind.Device, "lamp"), (caller?.Caller.Kind, caller?.ThingName));
    }

    [Fact]
    public async Task Tokens_that_do_not_count_are_refused()
    {
        await using var server = await MqttAccessServer.StartAsync();
        await server.Api.CreateThings("lamp", "other");
        var (good, revoked, expired) = (await server.Api.Token("lamp"), await server.Api.Token("lamp"), await server.Api.Token("lamp", validDays: 1));
        await server.Api.Operator().ExecuteAsync(new RevokeThingToken("lamp", ThingToken.Read(revoked)!.TokenId), TestContext.Current.CancellationToken);
        server.Api.Clock.Advance(TimeSpan.FromDays(2));

        foreach (var token in new[] { revoked, expired, good[..^1], good.Replace("lamp", "other", StringComparison.Ordinal), "iotj.", "secret", new string('x', 60_000) })
        {
            Assert.Null(await server.CallerAsync(new(server.TlsPort) { Password = token }));
        }
        Assert.NotNull(await server.CallerAsync(new(server.TlsPort) { Password = good }));
    }

    [Fact]
    public async Task A_token_is_not_taken_over_plain_TCP_from_another_machine()
    {
        await using var server = await MqttAccessServer.StartAsync();
        await server.Api.CreateThings("lamp");
        var access = server.Api.Services.GetRequiredService<IMqttAccess>();
        var login = new MqttLogin("c", null, Encoding.UTF8.GetBytes(await server.Api.Token("lamp")), null, null, new IPEndPoint(IPAddress.Parse("192.0.2.1"), 5));

        Assert.Null(await access.FindCallerAsync(login, TestContext.Current.CancellationToken));
        Assert.NotNull(await access.FindCallerAsync(login with { IsEncrypted = true }, TestContext.Current.CancellationToken));
        Assert.NotNull(await access.FindCallerAsync(login with { From = new IPEndPoint(IPAddress.IPv6Loopback, 5) }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_token_comes_by_WebSocket_as_password_or_in_the_request()
    {
        await using var server = await MqttAccessServer.StartAsync();
        await server.Api.CreateThings("lamp");
        var token = await server.Api.Token("lamp");
        var address = new Uri($"ws://{server.Api.Endpoint.Authority}/mqtt");

        var byPassword = await server.CallerAsync(new(address) { Password = token }, "a");
        var byHeader = await server.CallerAsync(new(address) { Headers = new() { ["Authorization"] = $"Bearer {token}" } }, "b");

        Assert.Equal(("lamp", "lamp"), (byPassword?.ThingName, byHeader?.ThingName));
        Assert.Null(await server.CallerAsync(new(address) { Password = "other" }));
    }

    [Fact]
    public async Task With_Open_anybody_of_this_machine_may_act_for_every_thing()
    {
        await using var server = await MqttAccessServer.StartAsync("--Jobs:Auth=Open");
        await server.Api.CreateThings("lamp");
        var access = server.Api.Services.GetRequiredService<IMqttAccess>();
        var login = new MqttLogin("c", null, default, null, null, new IPEndPoint(IPAddress.Loopback, 5));

        var anybody = await server.CallerAsync(new(new Uri($"ws://{server.Api.Endpoint.Authority}/mqtt")));

        Assert.Equal((CallerKind.Operator, AccessRole.ADMINISTRATOR, null), (anybody?.Caller.Kind, anybody?.Caller.Role, anybody?.ThingName));
        Assert.NotNull(await access.FindCallerAsync(login with { UserName = "any", Password = "any"u8.ToArray() }, TestContext.Current.CancellationToken));
        Assert.Null(await access.FindCallerAsync(login with { From = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 5) }, TestContext.Current.CancellationToken));
        Assert.Equal("lamp", (await server.CallerAsync(new(server.TlsPort) { Password = await server.Api.Token("lamp") }))?.ThingName);
    }

    [Fact]
    public async Task With_Open_no_page_of_another_site_gets_in()
    {
        await using var server = await MqttAccessServer.StartAsync("--Jobs:Auth=Open");
        using var web = new WebSocketRequest(server.Api.Endpoint);

        var refused = await web.SendAsync("/mqtt", ("Origin", "https://elsewhere.example.com"));

        Assert.Equal(403, refused.Status);
        Assert.Contains("elsewhere.example.com", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Open_nothing_gets_nobody_in()
    {
        await using var server = await MqttAccessServer.StartAsync();
        var access = server.Api.Services.GetRequiredService<IMqttAccess>();

        Assert.Null(await access.FindCallerAsync(new("c", "AKIA", "secret"u8.ToArray(), null, null, null), TestContext.Current.CancellationToken));
    }
}
