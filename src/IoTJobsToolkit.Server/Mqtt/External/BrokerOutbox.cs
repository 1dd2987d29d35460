namespace IoTJobsToolkit.Server.Mqtt.External;

/// <summary>
/// What is to be published, in its order. Without a connection answers and events wait, as many as there is room for; who would be told what to do
/// is told anew later.
/// </summary>
internal sealed class BrokerOutbox(ChangedThings changed)
{
    /// <summary>Of notices and events together; answers are as many as there are requests.</summary>
    public const int Room = 4_096;

    private readonly Lock _lock = new();
    private readonly LinkedList<Sending> _waiting = [];
    private readonly LinkedList<Sending> _underWay = [];
    private TaskCompletionSource? _ready;
    private TaskCompletionSource? _eased;
    private TaskCompletionSource? _opened;
    private TaskCompletionSource? _emptied;
    private bool _isOpen;
    private int _untold;
    private long _lost;

    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _isOpen;
            }
        }
    }

    /// <summary>Completes when it is opened after this call.</summary>
    public Task WhenOpenedAgainAsync()
    {
        lock (_lock)
        {
            return Wait(ref _opened);
        }
    }

    /// <summary>Completes when everything is with the broker.</summary>
    public Task WhenEmptyAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _waiting.Count + _underWay.Count == 0 ? Task.CompletedTask : Wait(ref _emptied).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Completes when there is room for another notice or event, or nobody to send it.</summary>
    public async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task eased;
            lock (_lock)
            {
                if (!_isOpen || _untold < Room)
                {
                    return;
                }
                eased = Wait(ref _eased);
            }
            await eased.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Put(Sending message)
    {
        lock (_lock)
        {
            if (message.WhenDone is null)
            {
                if (!_isOpen && message.Notice is { } thing)
                {
                    changed.Add(thing);
                    return;
                }
                if (!_isOpen && _untold >= Room)
                {
                    _lost++;
                    return;
                }
                _untold++;
            }
            _waiting.AddLast(message);
            Signal(ref _ready);
        }
    }

    /// <summary>The next message, which is under way from now on.</summary>
    public async Task<LinkedListNode<Sending>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task ready;
            lock (_lock)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_waiting.First is { } next)
                {
                    _waiting.RemoveFirst();
                    _underWay.AddLast(next);
                    return next;
                }
                ready = Wait(ref _ready);
            }
            await ready.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>It is with the broker, or is given up.</summary>
    public void Done(LinkedListNode<Sending> sent)
    {
        lock (_lock)
        {
            _underWay.Remove(sent);
            Leave(sent.Value);
            if (_waiting.Count + _underWay.Count == 0)
            {
                Signal(ref _emptied);
            }
        }
        sent.Value.WhenDone?.Invoke();
    }

    /// <returns>Events that were lost while it was closed.</returns>
    public long Open()
    {
        lock (_lock)
        {
            _isOpen = true;
            Signal(ref _opened);
            var lost = _lost;
            _lost = 0;
            return lost;
        }
    }

    /// <summary>What was under way is sent again with the next connection; to be called when nothing of it is any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isOpen = false;
            while (_underWay.Last is { } last)
            {
                _underWay.RemoveLast();
                _waiting.AddFirst(last);
            }
            for (var at = _waiting.First; at is not null;)
            {
                var next = at.Next;
                if (at.Value.Notice is { } thing)
                {
                    changed.Add(thing);
                    _waiting.Remove(at);
                    Leave(at.Value);
                }
                at = next;
            }
            Signal(ref _eased);
        }
    }

    private void Leave(Sending message)
    {
        if (message.WhenDone is null)
        {
            _untold--;
            Signal(ref _eased);
        }
    }

    private static Task Wait(ref TaskCompletionSource? signal) => (signal ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private static void Signal(ref TaskCompletionSource? signal)
    {
        signal?.TrySetResult();
        signal = null;
    }
}
