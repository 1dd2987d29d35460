using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Tests.Access;
using IoTJobsToolkit.Wire.Credentials;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Access;

/// <summary>What is taken from somebody ends the connection that it began, at once and that one alone.</summary>
public sealed class MqttRevocationTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private MqttAccessServer? _server;

    private MqttAccessServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await MqttAccessServer.StartAsync();
        await Server.Api.CreateThings("lamp", "other");
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_revoked_certificate_ends_its_connection_and_no_other(MqttProtocolVersion version)
    {
        using var certificate = await Server.Api.Certificate("lamp");
        var (lamp, gone) = await Connected(new(Server.TlsPort) { Certificate = certificate, Version = version }, "lamp");
        var (again, _) = await Connected(new(Server.TlsPort) { Password = await Server.Api.Token("lamp"), Version = version }, "again");
        var (other, _) = await Connected(new(Server.TlsPort) { Password = await Server.Api.Token("other"), Version = version }, "other");

        await Server.Api.Operator().ExecuteAsync(new RevokeThingCertificate("lamp", ThingCertificate.Id(certificate)), TestContext.Current.CancellationToken);

        var reason = await gone.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.False(lamp.IsConnected);
        Assert.Equal(version == MqttProtocolVersion.V500, reason == MqttClientDisconnectReason.NotAuthorized);
        await again.PingAsync(TestContext.Current.CancellationToken);
        await other.PingAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_revoked_token_and_a_deleted_thing_end_their_connections()
    {
        var token = await Server.Api.Token("lamp");
        var (_, lamp) = await Connected(new(Server.TlsPort) { Password = token }, "lamp");
        var (_, other) = await Connected(new(Server.TlsPort) { Password = await Server.Api.Token("other") }, "other");

        await Server.Api.Operator().ExecuteAsync(new RevokeThingToken("lamp", ThingToken.Read(token)!.TokenId), TestContext.Current.CancellationToken);
        await Server.Api.Operator().ExecuteAsync(new DeleteThing("other"), TestContext.Current.CancellationToken);

        await Task.WhenAll(lamp, other).WaitAsync(Deadline, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_deleted_access_key_ends_its_WebSocket()
    {
        var made = await Server.Api.Operator().ExecuteAsync(new CreateAccessKey("eve", AccessRole.VIEWER), TestContext.Current.CancellationToken);
        var address = new SignedAddress(Server.Api.Endpoint, new(made.AccessKeyId, made.SecretAccessKey), Server.Api.Clock.GetUtcNow());
        var (_, gone) = await Connected(new(address.Sign()), "eve");
        var (admin, _) = await Connected(new((address with { Key = Server.Api.Key }).Sign()), "admin");

        await Server.Api.Operator().ExecuteAsync(new DeleteAccessKey(made.AccessKeyId), TestContext.Current.CancellationToken);

        Assert.Equal(MqttClientDisconnectReason.NotAuthorized, await gone.WaitAsync(Deadline, TestContext.Current.CancellationToken));
        await admin.PingAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_runs_out_ends_its_connection_within_a_minute()
    {
        var (_, gone) = await Connected(new(Server.TlsPort) { Password = await Server.Api.Token("lamp", validDays: 1) }, "lamp");
        var (other, _) = await Connected(new(Server.TlsPort) { Password = await Server.Api.Token("other") }, "other");

        Server.Api.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));

        await gone.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        await other.PingAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task From_the_moment_of_its_revocation_no_message_counts()
    {
        var access = Server.Api.Services.GetRequiredService<IMqttAccess>();
        var token = await Server.Api.Token("lamp");
        await Connected(new(Server.TlsPort) { Password = token }, "lamp");
        var caller = Server.Callers["lamp"];
        Assert.True(await access.IsGoodAsync(caller, TestContext.Current.CancellationToken));

        await Server.Api.Operator().ExecuteAsync(new RevokeThingToken("lamp", ThingToken.Read(token)!.TokenId), TestContext.Current.CancellationToken);

        Assert.False(await access.IsGoodAsync(caller, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task While_nothing_is_taken_the_database_is_not_asked()
    {
        var access = Server.Api.Services.GetRequiredService<IMqttAccess>();
        await Connected(new(Server.TlsPort) { Password = await Server.Api.Token("lamp") }, "lamp");

        var isGood = access.IsGoodAsync(Server.Callers["lamp"], TestContext.Current.CancellationToken);

        Assert.True(isGood.IsCompletedSuccessfully);
        Assert.True(await isGood);
    }

    [Fact]
    public async Task A_server_that_stops_sends_everybody_away()
    {
        using var certificate = await Server.Api.Certificate("lamp");
        var (_, atPort) = await Connected(new(Server.TlsPort) { Certificate = certificate }, "a");
        var (_, byAlpn) = await Connected(new(Server.Api.DeviceEndpoint.Port) { Certificate = certificate, Protocol = "x-amzn-mqtt-ca" }, "b");
        var (_, byWeb) = await Connected(new(new SignedAddress(Server.Api.Endpoint, Server.Api.Key, Server.Api.Clock.GetUtcNow()).Sign()), "c");

        await Server.Api.BeginStop().WaitAsync(Deadline, TestContext.Current.CancellationToken);

        var reasons = await Task.WhenAll(atPort, byAlpn, byWeb).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.Equal((MqttClientDisconnectReason.ServerShuttingDown, MqttClientDisconnectReason.ServerShuttingDown), (reasons[0], reasons[1]));
        Assert.Empty(Server.Door.Connections);
    }

    private async Task<(IMqttClient Client, Task<MqttClientDisconnectReason> Gone)> Connected(MqttWay way, string clientId)
    {
        var (result, client) = await Server.ConnectAsync(way, clientId);
        Assert.Equal(MqttClientConnectResultCode.Success, result);
        var gone = new TaskCompletionSource<MqttClientDisconnectReason>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.DisconnectedAsync += left =>
        {
            gone.TrySetResult(left.Reason);
            return Task.CompletedTask;
        };
        return (client, gone.Task);
    }
}
