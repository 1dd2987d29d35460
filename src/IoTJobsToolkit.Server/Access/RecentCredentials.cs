using System.Collections.Concurrent;

namespace IoTJobsToolkit.Server.Access;

/// <summary>
/// The credentials used last, by thing and id. Two generations of half the capacity: what was not used while one filled up is forgotten.
/// Safe for many threads.
/// </summary>
internal sealed class RecentCredentials(int capacity)
{
    private readonly Lock _gate = new();
    private volatile ConcurrentDictionary<(string Thing, string Id), FoundCredential> _young = new();
    private volatile ConcurrentDictionary<(string Thing, string Id), FoundCredential> _old = new();
    private int _count;

    public FoundCredential? Find((string Thing, string Id) key)
    {
        if (_young.TryGetValue(key, out var young))
        {
            return young;
        }
        if (_old.TryGetValue(key, out var old))
        {
            Keep(key, old);
            return old;
        }
        return null;
    }

    public void Keep((string Thing, string Id) key, FoundCredential found)
    {
        lock (_gate)
        {
            _count += _young.ContainsKey(key) ? 0 : 1;
            if (_count > capacity / 2)
            {
                (_old, _young, _count) = (_young, new(), 1);
            }
            _young[key] = found;
        }
    }
}
