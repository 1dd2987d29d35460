using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.Sessions;

/// <summary>What a client subscribed to, with the options of MQTT 5; those of MQTT 3.1.1 have none but the quality of service.</summary>
internal sealed record Subscription(string Filter, MqttQualityOfServiceLevel Qos)
{
    /// <summary>What the client itself publishes is not sent to it.</summary>
    public bool NoLocal { get; init; }

    /// <summary>Whether the client sees what was published to be retained; else it sees that only of what was retained before it subscribed.</summary>
    public bool RetainAsPublished { get; init; }

    public MqttRetainHandling RetainHandling { get; init; }

    /// <summary>0 where the client gave none.</summary>
    public uint Identifier { get; init; }
}
