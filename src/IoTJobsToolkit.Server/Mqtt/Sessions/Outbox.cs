namespace IoTJobsToolkit.Server.Mqtt.Sessions;

/// <summary>
/// What a session still has to send, in its order. A few messages at a time are on the line: so many as the client may leave without an
/// acknowledgement. Where it is full the oldest give way: the newest says how things are.
/// </summary>
internal sealed class Outbox(TimeProvider clock, IOutboxKeeper keeper)
{
    public const int MaxMessages = 1_000;
    public const int MaxBytes = 8 << 20;

    /// <summary>What lies in the broker's own queue of one connection at the most.</summary>
    private const int MaxUnsent = 100;

    private readonly Lock _lock = new();
    private readonly LinkedList<Outgoing> _waiting = new();
    private readonly Dictionary<ushort, Outgoing> _onTheLine = [];
    private ILine? _line;
    private TaskCompletionSource? _allSent;
    private long _lastNumber;
    private long _bytes;
    private int _unsent;
    private bool _isPersistent;

    /// <summary>How many messages wait for the client or for its acknowledgement.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count + _onTheLine.Count;
            }
        }
    }

    /// <summary>Whether it outlives its connection. A client that asks for less has what is kept forgotten.</summary>
    public void SetPersistent(bool isPersistent)
    {
        lock (_lock)
        {
            _isPersistent = isPersistent;
        }
    }

    public void Restore(IReadOnlyList<Outgoing> kept)
    {
        lock (_lock)
        {
            foreach (var message in kept)
            {
                _lastNumber = Math.Max(_lastNumber, message.Number);
                _bytes += message.Publication.Size;
                _waiting.AddLast(message with { IsRepeated = true });
            }
        }
    }

    public void Put(Outgoing message)
    {
        lock (_lock)
        {
            if (_line is null && !(_isPersistent && message.IsKept))
            {
                return;
            }
            var numbered = message.IsKept ? message with { Number = ++_lastNumber } : message;
            _bytes += message.Publication.Size;
            _waiting.AddLast(numbered);
            if (_isPersistent && message.IsKept)
            {
                keeper.Queued(numbered);
            }
            Pump();
            while (_waiting.Count > 0 && (_waiting.Count + _onTheLine.Count > MaxMessages || _bytes > MaxBytes))
            {
                Forget(_waiting.First!.Value);
                _waiting.RemoveFirst();
            }
        }
    }

    /// <summary>From now on messages go there; what went to an earlier line and was not acknowledged goes first.</summary>
    public void Attach(ILine line)
    {
        lock (_lock)
        {
            TakeBack();
            _line = line;
            Pump();
        }
    }

    /// <summary>What was sent at most once is lost with the line, as is everything of a session that does not outlive it.</summary>
    public void Detach(ILine line)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_line, line))
            {
                return;
            }
            _line = null;
            TakeBack();
            for (var at = _waiting.First; at is not null;)
            {
                var (node, next) = (at, at.Next);
                if (!node.Value.IsKept || !_isPersistent)
                {
                    Forget(node.Value);
                    _waiting.Remove(node);
                }
                at = next;
            }
        }
    }

    /// <summary>What the client is not to get after all.</summary>
    public void Drop(Func<Outgoing, bool> isMeant)
    {
        lock (_lock)
        {
            foreach (var message in _waiting.Where(isMeant).ToList())
            {
                Forget(message);
                _waiting.Remove(message);
            }
        }
    }

    public void Acknowledge(ILine line, ushort identifier)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_line, line) && _onTheLine.Remove(identifier, out var message))
            {
                Forget(message);
                Pump();
            }
        }
    }

    /// <summary>A message left by the line.</summary>
    public void Sent(ILine line)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_line, line) && _unsent > 0)
            {
                _unsent--;
                Pump();
            }
        }
    }

    /// <summary>Completes when nothing that can be sent now is left to be sent.</summary>
    public Task WhenSentAsync()
    {
        lock (_lock)
        {
            return _unsent == 0 || _line is null ? Task.CompletedTask : (_allSent ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    // The lock is this session's alone, and handing over never waits.
    private void Pump()
    {
        while (_line is { } line && _waiting.First is { } first && _unsent < MaxUnsent && (!first.Value.IsKept || _onTheLine.Count < line.Window))
        {
            _waiting.RemoveFirst();
            var message = first.Value;
            if (message.Publication.HasExpired(clock.GetUtcNow()) || message.Publication.Size > line.MaxPacketBytes)
            {
                Forget(message);
                continue;
            }
            if (line.Send(message) is not { } identifier)
            {
                _waiting.AddFirst(first);
                break;
            }
            _unsent++;
            if (!message.IsKept)
            {
                _bytes -= message.Publication.Size;
            }
            else if (!_onTheLine.TryAdd(identifier, message))
            {
                // The client left one unacknowledged for so long that its number came round.
                Forget(_onTheLine[identifier]);
                _onTheLine[identifier] = message;
            }
        }
        if (_unsent == 0)
        {
            _allSent?.TrySetResult();
            _allSent = null;
        }
    }

    private void TakeBack()
    {
        foreach (var message in _onTheLine.Values.OrderByDescending(message => message.Number))
        {
            _waiting.AddFirst(message with { IsRepeated = true });
        }
        _onTheLine.Clear();
        _unsent = 0;
        _allSent?.TrySetResult();
        _allSent = null;
    }

    private void Forget(Outgoing message)
    {
        _bytes -= message.Publication.Size;
        if (_isPersistent && message.IsKept)
        {
            keeper.Removed(message.Number);
        }
    }
}

/// <summary>Told of the messages of one persistent session.</summary>
internal interface IOutboxKeeper
{
    void Queued(Outgoing message);

    void Removed(long number);
}
