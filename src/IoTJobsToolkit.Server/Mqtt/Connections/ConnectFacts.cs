using IoTJobsToolkit.Server.Mqtt.Messages;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.Connections;

/// <summary>What a client wanted when it connected, within what it may have.</summary>
internal sealed record ConnectFacts
{
    public required string ClientId { get; init; }

    /// <summary>What was before is to be forgotten.</summary>
    public required bool IsClean { get; init; }

    /// <summary>For how long its session is kept after the connection.</summary>
    public required TimeSpan Expiry { get; init; }

    public required TimeSpan KeepAlive { get; init; }

    /// <summary>What is published when the connection breaks; null where the client gave nothing.</summary>
    public Will? Will { get; init; }

    /// <summary>How many messages it takes before it has acknowledged the first of them.</summary>
    public required int Window { get; init; }

    public required long MaxPacketBytes { get; init; }

    /// <summary>The client has to be told that its keep-alive is another one.</summary>
    public required bool IsKeepAliveChanged { get; init; }

    public required bool IsExpiryChanged { get; init; }

    public required string? AuthenticationMethod { get; init; }

    /// <summary>
    /// Takes from the packet what this broker does by itself: to the library every connection is a client of its own, with a session that ends
    /// with it.
    /// </summary>
    public static ConnectFacts Take(MqttConnectPacket packet, string connectionId, bool isOfMqtt5, BrokerLimits limits)
    {
        var asked = TimeSpan.FromSeconds(packet.KeepAlivePeriod);
        var keepAlive = asked == TimeSpan.Zero || asked > limits.MaxKeepAlive ? limits.MaxKeepAlive : asked < limits.MinKeepAlive ? limits.MinKeepAlive : asked;
        var wanted = TimeSpan.FromSeconds(packet.SessionExpiryInterval);
        var facts = new ConnectFacts
        {
            ClientId = packet.ClientId ?? "",
            IsClean = packet.CleanSession,
            Expiry = !isOfMqtt5 ? packet.CleanSession ? TimeSpan.Zero : limits.MaxSessionExpiry : wanted < limits.MaxSessionExpiry ? wanted : limits.MaxSessionExpiry,
            KeepAlive = keepAlive,
            IsKeepAliveChanged = keepAlive != asked,
            IsExpiryChanged = wanted > limits.MaxSessionExpiry,
            Will = packet.WillFlag ? Will.Of(packet) : null,
            Window = packet.ReceiveMaximum is > 0 and var most ? Math.Min(most, limits.MaxInFlight) : limits.MaxInFlight,
            MaxPacketBytes = packet.MaximumPacketSize > 0 ? packet.MaximumPacketSize : long.MaxValue,
            AuthenticationMethod = packet.AuthenticationMethod,
        };
        packet.ClientId = connectionId;
        packet.CleanSession = true;
        packet.SessionExpiryInterval = 0;
        packet.WillFlag = false;
        packet.KeepAlivePeriod = (ushort)keepAlive.TotalSeconds;
        return facts;
    }
}

/// <param name="Delay">How long after the connection broke; where the client comes back before, it is not published.</param>
/// <param name="Lifetime">From when it is published; null for ever.</param>
internal sealed record Will(Publication Publication, TimeSpan Delay, TimeSpan? Lifetime)
{
    public static Will Of(MqttConnectPacket packet) => new(
        new(packet.WillTopic ?? "", packet.WillMessage ?? [], packet.WillQoS)
        {
            Retain = packet.WillRetain,
            ContentType = packet.WillContentType,
            ResponseTopic = packet.WillResponseTopic,
            CorrelationData = packet.WillCorrelationData,
            UserProperties = Publication.Properties(packet.WillUserProperties),
            IsPayloadText = packet.WillPayloadFormatIndicator == MqttPayloadFormatIndicator.CharacterData,
        },
        TimeSpan.FromSeconds(packet.WillDelayInterval),
        packet.WillMessageExpiryInterval > 0 ? TimeSpan.FromSeconds(packet.WillMessageExpiryInterval) : null);

    public Publication At(DateTimeOffset now) => Publication with { ExpiresAt = now + Lifetime };
}
