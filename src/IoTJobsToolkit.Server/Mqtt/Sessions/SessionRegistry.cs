using System.Collections.Concurrent;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Topics;

namespace IoTJobsToolkit.Server.Mqtt.Sessions;

/// <summary>All sessions, connected or waiting for their clients, and who subscribed to what.</summary>
internal sealed class SessionRegistry(ISessionsKeeper keeper, IEnumerable<IConnectionWatch> watches, TimeProvider clock)
{
    private readonly ConcurrentDictionary<SessionKey, Session> _sessions = new();
    private readonly IConnectionWatch[] _watches = [.. watches];
    private readonly WaitingSessions _waiting = new();
    private readonly Lock _changing = new();

    /// <summary>Who subscribed to what.</summary>
    public TopicTrie<Session, Subscriber> Subscribers { get; } = new();

    public IEnumerable<Session> All => _sessions.Select(entry => entry.Value);

    /// <summary>The sessions of an earlier run.</summary>
    public void Restore(KeptState state)
    {
        foreach (var (kept, messages) in state.Sessions)
        {
            var session = new Session(kept.Key, kept.Caller, keeper, clock)
            {
                Expiry = kept.Expiry,
                DisconnectedAt = kept.DisconnectedAt ?? clock.GetUtcNow(),
                Subscriptions = kept.Subscriptions,
            };
            session.Outbox.SetPersistent(true);
            session.Outbox.Restore(messages);
            _sessions[kept.Key] = session;
            foreach (var subscription in kept.Subscriptions)
            {
                Subscribers.Set(subscription.Filter, session, new(session, subscription));
            }
            Wait(session);
        }
    }

    /// <summary>A client connects: it goes on with its session, or begins another one.</summary>
    /// <param name="isClean">What was before is to be forgotten.</param>
    public Entry Enter(ILine line, SessionKey key, MqttCaller caller, bool isClean, TimeSpan expiry)
    {
        lock (_changing)
        {
            var now = clock.GetUtcNow();
            var before = _sessions.GetValueOrDefault(key);
            var taken = before?.Line;
            if (before is not null && taken is not null)
            {
                before.Line = null;
                before.Outbox.Detach(taken);
                Tell(watch => watch.Disconnected(before, DisconnectCause.TakenOver, now));
            }
            var goesOn = before is { IsPersistent: true } && !before.HasExpired(now) && !isClean;
            if (before is not null && !goesOn)
            {
                Discard(before);
            }
            if (goesOn)
            {
                _waiting.Remove(before!);
            }
            var session = goesOn ? before! : _sessions[key] = new(key, caller, keeper, clock);
            if (goesOn && expiry == TimeSpan.Zero)
            {
                KeepNoLonger(session);
            }
            session.Caller = caller;
            session.Expiry = expiry;
            session.DisconnectedAt = null;
            session.Line = line;
            Save(session);
            session.Outbox.SetPersistent(session.IsPersistent);
            Tell(watch => watch.Connected(session, now));
            return new(session, goesOn, taken);
        }
    }

    /// <summary>A connection has ended; false where its session had gone on without it.</summary>
    public bool Leave(Session session, ILine line, DisconnectCause cause)
    {
        lock (_changing)
        {
            if (!ReferenceEquals(session.Line, line))
            {
                return false;
            }
            var now = clock.GetUtcNow();
            session.Line = null;
            session.Outbox.Detach(line);
            session.DisconnectedAt = now;
            if (session.IsPersistent)
            {
                Save(session);
                Wait(session);
            }
            else
            {
                Discard(session);
            }
            Tell(watch => watch.Disconnected(session, cause, now));
            return true;
        }
    }

    /// <summary>Null where the session has as many as it may have; else whether it had none for that filter.</summary>
    public bool? Subscribe(Session session, Subscription subscription, int max)
    {
        lock (_changing)
        {
            var others = session.Subscriptions.Where(other => other.Filter != subscription.Filter).ToList();
            var isNew = others.Count == session.Subscriptions.Count;
            if (isNew && others.Count >= max || session.IsGone)
            {
                return null;
            }
            session.Subscriptions = [.. others, subscription];
            Subscribers.Set(subscription.Filter, session, new(session, subscription));
            Save(session);
            return isNew;
        }
    }

    /// <summary>Whether there was one for that filter.</summary>
    public bool Unsubscribe(Session session, string filter)
    {
        lock (_changing)
        {
            if (!Subscribers.Remove(filter, session))
            {
                return false;
            }
            session.Subscriptions = [.. session.Subscriptions.Where(other => other.Filter != filter)];
            Save(session);
            return true;
        }
    }

    /// <summary>Forgets the sessions whose clients did not come back in time.</summary>
    public void ForgetExpired()
    {
        var now = clock.GetUtcNow();
        foreach (var (_, session) in _sessions)
        {
            if (session.HasExpired(now))
            {
                lock (_changing)
                {
                    if (session.HasExpired(now) && !session.IsGone)
                    {
                        Discard(session);
                    }
                }
            }
        }
    }

    /// <summary>Things are gone: others of the same names do not find their sessions. Who is still connected is sent away elsewhere.</summary>
    public void ForgetThings(IReadOnlySet<string> things)
    {
        lock (_changing)
        {
            foreach (var (key, session) in _sessions)
            {
                if (key.Kind != CallerKind.Device || !things.Contains(key.Owner))
                {
                    continue;
                }
                if (session.Line is null)
                {
                    Discard(session);
                }
                else
                {
                    KeepNoLonger(session);
                }
            }
        }
    }

    private void Discard(Session session)
    {
        session.IsGone = true;
        _waiting.Remove(session);
        _sessions.TryRemove(KeyValuePair.Create(session.Key, session));
        foreach (var subscription in session.Subscriptions)
        {
            Subscribers.Remove(subscription.Filter, session);
        }
        KeepNoLonger(session);
    }

    /// <summary>From now on it lives as long as its connection. No message of it is kept after it was forgotten itself.</summary>
    private void KeepNoLonger(Session session)
    {
        session.Outbox.SetPersistent(false);
        if (session.IsPersistent)
        {
            session.Expiry = TimeSpan.Zero;
            keeper.SessionRemoved(session.Key);
        }
    }

    private void Save(Session session)
    {
        if (session is { IsPersistent: true, IsGone: false })
        {
            keeper.SessionSaved(session.Kept);
        }
    }

    private void Tell(Action<IConnectionWatch> what)
    {
        foreach (var watch in _watches)
        {
            what(watch);
        }
    }

    private void Wait(Session session)
    {
        if (_waiting.Add(session) is { } longest)
        {
            Discard(longest);
        }
    }
}

/// <param name="Session">The session of the new connection.</param>
/// <param name="WasPresent">Whether it goes on with what was before.</param>
/// <param name="Taken">The connection which it had until now, to be ended.</param>
internal sealed record Entry(Session Session, bool WasPresent, ILine? Taken);
