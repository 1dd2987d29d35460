namespace IoTJobsToolkit.Server.Mqtt.Access;

/// <summary>What the request showed that became a WebSocket of MQTT; a feature of its context.</summary>
/// <param name="Caller">Null where it showed nothing, and the password of MQTT may still.</param>
internal sealed record MqttUpgrade(MqttCaller? Caller);
