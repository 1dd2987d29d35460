using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.Connections;

/// <summary>What of a SUBSCRIBE does not reach whoever decides on each of its filters.</summary>
/// <param name="Count">How many filters it has.</param>
/// <param name="Identifier">0 where the client gave none.</param>
internal sealed record PendingSubscribe(int Count, uint Identifier)
{
    private readonly Dictionary<MqttTopicFilter, MqttQualityOfServiceLevel> _qos = new(ReferenceEqualityComparer.Instance);

    public MqttQualityOfServiceLevel QosOf(MqttTopicFilter filter) => _qos.GetValueOrDefault(filter);

    /// <summary>The library answers filters by their quality, not in their order; so that both are the same, they get all the same one.</summary>
    public static PendingSubscribe Take(MqttSubscribePacket packet)
    {
        var pending = new PendingSubscribe(packet.TopicFilters.Count, packet.SubscriptionIdentifier);
        foreach (var filter in packet.TopicFilters)
        {
            pending._qos[filter] = filter.QualityOfServiceLevel;
            filter.QualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce;
        }
        return pending;
    }
}
