namespace IoTJobsToolkit.Server.Settings;

/// <summary>Where MQTT comes in.</summary>
public sealed record MqttSettings
{
    internal const string Section = "Mqtt";

    public const string PortName = "Port";

    public const int DefaultPort = 1883;

    /// <summary>On this machine alone, without TLS: 0 for any that is free; null for none.</summary>
    public int? Port { get; init; } = DefaultPort;

    /// <summary>Nobody chose the port: where something else has it, MQTT has no address without TLS.</summary>
    public bool IsDefaultPort { get; init; } = true;

    internal static MqttSettings Read(SettingReader settings)
    {
        settings.AllowOnly(Section, [PortName, .. MqttListenSettings.Names]);
        return new()
        {
            Port = settings.Port($"{Section}:{PortName}", DefaultPort),
            IsDefaultPort = settings.Text($"{Section}:{PortName}") is null,
        };
    }
}
