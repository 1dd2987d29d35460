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

    /// <summary>Another broker in place of the server's own, which then listens nowhere; null for the own one.</summary>
    public BrokerSettings? Broker { get; init; }

    internal static MqttSettings Read(SettingReader settings)
    {
        settings.AllowOnly(Section, [PortName, .. MqttListenSettings.Names, .. BrokerSettings.Names]);
        var broker = BrokerSettings.Read(settings);
        return new()
        {
            Broker = broker,
            Port = broker is null ? settings.Port($"{Section}:{PortName}", DefaultPort) : null,
            IsDefaultPort = settings.Text($"{Section}:{PortName}") is null,
        };
    }
}
