namespace IoTJobsToolkit.Server.Mqtt.External;

/// <summary>A thing with requests that are not answered.</summary>
internal sealed class AskingThing(string name)
{
    /// <summary>Requests of one thing that are worked on at one time.</summary>
    public const int MostAtOnce = 16;

    /// <summary>Requests of one thing that are worked on or wait.</summary>
    public const int MostWaiting = 100;

    public string Name => name;

    public SemaphoreSlim Places { get; } = new(MostAtOnce, MostAtOnce);

    public int Count { get; set; }

    public bool IsCrowded => Count > MostWaiting;
}

/// <summary>Things are here as long as they have requests.</summary>
internal sealed class AskingThings
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, AskingThing> _things = new(StringComparer.Ordinal);

    public AskingThing Come(string name)
    {
        lock (_lock)
        {
            if (!_things.TryGetValue(name, out var thing))
            {
                _things[name] = thing = new(name);
            }
            thing.Count++;
            return thing;
        }
    }

    public void Go(AskingThing thing)
    {
        lock (_lock)
        {
            if (--thing.Count == 0)
            {
                _things.Remove(thing.Name);
            }
        }
    }
}
