using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Server.Tests.Access;
using IoTJobsToolkit.Wire.Credentials;
using MQTTnet.Formatter;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Access;

/// <summary>Devices that connect with a client certificate: at the port of MQTT, by ALPN at the port of devices, by WebSocket there.</summary>
public sealed class MqttCertificateTests : IAsyncLifetime
{
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
    public async Task A_certificate_lets_its_thing_in(MqttProtocolVersion version)
    {
        using var certificate = await Server.Api.Certificate("lamp");

        var caller = await Server.CallerAsync(new(Server.TlsPort) { Certificate = certificate, Version = version });

        Assert.Equal((CallerKind.Device, "lamp"), (caller?.Caller.Kind, caller?.ThingName));
        Assert.Equal($"certificate {ThingCertificate.Id(certificate)}", caller!.Credential);
    }

    [Fact]
    public async Task The_user_name_that_SDKs_send_along_changes_nothing()
    {
        using var certificate = await Server.Api.Certificate("lamp");

        var caller = await Server.CallerAsync(new(Server.TlsPort) { Certificate = certificate, UserName = "?SDK=NodeJSv2&Version=1.2.3", Password = "x" });

        Assert.Equal("lamp", caller?.ThingName);
    }

    [Fact]
    public async Task A_certificate_acts_for_its_own_thing_whatever_the_client_calls_itself()
    {
        using var certificate = await Server.Api.Certificate("lamp");

        var caller = await Server.CallerAsync(new(Server.TlsPort) { Certificate = certificate, UserName = "other" }, clientId: "other");

        Assert.Equal("lamp", caller?.ThingName);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused_even_where_a_token_would_count()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(ThingCertificate.Subject("lamp"), key, HashAlgorithmName.SHA256);
        using var own = request.CreateSelfSigned(Server.Api.Clock.GetUtcNow().AddDays(-1), Server.Api.Clock.GetUtcNow().AddDays(9));

        var caller = await Server.CallerAsync(new(Server.TlsPort) { Certificate = own, Password = await Server.Api.Token("lamp") });

        Assert.Null(caller);
    }

    [Fact]
    public async Task A_revoked_certificate_is_refused()
    {
        using var certificate = await Server.Api.Certificate("lamp");
        await Server.Api.Operator().ExecuteAsync(new RevokeThingCertificate("lamp", ThingCertificate.Id(certificate)), TestContext.Current.CancellationToken);

        Assert.Null(await Server.CallerAsync(new(Server.TlsPort) { Certificate = certificate }));
    }

    [Fact]
    public async Task An_expired_certificate_is_refused()
    {
        using var certificate = await Server.Api.Certificate("lamp", validDays: 1);
        Server.Api.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Null(await Server.CallerAsync(new(Server.TlsPort) { Certificate = certificate }));
    }

    [Fact]
    public async Task A_certificate_does_not_count_for_a_thing_that_was_made_anew()
    {
        using var certificate = await Server.Api.Certificate("lamp");
        await Server.Api.Operator().ExecuteAsync(new DeleteThing("lamp"), TestContext.Current.CancellationToken);
        await Server.Api.CreateThings("lamp");

        Assert.Null(await Server.CallerAsync(new(Server.TlsPort) { Certificate = certificate }));
    }

    [Fact]
    public async Task Nothing_shown_is_refused()
    {
        var (result, _) = await Server.ConnectAsync(new(Server.TlsPort));

        Assert.Equal(MQTTnet.MqttClientConnectResultCode.NotAuthorized, result);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task MQTT_comes_in_at_the_port_of_HTTPS_by_ALPN(MqttProtocolVersion version)
    {
        using var certificate = await Server.Api.Certificate("lamp");

        var caller = await Server.CallerAsync(
            new(Server.Api.DeviceEndpoint.Port) { Certificate = certificate, Protocol = "x-amzn-mqtt-ca", Version = version });

        Assert.Equal("lamp", caller?.ThingName);
    }

    [Theory]
    [InlineData("x-amzn-mqtt-ca")]
    [InlineData("mqtt")]
    [InlineData(null)]
    public async Task At_the_port_of_MQTT_a_client_may_say_what_it_speaks_or_not(string? protocol)
    {
        using var certificate = await Server.Api.Certificate("lamp");

        Assert.NotNull(await Server.CallerAsync(new(Server.TlsPort) { Certificate = certificate, Protocol = protocol }));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task HTTP_goes_on_at_the_port_of_devices(string version)
    {
        using var device = new DeviceClient(Server.Api, await Server.Api.Certificate("lamp")) { HttpVersion = Version.Parse(version) };

        (await device.Send("GET /things/lamp/jobs")).IsOk();
    }

    [Fact]
    public async Task A_certificate_counts_on_a_WebSocket_too()
    {
        using var certificate = await Server.Api.Certificate("lamp");
        var address = new Uri($"wss://127.0.0.1:{Server.Api.DeviceEndpoint.Port}/mqtt");

        var caller = await Server.CallerAsync(new(address) { Certificate = certificate });

        Assert.Equal("lamp", caller?.ThingName);
    }

    [Fact]
    public async Task A_page_of_another_site_does_not_get_in_by_the_certificate_of_a_browser()
    {
        using var certificate = await Server.Api.Certificate("lamp");
        var way = new MqttWay(new Uri($"wss://127.0.0.1:{Server.Api.DeviceEndpoint.Port}/mqtt")) { Certificate = certificate };

        Assert.NotNull(await Server.CallerAsync(way with { Headers = new() { ["Origin"] = $"https://127.0.0.1:{Server.Api.DeviceEndpoint.Port}" } }));
        await Assert.ThrowsAnyAsync<Exception>(() => Server.CallerAsync(way with { Headers = new() { ["Origin"] = "https://elsewhere.example.com" } }));
    }
}
