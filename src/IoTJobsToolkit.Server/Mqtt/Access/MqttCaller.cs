using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Server.Mqtt.Access;

/// <summary>
/// Who a connection acts for. A <see cref="CallerKind.Device"/> publishes and subscribes what its thing may (mqtt-api 9); an operator watches
/// according to his role, and may act as any thing where the role may change jobs.
/// </summary>
/// <param name="Credential">Kind and id of what it showed, for the log; never a secret.</param>
internal sealed record MqttCaller(Caller Caller, string Credential)
{
    public string? ThingName => Caller.ThingName;

    /// <summary>For an operator's access key: its id.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>What it showed, to be looked at again; null for what cannot be taken away.</summary>
    public Standing? Standing { get; init; }
}
