using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Mqtt.Messages;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Server.Mqtt.Keeping;

/// <summary>
/// Keeps sessions and messages in the database of the jobs. What is told is written <see cref="Moment"/> later with all that came meanwhile. A message
/// to somebody who is connected is written only when he has not acknowledged it for <see cref="Patience"/>: most never are. So a crash loses what was
/// told within these; a stop loses nothing.
/// </summary>
internal sealed class EngineSessionsKeeper : ISessionsKeeper, IAsyncDisposable
{
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Each may be of some hundred kilobytes.</summary>
    private const int MessagesPage = 100;

    private const int SessionsPage = 500;

    private readonly Lock _lock = new();
    private readonly Dictionary<SessionKey, SessionChanges> _sessions = [];
    private readonly HashSet<SessionChanges> _changed = [];
    private readonly Dictionary<string, Publication?> _retained = new(StringComparer.Ordinal);
    private readonly HashSet<string> _storedRetained = new(StringComparer.Ordinal);
    private readonly JobsEngine _engine;
    private readonly TimeProvider _clock;
    private readonly WriteBehind _writer;
    private bool _isLaterSet;

    public EngineSessionsKeeper(JobsEngine engine, TimeProvider clock, ILogger<EngineSessionsKeeper> logger)
    {
        (_engine, _clock) = (engine, clock);
        _writer = new(engine, Moment, Take, "Sessions and messages", clock, logger);
    }

    public async Task<KeptState> LoadAsync(CancellationToken cancellationToken)
    {
        List<(KeptSession, IReadOnlyList<Outgoing>)> sessions = [];
        string? after = null;
        do
        {
            var page = await _engine.Broker.LoadSessionsAsync(after, SessionsPage, cancellationToken).ConfigureAwait(false);
            foreach (var stored in page.Sessions)
            {
                if (stored.Kept is { } session)
                {
                    sessions.Add((session, await LoadMessagesAsync(stored.ClientId, cancellationToken).ConfigureAwait(false)));
                }
            }
            after = page.Next;
        }
        while (after is not null);
        var retained = await LoadRetainedAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            foreach (var (session, _) in sessions)
            {
                Of(session.Key).Load();
            }
            _storedRetained.UnionWith(retained.Select(message => message.Topic));
        }
        return new(sessions, retained);
    }

    public void SessionSaved(KeptSession session) => Change(session.Key, changes => changes.Save(session));

    public void SessionRemoved(SessionKey key) => Change(key, changes => changes.Remove());

    public void MessageQueued(SessionKey key, Outgoing message) => Change(key, changes => changes.Queue(message, _clock.GetUtcNow() + Patience));

    public void MessageRemoved(SessionKey key, long number) => Change(key, changes => changes.Acknowledge(number));

    public void RetainedSet(Publication message) => Retain(message.Topic, message);

    public void RetainedRemoved(string topic) => Retain(topic, null);

    public Task FlushAsync(CancellationToken cancellationToken) => _writer.DrainAsync().WaitAsync(cancellationToken);

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task<IReadOnlyList<Outgoing>> LoadMessagesAsync(string clientId, CancellationToken cancellationToken)
    {
        List<Outgoing> messages = [];
        while (true)
        {
            var page = await _engine.Broker.ReadMessagesAsync(
                clientId, messages is [.., { Number: var last }] ? last : 0, MessagesPage, cancellationToken).ConfigureAwait(false);
            messages.AddRange(page.Select(message => message.Kept));
            if (page.Count < MessagesPage)
            {
                return messages;
            }
        }
    }

    private async Task<List<Publication>> LoadRetainedAsync(CancellationToken cancellationToken)
    {
        List<Publication> retained = [];
        while (true)
        {
            var page = await _engine.Broker.ReadRetainedAsync(retained is [.., { Topic: var last }] ? last : null, MessagesPage, cancellationToken).ConfigureAwait(false);
            retained.AddRange(page.Select(message => message.Kept with { Retain = true }));
            if (page.Count < MessagesPage)
            {
                return retained;
            }
        }
    }

    private void Change(SessionKey key, Action<SessionChanges> change)
    {
        if (_writer.HasEnded)
        {
            return;
        }
        lock (_lock)
        {
            var changes = Of(key);
            change(changes);
            if (changes.IsForgotten)
            {
                _sessions.Remove(key);
            }
            if (changes.IsDue)
            {
                _changed.Add(changes);
                _writer.Wake();
            }
            else if (!changes.IsWaiting)
            {
                _changed.Remove(changes);
            }
            else if (_changed.Add(changes) && !_isLaterSet)
            {
                _isLaterSet = true;
                _writer.WakeIn(Patience);
            }
        }
    }

    private void Retain(string topic, Publication? message)
    {
        if (_writer.HasEnded)
        {
            return;
        }
        lock (_lock)
        {
            if (message is null && !_storedRetained.Contains(topic))
            {
                _retained.Remove(topic);
                return;
            }
            _retained[topic] = message;
        }
        _writer.Wake();
    }

    private SessionChanges Of(SessionKey key)
    {
        if (!_sessions.TryGetValue(key, out var changes))
        {
            _sessions[key] = changes = new(key);
        }
        return changes;
    }

    private Func<Task>? Take(bool isAll)
    {
        var batch = new SessionsBatch();
        var now = _clock.GetUtcNow();
        DateTimeOffset? next = null;
        lock (_lock)
        {
            foreach (var changes in _changed.ToList())
            {
                var more = changes.Take(batch, now, isAll);
                if (more is null)
                {
                    _changed.Remove(changes);
                }
                if (changes.IsForgotten)
                {
                    _sessions.Remove(changes.Key);
                }
                next = more < next || next is null ? more ?? next : next;
            }
            foreach (var (topic, message) in _retained)
            {
                if (message is null)
                {
                    batch.NoLongerRetained.Add(topic);
                    _storedRetained.Remove(topic);
                }
                else
                {
                    batch.Retained.Add(message.Stored(now));
                    _storedRetained.Add(topic);
                }
            }
            _retained.Clear();
            _isLaterSet = next is not null;
            if (next is { } time)
            {
                _writer.WakeIn(time - now);
            }
        }
        return batch.IsEmpty ? null : () => batch.WriteAsync(_engine.Broker);
    }
}
