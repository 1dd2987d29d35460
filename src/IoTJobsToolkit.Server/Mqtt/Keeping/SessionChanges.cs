using IoTJobsToolkit.Server.Mqtt.Sessions;

namespace IoTJobsToolkit.Server.Mqtt.Keeping;

/// <summary>
/// What of one session is not in the database yet. A message that is acknowledged before it was written never is. So however long the database
/// takes, there is never more here than the session itself holds.
/// </summary>
internal sealed class SessionChanges(SessionKey key)
{
    private readonly SortedDictionary<long, (Outgoing Message, DateTimeOffset DueAt)> _queued = [];
    private readonly HashSet<long> _acknowledged = [];
    private KeptSession? _saved;
    private bool _isConnected;
    private bool _isRemoved;
    private bool _isLive;
    private bool _isWritten;

    public SessionKey Key => key;

    /// <summary>Neither the broker nor the database has anything of it.</summary>
    public bool IsForgotten => !_isLive && !_isRemoved;

    /// <summary>Whether something of it is to be written without waiting for its client.</summary>
    public bool IsDue => _isRemoved || _saved is not null || _acknowledged.Count > 0 || !_isConnected && _queued.Count > 0;

    /// <summary>Whether messages wait for an acknowledgement before they are written.</summary>
    public bool IsWaiting => _queued.Count > 0;

    /// <summary>The database has it as it is.</summary>
    public void Load() => (_isLive, _isWritten) = (true, true);

    public void Save(KeptSession session) => (_saved, _isConnected, _isLive) = (session, session.DisconnectedAt is null, true);

    public void Remove()
    {
        _queued.Clear();
        _acknowledged.Clear();
        (_saved, _isConnected, _isLive) = (null, false, false);
        _isRemoved |= _isWritten;
    }

    /// <param name="dueAt">When it is written unless it is acknowledged before; at once where nobody is there who could.</param>
    public void Queue(Outgoing message, DateTimeOffset dueAt)
    {
        if (_isLive)
        {
            _queued[message.Number] = (message, dueAt);
        }
    }

    public void Acknowledge(long number)
    {
        if (_isLive && !_queued.Remove(number))
        {
            _acknowledged.Add(number);
        }
    }

    /// <summary>Hands over what is to be written now, or all of it; returns when there will be more, null where that is all.</summary>
    public DateTimeOffset? Take(SessionsBatch batch, DateTimeOffset now, bool isAll)
    {
        if (_isRemoved)
        {
            batch.Removed.Add(key.Text);
            (_isRemoved, _isWritten) = (false, false);
        }
        if (_saved is { } session)
        {
            batch.Saved.Add(session.Stored);
            (_saved, _isWritten) = (null, true);
        }
        batch.Acknowledged.AddRange(_acknowledged.Select(number => (key.Text, number)));
        _acknowledged.Clear();
        foreach (var (number, (message, dueAt)) in _queued.ToList()) // In their order, which is also that of time.
        {
            if (!isAll && _isConnected && dueAt > now)
            {
                return dueAt;
            }
            batch.Queued.Add(message.StoredIn(key, now));
            _queued.Remove(number);
        }
        return null;
    }
}
