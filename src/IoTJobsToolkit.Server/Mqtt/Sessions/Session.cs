using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Messages;
using IoTJobsToolkit.Server.Mqtt.Topics;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.Sessions;

/// <summary>
/// What the broker knows of one client: to what it subscribed, what it still has to get, and by which connection. Whether it outlives that
/// connection is decided by its expiry. The registry alone changes who it belongs to and whether it is connected.
/// </summary>
internal sealed class Session : IOutboxKeeper
{
    private readonly ISessionsKeeper _keeper;
    private volatile Subscription[] _subscriptions = [];
    private volatile MqttCaller _caller;
    private volatile ILine? _line;

    public Session(SessionKey key, MqttCaller caller, ISessionsKeeper keeper, TimeProvider clock)
    {
        (Key, _caller, _keeper) = (key, caller, keeper);
        Outbox = new(clock, this);
    }

    public SessionKey Key { get; }

    public Outbox Outbox { get; }

    public MqttCaller Caller
    {
        get => _caller;
        set => _caller = value;
    }

    /// <summary>The connection whose session it is now; null while there is none.</summary>
    public ILine? Line
    {
        get => _line;
        set => _line = value;
    }

    public IReadOnlyList<Subscription> Subscriptions
    {
        get => _subscriptions;
        set => _subscriptions = [.. value];
    }

    /// <summary>For how long it is kept after its connection ended.</summary>
    public TimeSpan Expiry { get; set; }

    public DateTimeOffset? DisconnectedAt { get; set; }

    /// <summary>It was ended, by its client or by time; nothing of it is kept any more.</summary>
    public bool IsGone { get; set; }

    public bool IsPersistent => Expiry > TimeSpan.Zero;

    public KeptSession Kept => new(Key, _caller, _subscriptions, Expiry, DisconnectedAt);

    public bool HasExpired(DateTimeOffset now) => DisconnectedAt is { } at && at + Expiry <= now;

    /// <summary>
    /// Sends the session alone a message, subscribed or not: with its subscription's quality where it has one, else at most once
    /// (mqtt-api 3).
    /// </summary>
    public void Answer(Publication answer)
    {
        var qos = MqttQualityOfServiceLevel.AtMostOnce;
        List<uint>? identifiers = null;
        foreach (var subscription in _subscriptions)
        {
            if (TopicText.Matches(subscription.Filter, answer.Topic))
            {
                qos = subscription.Qos > qos ? subscription.Qos : qos;
                if (subscription.Identifier != 0 && identifiers?.Contains(subscription.Identifier) is not true)
                {
                    (identifiers ??= []).Add(subscription.Identifier);
                }
            }
        }
        Outbox.Put(new(answer, qos, Retain: false, identifiers ?? []));
    }

    void IOutboxKeeper.Queued(Outgoing message) => _keeper.MessageQueued(Key, message);

    void IOutboxKeeper.Removed(long number) => _keeper.MessageRemoved(Key, number);
}
