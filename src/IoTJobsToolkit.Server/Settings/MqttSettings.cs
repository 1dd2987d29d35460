using IoTJobsToolkit.Wire.Mqtt;

namespace IoTJobsToolkit.Server.Settings;

/// <summary>Where MQTT comes in.</summary>
public sealed record MqttSettings
{
    internal const string Section = "Mqtt";

    public const string PortName = "Port";

    public const int DefaultPort = 1883;

    private const string DevicesPublish = nameof(DevicesPublish);
    private const string DevicesSubscribe = nameof(DevicesSubscribe);

    /// <summary>On this machine alone, without TLS: 0 for any that is free; null for none.</summary>
    public int? Port { get; init; } = DefaultPort;

    /// <summary>Nobody chose the port: where something else has it, MQTT has no address without TLS.</summary>
    public bool IsDefaultPort { get; init; } = true;

    /// <summary>What devices may do beside their own thing's jobs: nothing by default.</summary>
    public TopicPolicy Topics { get; init; } = TopicPolicy.Default;

    /// <summary>Another broker in place of the server's own, which then listens nowhere; null for the own one.</summary>
    public BrokerSettings? Broker { get; init; }

    internal static MqttSettings Read(SettingReader settings)
    {
        settings.AllowOnly(Section, [PortName, DevicesPublish, DevicesSubscribe, .. MqttListenSettings.Names, .. BrokerSettings.Names]);
        var broker = BrokerSettings.Read(settings);
        return new()
        {
            Broker = broker,
            Port = broker is null ? settings.Port($"{Section}:{PortName}", DefaultPort) : null,
            IsDefaultPort = settings.Text($"{Section}:{PortName}") is null,
            Topics = new(Patterns(settings, DevicesPublish), Patterns(settings, DevicesSubscribe)),
        };
    }

    private static IReadOnlyList<string> Patterns(SettingReader settings, string name)
    {
        var patterns = settings.List($"{Section}:{name}");
        foreach (var pattern in patterns)
        {
            try
            {
                _ = new TopicPolicy([pattern], []);
            }
            catch (ArgumentException)
            {
                throw SettingReader.Refused(
                    $"{Section}:{name}", pattern, $"filters of ordinary topics such as fleet/{TopicPolicy.ThingPlaceholder}/#, with ';' between them");
            }
        }
        return patterns;
    }
}
