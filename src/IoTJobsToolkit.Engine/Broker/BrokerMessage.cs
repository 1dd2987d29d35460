namespace IoTJobsToolkit.Engine.Broker;

/// <summary>A message as it was published, with its properties of MQTT 5 where it has any.</summary>
/// <param name="Topic">1 to 512 bytes of UTF-8.</param>
public sealed record BrokerMessage(string Topic, ReadOnlyMemory<byte> Payload, int Qos, DateTimeOffset PublishedAt)
{
    /// <summary>From when on it is not delivered any more; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public string? ContentType { get; init; }

    public string? ResponseTopic { get; init; }

    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    /// <summary>In their order; a name may come more than once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> UserProperties { get; init; } = [];

    /// <summary>Whether its publisher says that the payload is text in UTF-8; null where he says nothing.</summary>
    public bool? IsPayloadText { get; init; }
}

/// <summary>A message which waits in a session until its client has acknowledged it.</summary>
/// <param name="Number">
/// Given by the broker, within the session, each one more than the one before; from 1 on, or from the highest which is kept. A session keeps its
/// last 1,000: a message whose number is 1,000 less than the newest one's is dropped.
/// </param>
/// <param name="Message">With the QoS at which this client gets it.</param>
public sealed record SessionMessage(string ClientId, long Number, BrokerMessage Message)
{
    /// <summary>Whether the client is told that it was retained.</summary>
    public bool Retain { get; init; }

    /// <summary>Of the subscriptions by which the client gets it.</summary>
    public IReadOnlyList<uint> SubscriptionIdentifiers { get; init; } = [];
}
