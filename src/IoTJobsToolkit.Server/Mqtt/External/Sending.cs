using IoTJobsToolkit.Wire.Mqtt;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.External;

/// <summary>A message on its way to the broker: an answer, a notice or an event.</summary>
internal sealed record Sending(MqttMessage Message, MqttQualityOfServiceLevel Qos)
{
    /// <summary>Whom it tells what to do; null for other messages. Such a message is not kept for later, when more may have changed.</summary>
    public ThingSpace? Notice { get; init; }

    /// <summary>For an answer: its request gives its place to another one.</summary>
    public Action? WhenDone { get; init; }

    /// <summary>Connections that ended with this message under way.</summary>
    public int Failures { get; set; }
}

/// <summary>A thing's executions of one namespace, or of none.</summary>
internal readonly record struct ThingSpace(string ThingName, string? NamespaceId);
