using IoTJobsToolkit.Server.Mqtt.Access;

namespace IoTJobsToolkit.Server.Mqtt.Sessions;

/// <summary>A persistent session without its messages.</summary>
/// <param name="Caller">Whose it is, as he was when he last connected.</param>
/// <param name="DisconnectedAt">Null while it is connected.</param>
internal sealed record KeptSession(
    SessionKey Key, MqttCaller Caller, IReadOnlyList<Subscription> Subscriptions, TimeSpan Expiry, DateTimeOffset? DisconnectedAt);
