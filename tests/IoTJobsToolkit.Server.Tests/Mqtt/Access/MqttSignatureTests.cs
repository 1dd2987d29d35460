using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Server.Tests.Access;
using IoTJobsToolkit.Wire.Signing;
using MQTTnet.Formatter;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Access;

/// <summary>Operators that sign the address of a WebSocket, as AWS IoT's clients do.</summary>
public sealed class MqttSignatureTests : IAsyncLifetime
{
    private MqttAccessServer? _server;

    private MqttAccessServer Server => _server!;

    private SignedAddress Good => new(Server.Api.Endpoint, Server.Api.Key, Server.Api.Clock.GetUtcNow());

    public async ValueTask InitializeAsync() => _server = await MqttAccessServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Theory]
    [InlineData(MqttProtocolVersion.V311, null)]
    [InlineData(MqttProtocolVersion.V500, null)]
    [InlineData(MqttProtocolVersion.V500, 86400)]
    public async Task A_signed_address_lets_the_user_of_its_key_in(MqttProtocolVersion version, int? expires)
    {
        var caller = await Server.CallerAsync(new((Good with { Expires = expires }).Sign()) { Version = version, UserName = "?SDK=Java&Version=1" });

        Assert.Equal((CallerKind.Operator, "administrator", AccessRole.ADMINISTRATOR), (caller?.Caller.Kind, caller?.Caller.Name, caller?.Caller.Role));
    }

    [Fact]
    public async Task A_key_keeps_its_role()
    {
        var made = await Server.Api.Operator().ExecuteAsync(new CreateAccessKey("eve", AccessRole.VIEWER), TestContext.Current.CancellationToken);

        var caller = await Server.CallerAsync(new((Good with { Key = new(made.AccessKeyId, made.SecretAccessKey) }).Sign()));

        Assert.Equal(("eve", AccessRole.VIEWER), (caller?.Caller.Name, caller?.Caller.Role));
    }

    [Fact]
    public async Task Old_clients_ask_for_the_sub_protocol_mqttv31_and_get_it()
    {
        using var web = new WebSocketRequest(Server.Api.Endpoint) { Protocols = "mqttv3.1" };
        using var both = new WebSocketRequest(Server.Api.Endpoint) { Protocols = "other, mqtt" };

        var old = await web.SendAsync(Good.Sign().PathAndQuery);
        var other = await both.SendAsync(Good.Sign().PathAndQuery);

        Assert.Equal((101, "mqttv3.1"), (old.Status, old.Header("Sec-WebSocket-Protocol")));
        Assert.Equal((101, "mqtt"), (other.Status, other.Header("Sec-WebSocket-Protocol")));
    }

    [Theory]
    [InlineData("secret", "InvalidSignatureException")]
    [InlineData("key", "UnrecognizedClientException")]
    [InlineData("service", "InvalidSignatureException")]
    [InlineData("region", "InvalidSignatureException")]
    [InlineData("early", "RequestExpired")]
    [InlineData("late", "RequestExpired")]
    [InlineData("expired", "RequestExpired")]
    [InlineData("host", "InvalidSignatureException")]
    public async Task A_signature_that_does_not_count_is_refused_with_a_reason(string wrong, string error)
    {
        var address = wrong switch
        {
            "secret" => Good with { Key = Good.Key with { SecretAccessKey = "another-secret" } },
            "key" => Good with { Key = new("AKIANOTKNOWN", "secret") },
            "service" => Good with { Service = "iot" },
            "region" => Good with { Region = "eu-west-1" },
            "early" => Good with { Now = Good.Now.AddMinutes(16) },
            "late" => Good with { Now = Good.Now.AddMinutes(-16) },
            "expired" => Good with { Now = Good.Now.AddMinutes(-2), Expires = 60 },
            _ => Good with { At = new("http://elsewhere.example.com") },
        };
        using var web = new WebSocketRequest(Server.Api.Endpoint);

        var refused = await web.SendAsync(address.Sign().PathAndQuery);

        Assert.Equal((403, error), (refused.Status, refused.Header("x-amzn-ErrorType")));
        Assert.StartsWith("{\"message\":", refused.Body, StringComparison.Ordinal);
        Assert.Equal("close", refused.Header("Connection"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_security_token_counts_signed_or_added_after_signing_but_has_to_be_of_the_key(bool isAdded)
    {
        var key = new SigV4Credentials("AKIA", "secret", "token/+=");
        var address = Good with { Key = key, TokenBeforeSigning = isAdded ? null : key.SessionToken, TokenAfterSigning = isAdded ? key.SessionToken : null };
        using var web = new WebSocketRequest(Server.Api.Endpoint);

        Assert.IsType<SigV4Outcome.Verified>(Verify(address, key));
        Assert.Equal("UnrecognizedClientException", Assert.IsType<SigV4Outcome.Refused>(Verify(address, key with { SessionToken = "other" })).Error);
        // Of a key for good, the signature is right and the token too much.
        var refused = await web.SendAsync((address with { Key = Server.Api.Key }).Sign().PathAndQuery);
        Assert.Equal((403, "UnrecognizedClientException"), (refused.Status, refused.Header("x-amzn-ErrorType")));
        Assert.Contains("AWS_SESSION_TOKEN", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void The_API_takes_neither_a_token_added_after_signing_nor_the_service_of_the_gateway()
    {
        var key = new SigV4Credentials("AKIA", "secret", "token");
        var address = Good with { Key = key, Expires = 60, Service = "iot" };

        Assert.IsType<SigV4Outcome.Verified>(Verify(address with { TokenBeforeSigning = "token" }, key, SigV4Use.Api));
        Assert.IsType<SigV4Outcome.Refused>(Verify(address with { TokenAfterSigning = "token" }, key, SigV4Use.Api));
        Assert.IsType<SigV4Outcome.Refused>(Verify(address with { TokenBeforeSigning = "token", Service = "iotdevicegateway" }, key, SigV4Use.Api));
        Assert.IsType<SigV4Outcome.Refused>(Verify(address with { TokenBeforeSigning = "token", Expires = null }, key, SigV4Use.Api));
    }

    [Fact]
    public async Task What_is_no_WebSocket_of_MQTT_is_told_what_belongs_there()
    {
        using var web = new WebSocketRequest(Server.Api.Endpoint) { Protocols = "graphql-ws" };
        using var none = new WebSocketRequest(Server.Api.Endpoint) { Protocols = "" };

        Assert.Equal(400, (await web.SendAsync(Good.Sign().PathAndQuery)).Status);
        Assert.Equal(400, (await none.SendAsync(Good.Sign().PathAndQuery)).Status);
        (await Server.Api.Send("GET /mqtt")).IsRefused(400, "InvalidRequestException");
        (await Server.Api.Send("POST /mqtt")).IsRefused(400, "InvalidRequestException");
        (await Server.Api.Send("POST /mqtt/negotiate")).IsRefused(404, "UnknownOperationException");
    }

    [Fact]
    public async Task Addresses_of_one_plane_have_MQTT_too()
    {
        await using var server = await MqttAccessServer.StartAsync("--Jobs:ControlUrls=http://127.0.0.1:0", "--Jobs:DataUrls=http://127.0.0.1:0");

        foreach (var endpoint in server.Api.Endpoints.Where(endpoint => endpoint.Scheme == "http"))
        {
            Assert.NotNull(await server.CallerAsync(new(new SignedAddress(endpoint, server.Api.Key, server.Api.Clock.GetUtcNow()).Sign())));
        }
        Assert.NotNull(await server.CallerAsync(new(new SignedAddress(server.Api.DeviceEndpoint, server.Api.Key, server.Api.Clock.GetUtcNow()).Sign())));
    }

    private SigV4Outcome Verify(SignedAddress address, SigV4Credentials key, SigV4Use use = SigV4Use.WebSocket)
    {
        var signed = address.Sign();
        var request = new SigV4Request
        {
            Method = "GET", RawPath = signed.AbsolutePath, RawQuery = signed.Query[1..], Headers = [new("Host", signed.Authority)],
        };
        return new SigV4Verifier(["us-east-1"], use).Verify(request, Good.Now, _ => key);
    }
}
