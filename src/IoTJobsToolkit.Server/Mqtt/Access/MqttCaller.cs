using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Server.Mqtt.Access;

/// <summary>
/// Who a connection acts for. A <see cref="CallerKind.Device"/> publishes and subscribes what its thing may (mqtt-api 9); an operator watches
/// according to his role, and may act as any thing where the role may change jobs.
/// </summary>
/// <param name="Credential">Kind and id of what it showed, for the log and for looking at it again; never a secret.</param>
internal sealed record MqttCaller(Caller Caller, string Credential)
{
    public string? ThingName => Caller.ThingName;
}
