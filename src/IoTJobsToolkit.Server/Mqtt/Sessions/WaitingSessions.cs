using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Server.Mqtt.Sessions;

/// <summary>
/// Sessions of things that wait for their clients. A thing has so many and no more, however many client ids it comes with; those of operators, as
/// whom a whole fleet may come, are not counted.
/// </summary>
internal sealed class WaitingSessions
{
    public const int MaxOfThing = 50;

    private readonly Dictionary<string, LinkedList<Session>> _ofThing = new(StringComparer.Ordinal);

    /// <summary>Returns the one which has waited longest, where it has to go now.</summary>
    public Session? Add(Session session)
    {
        if (session.Key.Kind != CallerKind.Device)
        {
            return null;
        }
        if (!_ofThing.TryGetValue(session.Key.Owner, out var waiting))
        {
            _ofThing[session.Key.Owner] = waiting = new();
        }
        waiting.AddLast(session);
        return waiting.Count > MaxOfThing ? waiting.First!.Value : null;
    }

    /// <summary>It waits no more: its client is back, or it is forgotten.</summary>
    public void Remove(Session session)
    {
        if (_ofThing.TryGetValue(session.Key.Owner, out var waiting) && waiting.Remove(session) && waiting.Count == 0)
        {
            _ofThing.Remove(session.Key.Owner);
        }
    }
}
