using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Server.Mqtt.Sessions;

namespace IoTJobsToolkit.Server.Mqtt.Jobs;

/// <summary>A thing is heard when some session, connected or not, subscribed to what it would be told, by its name or by wildcards.</summary>
internal sealed class ThingAudience : IThingAudience
{
    private const string Notify = "notify";

    private volatile SessionRegistry? _registry;

    /// <summary>The engine begins before the broker can.</summary>
    public void ListenTo(SessionRegistry registry) => _registry = registry;

    public bool IsHeard(string thingName) => _registry is { } registry && registry.Subscribers.HasBelow($"$aws/things/{thingName}/jobs", Notify);
}
