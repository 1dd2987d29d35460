using IoTJobsToolkit.Server.Mqtt.Messages;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.Sessions;

/// <summary>A message on its way to one client.</summary>
/// <param name="Qos">With which this client gets it.</param>
/// <param name="Retain">Whether the client is told that it was retained.</param>
/// <param name="SubscriptionIdentifiers">Of the subscriptions by which it gets it.</param>
internal sealed record Outgoing(Publication Publication, MqttQualityOfServiceLevel Qos, bool Retain, IReadOnlyList<uint> SubscriptionIdentifiers)
{
    /// <summary>Within its session, each one more than the one before; given by the session to those that are kept.</summary>
    public long Number { get; init; }

    /// <summary>It was sent in an earlier connection, which ended before the client had acknowledged it.</summary>
    public bool IsRepeated { get; init; }

    public bool IsKept => Qos != MqttQualityOfServiceLevel.AtMostOnce;
}
