namespace IoTJobsToolkit.Engine.Broker;

/// <summary>A persistent session of MQTT: what a client subscribed to, kept beyond its connection and beyond a restart of the server.</summary>
/// <param name="ClientId">1 to 512 bytes of UTF-8.</param>
public sealed record BrokerSession(string ClientId, BrokerOwner Owner)
{
    public IReadOnlyList<BrokerSubscription> Subscriptions { get; init; } = [];

    /// <summary>For how long it is kept after its connection ended, in seconds; 0 for not at all.</summary>
    public long ExpirySeconds { get; init; }

    /// <summary>When its connection ended; null while it is connected.</summary>
    public DateTimeOffset? DisconnectedAt { get; init; }

    /// <summary>From when on it no longer counts; null while it is connected.</summary>
    public DateTimeOffset? ExpiresAt => DisconnectedAt?.AddSeconds(ExpirySeconds);
}

/// <summary>Whose session it is: nobody else takes it over.</summary>
/// <param name="Kind">A device, or who has an access key.</param>
/// <param name="Name">The thing's name, or the access key's user.</param>
/// <param name="ThingSequence">Which thing of that name; filled in by the engine where it is not given. Null for operators.</param>
public sealed record BrokerOwner(CallerKind Kind, string Name, long? ThingSequence = null);

/// <summary>A subscription with its options (MQTT 5, 3.8.3.1); those of MQTT 3.1.1 have none but the QoS.</summary>
/// <param name="Filter">1 to 512 bytes of UTF-8.</param>
/// <param name="RetainHandling">0: retained messages are sent; 1: where the subscription is new; 2: never.</param>
public sealed record BrokerSubscription(
    string Filter, int Qos, bool NoLocal = false, bool RetainAsPublished = false, int RetainHandling = 0, uint? SubscriptionIdentifier = null);
