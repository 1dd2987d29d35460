using IoTJobsToolkit.Engine.Notifications;

namespace IoTJobsToolkit.Server.Mqtt.External;

/// <summary>Who listens at another broker is not known here: every thing may.</summary>
internal sealed class EverybodyAudience : IThingAudience
{
    public bool IsHeard(string thingName) => true;
}
