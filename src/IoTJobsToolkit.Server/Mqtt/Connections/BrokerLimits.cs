namespace IoTJobsToolkit.Server.Mqtt.Connections;

/// <summary>What one client may take of the broker: AWS's quotas (jobs-reference 17).</summary>
internal sealed record BrokerLimits
{
    public int MaxPayloadBytes { get; init; } = 128 * 1024;

    /// <summary>A payload, its topic and what MQTT 5 adds.</summary>
    public int MaxPacketBytes { get; init; } = 192 * 1024;

    public int MaxClientIdBytes { get; init; } = 128;

    public int MaxFiltersPerSubscribe { get; init; } = 8;

    public int MaxSubscriptions { get; init; } = 50;

    /// <summary>Messages and filters in a second, of one connection; null for as many as it likes.</summary>
    public int? RequestsPerSecond { get; init; } = 100;

    /// <summary>Requests of one connection that are worked on at one time, and messages to one client that it has not acknowledged.</summary>
    public int MaxInFlight { get; init; } = 100;

    public ushort MaxTopicAliases { get; init; } = 8;

    public int MaxRetained { get; init; } = 5_000;

    public TimeSpan MinKeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Also for clients that name none.</summary>
    public TimeSpan MaxKeepAlive { get; init; } = TimeSpan.FromSeconds(1200);

    /// <summary>For which a session is kept at the most, and that of MQTT 3.1.1 always.</summary>
    public TimeSpan MaxSessionExpiry { get; init; } = TimeSpan.FromSeconds(3600);
}
