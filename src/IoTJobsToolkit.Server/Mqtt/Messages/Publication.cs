using System.Buffers;
using System.Text;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.Messages;

/// <summary>A message as it was published, whoever gets it.</summary>
internal sealed record Publication(string Topic, ReadOnlyMemory<byte> Payload, MqttQualityOfServiceLevel Qos)
{
    private const int RoomForHead = 16;

    /// <summary>Whether its publisher wants it kept for those who subscribe later.</summary>
    public bool Retain { get; init; }

    /// <summary>From when on nobody gets it any more; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public string? ContentType { get; init; }

    public string? ResponseTopic { get; init; }

    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> UserProperties { get; init; } = [];

    /// <summary>Whether its publisher says that the payload is text in UTF-8.</summary>
    public bool IsPayloadText { get; init; }

    /// <summary>Not less than the bytes of its packet.</summary>
    public int Size => field != 0 ? field : field = RoomForHead + Payload.Length + (CorrelationData?.Length ?? 0) +
        3 * (Topic.Length + (ContentType?.Length ?? 0) + (ResponseTopic?.Length ?? 0)) +
        UserProperties.Sum(property => 5 + 3 * (property.Key.Length + property.Value.Length));

    public static Publication Of(MqttApplicationMessage message, DateTimeOffset now) =>
        new(message.Topic, message.Payload.ToArray(), message.QualityOfServiceLevel)
        {
            Retain = message.Retain,
            ExpiresAt = message.MessageExpiryInterval > 0 ? now.AddSeconds(message.MessageExpiryInterval) : null,
            ContentType = message.ContentType,
            ResponseTopic = message.ResponseTopic,
            CorrelationData = message.CorrelationData,
            UserProperties = Properties(message.UserProperties),
            IsPayloadText = message.PayloadFormatIndicator == MqttPayloadFormatIndicator.CharacterData,
        };

    public static IReadOnlyList<KeyValuePair<string, string>> Properties(List<MqttUserProperty>? properties) =>
        properties is null ? [] : [.. properties.Select(property => KeyValuePair.Create(property.Name, property.ReadValueAsString()))];

    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;

    public MqttApplicationMessage ToMessage(MqttQualityOfServiceLevel qos, bool retain, bool dup, IReadOnlyList<uint> subscriptions, DateTimeOffset now) => new()
    {
        Topic = Topic,
        Payload = new ReadOnlySequence<byte>(Payload),
        QualityOfServiceLevel = qos,
        Retain = retain,
        Dup = dup,
        MessageExpiryInterval = ExpiresAt is { } end ? (uint)Math.Max(1, Math.Ceiling((end - now).TotalSeconds)) : 0,
        ContentType = ContentType,
        ResponseTopic = ResponseTopic,
        CorrelationData = CorrelationData?.ToArray(),
        UserProperties = UserProperties.Count == 0
            ? null
            : [.. UserProperties.Select(property => new MqttUserProperty(property.Key, Encoding.UTF8.GetBytes(property.Value)))],
        PayloadFormatIndicator = IsPayloadText ? MqttPayloadFormatIndicator.CharacterData : MqttPayloadFormatIndicator.Unspecified,
        SubscriptionIdentifiers = subscriptions.Count == 0 ? null : [.. subscriptions],
    };
}
