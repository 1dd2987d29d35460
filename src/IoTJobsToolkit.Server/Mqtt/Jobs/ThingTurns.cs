namespace IoTJobsToolkit.Server.Mqtt.Jobs;

/// <summary>
/// What a thing is told waits for the answers to what was asked for the thing before, and for nothing that is asked later (mqtt-api 6: the answer,
/// then notify, then notify-next). Notices of one thing stay in their order.
/// </summary>
internal sealed class ThingTurns
{
    private const int Shards = 64;

    private readonly Dictionary<string, Line>[] _shards = [.. Enumerable.Range(0, Shards).Select(_ => new Dictionary<string, Line>(StringComparer.Ordinal))];

    /// <summary>Something is asked for the thing; to be ended once it is answered.</summary>
    public Turn Begin(string thing)
    {
        var shard = ShardOf(thing);
        lock (shard)
        {
            if (!shard.TryGetValue(thing, out var line))
            {
                shard[thing] = line = new(thing);
            }
            return new(this, line, line.Waiting.AddLast((Action?)null));
        }
    }

    /// <summary>Tells the thing something, at once or when its turn has come.</summary>
    public void Tell(string thing, Action tell)
    {
        var shard = ShardOf(thing);
        Line? line;
        lock (shard)
        {
            if (!shard.TryGetValue(thing, out line))
            {
                shard[thing] = line = new(thing);
            }
            line.Waiting.AddLast(tell);
        }
        Go(line);
    }

    private void End(Line line, LinkedListNode<Action?> node)
    {
        lock (ShardOf(line.Thing))
        {
            line.Waiting.Remove(node);
        }
        Go(line);
    }

    // Nobody tells while he holds the lock, and no two tell the same thing something at the same time.
    private void Go(Line line)
    {
        var shard = ShardOf(line.Thing);
        while (true)
        {
            Action? tell;
            lock (shard)
            {
                if (line.IsTelling)
                {
                    return;
                }
                tell = line.Waiting.First?.Value;
                if (tell is null)
                {
                    // Somebody else may have emptied this one meanwhile, and another have begun.
                    if (line.Waiting.Count == 0 && shard.TryGetValue(line.Thing, out var current) && ReferenceEquals(current, line))
                    {
                        shard.Remove(line.Thing);
                    }
                    return;
                }
                line.Waiting.RemoveFirst();
                line.IsTelling = true;
            }
            try
            {
                tell();
            }
            finally
            {
                lock (shard)
                {
                    line.IsTelling = false;
                }
            }
        }
    }

    private Dictionary<string, Line> ShardOf(string thing) => _shards[(uint)string.GetHashCode(thing, StringComparison.Ordinal) % Shards];

    /// <summary>What waits: null for a request that is not answered yet.</summary>
    internal sealed class Line(string thing)
    {
        public string Thing => thing;

        public LinkedList<Action?> Waiting { get; } = new();

        public bool IsTelling { get; set; }
    }

    /// <summary>A request which is being worked on.</summary>
    internal readonly struct Turn(ThingTurns turns, Line line, LinkedListNode<Action?> node)
    {
        public void End() => turns.End(line, node);
    }
}
