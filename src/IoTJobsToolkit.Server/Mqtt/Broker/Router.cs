using IoTJobsToolkit.Server.Mqtt.Messages;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.Broker;

/// <summary>
/// Brings a message to everybody who subscribed to its topic, once to each, however many of his filters take it in: with the highest quality of
/// these, but no higher than it was published (MQTT 5, 3.3.4).
/// </summary>
internal sealed class Router(SessionRegistry registry)
{
    [ThreadStatic]
    private static List<Subscriber>? _found;

    /// <param name="from">Whose message it is; null for the service's own.</param>
    /// <returns>Whether anybody gets it.</returns>
    public bool Route(Publication message, Session? from)
    {
        var found = _found ?? [];
        _found = null;
        registry.Subscribers.Match(message.Topic, found);
        if (from is not null)
        {
            found.RemoveAll(subscriber => subscriber.Subscription.NoLocal && ReferenceEquals(subscriber.Session, from));
        }
        var any = found.Count > 0;
        if (found.Count == 1)
        {
            Put(message, found[0].Session, found);
        }
        else if (any)
        {
            foreach (var session in found.GroupBy(subscriber => subscriber.Session, ReferenceEqualityComparer.Instance))
            {
                Put(message, (Session)session.Key!, session);
            }
        }
        found.Clear();
        _found = found;
        return any;
    }

    private static void Put(Publication message, Session session, IEnumerable<Subscriber> subscribers)
    {
        var qos = MqttQualityOfServiceLevel.AtMostOnce;
        var retain = false;
        List<uint>? identifiers = null;
        foreach (var (_, subscription) in subscribers)
        {
            qos = subscription.Qos > qos ? subscription.Qos : qos;
            retain |= subscription.RetainAsPublished && message.Retain;
            if (subscription.Identifier != 0 && identifiers?.Contains(subscription.Identifier) is not true)
            {
                (identifiers ??= []).Add(subscription.Identifier);
            }
        }
        session.Outbox.Put(new(message, qos < message.Qos ? qos : message.Qos, retain, identifiers ?? []));
    }
}
