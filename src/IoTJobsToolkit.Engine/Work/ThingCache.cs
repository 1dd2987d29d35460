using System.Collections.Concurrent;
using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>A thing as committed, with its pending executions where they were asked for.</summary>
/// <param name="Pending">In pending order; default when not loaded.</param>
internal sealed record CachedThing(Thing Thing, ImmutableArray<JobExecution> Pending);

/// <summary>
/// The things used last, as of the last commit. Any thread reads; only the store's thread writes.
/// Two generations of half the capacity: what was not used while one filled up is forgotten.
/// </summary>
internal sealed class ThingCache(int capacity)
{
    private volatile ConcurrentDictionary<string, CachedThing> _young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, CachedThing> _old = new(StringComparer.Ordinal);

    public CachedThing? Find(string name) =>
        _young.TryGetValue(name, out var young) ? young : _old.GetValueOrDefault(name);

    /// <summary>As <see cref="Find"/>, and remembers the use; for the store's thread.</summary>
    public CachedThing? Use(string name)
    {
        if (_young.TryGetValue(name, out var young))
        {
            return young;
        }
        if (_old.TryGetValue(name, out var old))
        {
            Set(old);
            return old;
        }
        return null;
    }

    public void Set(CachedThing thing)
    {
        if (_young.Count >= capacity / 2)
        {
            _old = _young;
            _young = new(StringComparer.Ordinal);
        }
        _young[thing.Thing.Name] = thing;
    }

    /// <summary>Replaces a thing which is there; does not count as a use.</summary>
    public void Replace(string name, CachedThing? thing)
    {
        var generation = _young.ContainsKey(name) ? _young : _old.ContainsKey(name) ? _old : null;
        if (thing is not null)
        {
            generation?[name] = thing;
            return;
        }
        _young.TryRemove(name, out _);
        _old.TryRemove(name, out _);
    }
}
