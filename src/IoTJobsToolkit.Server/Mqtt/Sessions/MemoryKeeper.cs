using System.Collections.Concurrent;
using IoTJobsToolkit.Server.Mqtt.Messages;

namespace IoTJobsToolkit.Server.Mqtt.Sessions;

/// <summary>Keeps it as long as this process lives.</summary>
internal sealed class MemoryKeeper(TimeProvider clock) : ISessionsKeeper
{
    private readonly ConcurrentDictionary<SessionKey, (KeptSession Session, ConcurrentDictionary<long, Outgoing> Messages)> _sessions = new();
    private readonly ConcurrentDictionary<string, Publication> _retained = new();

    public Task<KeptState> LoadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Task.FromResult(new KeptState(
            [.. _sessions.Values.Select(kept => (
                kept.Session with { DisconnectedAt = kept.Session.DisconnectedAt ?? now },
                (IReadOnlyList<Outgoing>)[.. kept.Messages.Values.OrderBy(message => message.Number)]))],
            [.. _retained.Values]));
    }

    public void SessionSaved(KeptSession session) =>
        _sessions.AddOrUpdate(session.Key, _ => (session, new()), (_, before) => (session, before.Messages));

    public void SessionRemoved(SessionKey key) => _sessions.TryRemove(key, out _);

    public void MessageQueued(SessionKey key, Outgoing message)
    {
        if (_sessions.TryGetValue(key, out var kept))
        {
            kept.Messages[message.Number] = message;
        }
    }

    public void MessageRemoved(SessionKey key, long number)
    {
        if (_sessions.TryGetValue(key, out var kept))
        {
            kept.Messages.TryRemove(number, out _);
        }
    }

    public void RetainedSet(Publication message) => _retained[message.Topic] = message;

    public void RetainedRemoved(string topic) => _retained.TryRemove(topic, out _);

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
