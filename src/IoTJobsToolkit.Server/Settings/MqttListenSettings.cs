namespace IoTJobsToolkit.Server.Settings;

/// <summary>Where MQTT is spoken over TLS, and what its connections may take (section <c>Mqtt</c>).</summary>
public sealed record MqttListenSettings
{
    internal const string Section = "Mqtt";

    public const string TlsPortName = "TlsPort";

    /// <summary>As AWS's.</summary>
    public const int DefaultTlsPort = 8883;

    /// <summary>0 for any that is free; null for none.</summary>
    public int? TlsPort { get; init; } = DefaultTlsPort;

    /// <summary>Nobody chose the port: where something else has it, there is no MQTT over TLS but at the port of devices.</summary>
    public bool IsDefaultTlsPort { get; init; } = true;

    /// <summary>Connections at one address of MQTT.</summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary>For which a connection may stay silent before it says who it is.</summary>
    public int ConnectSeconds { get; init; } = 10;

    /// <summary>Names of the settings below <c>Mqtt</c>.</summary>
    internal static IEnumerable<string> Names => [TlsPortName, nameof(MaxConnections), nameof(ConnectSeconds)];

    internal static MqttListenSettings Read(SettingReader settings)
    {
        var otherwise = new MqttListenSettings();
        return new()
        {
            TlsPort = settings.Text($"{Section}:{BrokerSettings.AddressName}") is null ? settings.Port($"{Section}:{TlsPortName}", DefaultTlsPort) : null,
            IsDefaultTlsPort = settings.Text($"{Section}:{TlsPortName}") is null,
            MaxConnections = settings.WholeNumber($"{Section}:{nameof(MaxConnections)}", 1, 1_000_000) ?? otherwise.MaxConnections,
            ConnectSeconds = settings.WholeNumber($"{Section}:{nameof(ConnectSeconds)}", 1, 3600) ?? otherwise.ConnectSeconds,
        };
    }
}
