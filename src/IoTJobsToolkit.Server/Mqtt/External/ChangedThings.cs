namespace IoTJobsToolkit.Server.Mqtt.External;

/// <summary>Who is to be told anew what to do, once that is possible. More than it remembers is everybody who has something to do.</summary>
internal sealed class ChangedThings
{
    private readonly Lock _lock = new();
    private readonly HashSet<ThingSpace> _things = [];
    private readonly Queue<ThingSpace> _order = [];
    private readonly int _most;
    private bool _isEverybody = true;

    /// <summary>At first it is everybody: what changed while no server ran was told to nobody.</summary>
    public ChangedThings(int most = 100_000) => _most = most;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _things.Count;
            }
        }
    }

    public void Add(ThingSpace thing)
    {
        lock (_lock)
        {
            if (_things.Contains(thing))
            {
                return;
            }
            if (_things.Count == _most)
            {
                _isEverybody = true;
                return;
            }
            _things.Add(thing);
            _order.Enqueue(thing);
        }
    }

    public void AddEverybody()
    {
        lock (_lock)
        {
            _isEverybody = true;
        }
    }

    public bool TakeEverybody()
    {
        lock (_lock)
        {
            var was = _isEverybody;
            _isEverybody = false;
            return was;
        }
    }

    public bool TryTake(out ThingSpace thing)
    {
        lock (_lock)
        {
            return _order.TryDequeue(out thing) && _things.Remove(thing);
        }
    }
}
