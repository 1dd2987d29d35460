namespace IoTJobsToolkit.Server.Mqtt.Listeners;

/// <summary>What one connection of MQTT may take.</summary>
/// <param name="ConnectTime">From when it is open, TLS included, to the end of its first packet.</param>
internal sealed record MqttDoorLimits(TimeSpan ConnectTime)
{
    /// <summary>A message of AWS IoT has 128 KiB; its topic and properties come to that.</summary>
    public int MaxPacketBytes { get; init; } = 192 * 1024;
}
