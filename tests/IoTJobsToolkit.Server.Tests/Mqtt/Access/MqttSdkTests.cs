using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Tests.Sdk;
using IoTJobsToolkit.Wire.Credentials;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Access;

/// <summary>Clients that people use with AWS IoT, and that sign by themselves.</summary>
public sealed class MqttSdkTests
{
    [Fact]
    public async Task AWSs_device_SDK_and_MQTTjs_come_in_by_a_signed_WebSocket()
    {
        await using var server = await MqttAccessServer.StartAsync(null, DateTimeOffset.UtcNow);
        var devices = server.Api.DeviceEndpoint;

        await NodeScript.RunAsync(
            "mqtt-websocket.cjs",
            "aws-iot-device-sdk",
            ("HOST", devices.Host),
            ("PORT", $"{devices.Port}"),
            ("CA", LocalAuthority.CertificatePathFor(server.Api.DatabasePath)),
            ("KEY_ID", server.Api.Key.AccessKeyId),
            ("SECRET", server.Api.Key.SecretAccessKey),
            ("SIGNED", new SignedAddress(devices, server.Api.Key, DateTimeOffset.UtcNow) { Expires = 300 }.Sign().AbsoluteUri));

        Assert.Equal(
            [("aws-iot-device-sdk", CallerKind.Operator), ("mqtt.js", CallerKind.Operator)],
            server.Callers.Select(entry => (entry.Key, entry.Value.Caller.Kind)).Order());
    }
}
