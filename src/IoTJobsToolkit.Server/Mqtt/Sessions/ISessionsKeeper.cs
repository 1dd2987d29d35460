using IoTJobsToolkit.Server.Mqtt.Messages;

namespace IoTJobsToolkit.Server.Mqtt.Sessions;

/// <summary>
/// Keeps what a broker has to know after a restart. Nobody waits here: what is told is written in its order, soon;
/// <see cref="FlushAsync"/> waits for it. Told of persistent sessions only.
/// </summary>
internal interface ISessionsKeeper
{
    /// <summary>What was kept, for a broker that begins. Those that were connected then count as disconnected since now.</summary>
    Task<KeptState> LoadAsync(CancellationToken cancellationToken);

    /// <summary>A session is new, or its subscriptions, its expiry or whether it is connected changed; the messages in it stay.</summary>
    void SessionSaved(KeptSession session);

    /// <summary>With all its messages.</summary>
    void SessionRemoved(SessionKey key);

    void MessageQueued(SessionKey key, Outgoing message);

    /// <summary>It was acknowledged, has expired or gave way to others.</summary>
    void MessageRemoved(SessionKey key, long number);

    void RetainedSet(Publication message);

    void RetainedRemoved(string topic);

    /// <summary>Completes when all that was told before is durable.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}

/// <param name="Sessions">Each with the messages that wait in it, by number.</param>
internal sealed record KeptState(IReadOnlyList<(KeptSession Session, IReadOnlyList<Outgoing> Messages)> Sessions, IReadOnlyList<Publication> Retained)
{
    public static KeptState Empty { get; } = new([], []);
}
